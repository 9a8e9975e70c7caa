"""An office in words, in the nominative."""

from __future__ import annotations

from functools import lru_cache

from nlp.inflection import to_nominative
from nlp.morphology import Case, parses
from nlp.offices.reading import Office
from nlp.phrases import Frame

SENTENCE_OPENERS = frozenset({"«", "„", '"', "—", "–", "-", ".", ":"})


def worded(frame: Frame, office: Office, case: Case | None = None) -> str:
    """The office as the text words it, in the nominative; the capital of a sentence's first word is not kept."""
    text = _nominative(frame.text(office.first, office.head + 1), case)
    text = f"{text} {frame.text(office.head + 1, office.last)}".strip()
    opens = office.first == 0 or frame.tokens[office.first - 1].text in SENTENCE_OPENERS
    return text[0].lower() + text[1:] if opens and (text[1:2].islower() or office.acting) else text


def singular(frame: Frame, office: Office) -> str:
    """One holder's part of a plural office: «министры культуры двух регионов» -> «министр культуры»."""
    words = [_singular(frame.tokens[k].text) for k in range(office.core_first, office.head + 1)]
    return " ".join([*words, frame.text(office.head + 1, office.core_last)]).strip()


@lru_cache(maxsize=20_000)
def _singular(word: str) -> str:
    for parse in parses(word.lower()):
        if parse.tag.number == "plur" and parse.tag.POS in ("NOUN", "ADJF", "PRTF"):
            form = parse.inflect({"sing", "nomn"} if parse.tag.POS == "NOUN" else {"sing", "nomn", "masc"})
            return str(form.word) if form else word
    return word


@lru_cache(maxsize=4_000)
def _nominative(phrase: str, case: Case | None) -> str:
    if case == "nomn":
        return phrase
    return to_nominative(phrase, case)
