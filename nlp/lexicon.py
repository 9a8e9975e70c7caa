"""Lexicons are YAML beside this module; here they are read, and turned into word forms."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from nlp.morphology import parses


def load(name: str) -> Any:
    """The contents of `lexicons/<name>.yaml`."""
    path = Path(__file__).parent / "lexicons" / f"{name}.yaml"
    return yaml.safe_load(path.read_text("utf-8"))


def forms(nouns: Iterable[str]) -> dict[str, str]:
    """All forms (lower case, ё as е) of nouns given in the nominative singular -> that noun.

    >>> forms(["глава"])["главой"]
    'глава'
    """
    found: dict[str, str] = {}
    for noun in nouns:
        lemma = noun.lower().replace("ё", "е")
        found[lemma] = lemma
        for form in _paradigm(noun, lemma):
            found.setdefault(form, lemma)
    return found


def _paradigm(noun: str, lemma: str) -> Iterable[str]:
    """The forms of a noun, or of an adjective or participle that is used as one («уполномоченный»)."""
    parse = next((p for p in parses(noun) if p.tag.POS == "NOUN" and p.normal_form.replace("ё", "е") == lemma), None)
    parse = parse or next((p for p in parses(noun) if p.tag.POS in ("ADJF", "PRTF")), None)
    if parse is None:
        return
    kept = parse.tag.POS, parse.tag.voice, parse.tag.tense
    for form in parse.lexeme:
        if (form.tag.POS, form.tag.voice, form.tag.tense) == kept:
            yield form.word.replace("ё", "е")
