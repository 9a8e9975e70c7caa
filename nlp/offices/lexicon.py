"""The words of lexicons/offices.yaml, as they are looked up."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.lexicon import forms, load
from nlp.organisations.lexicon import HEADS as ORGANISATION_HEADS
from nlp.organisations.lexicon import LEGAL_FORMS
from nlp.phrases import lowered

_LEXICON = load("offices")
KINDS: dict[str, str] = {noun: kind for kind, nouns in _LEXICON["offices"].items() for noun in nouns}
FORMS = forms(KINDS)
REGION_HEADS = frozenset(_LEXICON["region_heads"])
REGIONS = frozenset(forms(_LEXICON["regions"]))
POINTERS = frozenset(_LEXICON["pointers"])
SENT = frozenset(forms(_LEXICON["sent"]))
INSTRUMENTAL = frozenset(_LEXICON["instrumental"])
ACTING = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        re.sub(r"щий\b|вший\b", r"[вшщ]+\\w+", phrase)
        .replace(".", r"\.?\s?" if phrase == "вр.и.о." else r"\.\s?")
        .replace(" ", r"\s+")
        for phrase in _LEXICON["acting"]
    )
    + r")\s*$",
    re.IGNORECASE,
)
PREFIXES = frozenset({"экс", "вице", "со", "топ"})
STOP_AT = frozenset(FORMS) | frozenset(ORGANISATION_HEADS) | {form.lower() for form in LEGAL_FORMS}


@lru_cache(maxsize=20_000)
def office_lemma(text: str) -> str:
    """The office that a word form names, prefixes kept; "" where it names none.

    >>> office_lemma("экс-губернатором")
    'экс-губернатор'
    """
    lower = lowered(text)
    if lower in FORMS:
        return FORMS[lower]
    prefix, hyphen, rest = lower.partition("-")
    if hyphen and rest in FORMS and (prefix in PREFIXES or prefix in FORMS):
        return f"{prefix}-{FORMS[rest]}"
    return ""


def kind_of(lemma: str) -> str:
    """Which kind of the lexicon an office is of."""
    return KINDS.get(lemma) or KINDS.get(lemma.rpartition("-")[2], "general")
