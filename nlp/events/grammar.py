"""Word forms as the event rules see them: lemma, part of speech and tense of every reading, memoised by form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nlp.agreement import word
from nlp.morphology import FORMS, Case, parses

FINITE = frozenset({"VERB", "PRTS", "ADJS", "PRED"})  # what can be a clause's predicate


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the ways to read a word form. Grammemes are OpenCorpora's; "" where there is none."""

    lemma: str  # lower case, ё as е
    pos: str
    case: str
    number: str
    gender: str
    tense: str
    aspect: str
    person: str


@dataclass(frozen=True, slots=True)
class Form:
    """A word form with all its readings, likeliest first."""

    readings: tuple[Reading, ...]
    lemmas: frozenset[str]
    poses: frozenset[str]
    finite: bool  # likeliest a predicate

    @property
    def pos(self) -> str:
        return self.readings[0].pos

    @property
    def lemma(self) -> str:
        return self.readings[0].lemma


@lru_cache(maxsize=10_000)
def _grammemes(tag: Any) -> tuple[str, ...]:
    """All of a reading but its lemma; the dictionary has some 5,000 different tags."""
    pos = "IMPR" if "impr" in tag else str(tag.POS or "")
    return (pos, *(str(g or "") for g in (tag.case, tag.number, tag.gender, tag.tense, tag.aspect, tag.person)))


@lru_cache(maxsize=FORMS)
def form(text: str) -> Form:
    """Every reading of a lower-case word form."""
    readings = tuple(Reading(p.normal_form.replace("ё", "е"), *_grammemes(p.tag)) for p in parses(text))
    return Form(
        readings,
        frozenset(r.lemma for r in readings),
        frozenset(r.pos for r in readings),
        readings[0].pos in FINITE,
    )


@lru_cache(maxsize=2 * FORMS)
def agreement(modifier: str, head: str) -> frozenset[Case]:
    """The cases in which an adjective or participle agrees with a noun; empty where it does not.

    >>> sorted(agreement("промышленного", "кластера"))
    ['gent']
    """
    nouns = word(head).nouns
    return frozenset(a.case for a in word(modifier).adjectives for n in nouns if a.agrees(n))
