"""The lexicons of events (nlp/lexicons/*.yaml), indexed by lemma for one look-up a word form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from nlp.events.grammar import form
from nlp.lexicon import load
from nlp.morphology import FORMS
from nlp.schema import Kind

Family = Literal["charter", "agreement", "site", "production", "support"]


@dataclass(frozen=True, slots=True)
class Term:
    """A noun of an initiative: its lemmas in order, where its head stands among them, and what it is."""

    lemmas: tuple[str, ...]
    family: Family
    kind: Kind
    strong: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a word form does as a trigger: its class, and the companions one of which must stand in the clause."""

    name: str
    companions: frozenset[str]


def _terms() -> Iterator[Term]:
    for family, kinds in load("initiatives").items():
        for kind, entries in kinds.items():
            for strength in ("strong", "weak"):
                for entry in entries.get(strength, ()):
                    lemmas = tuple(entry.replace("ё", "е").split())
                    yield Term(lemmas, cast(Family, family), cast(Kind, kind), strength == "strong")


@cache
def terms() -> dict[str, tuple[Term, ...]]:
    """Terms by their first lemma, longest first. Abbreviations stand under their capitals."""
    by_first: dict[str, list[Term]] = {}
    for term in _terms():
        by_first.setdefault(term.lemmas[0], []).append(term)
    return {k: tuple(sorted(v, key=lambda t: -len(t.lemmas))) for k, v in by_first.items()}


@cache
def triggers() -> dict[str, tuple[Trigger, ...]]:
    """Triggers by lemma."""
    by_lemma: dict[str, set[Trigger]] = {}
    for name, entries in load("triggers").items():
        for lemma in (*entries.get("verbs", ()), *entries.get("nouns", ())):
            by_lemma.setdefault(lemma.replace("ё", "е"), set()).add(Trigger(name, frozenset()))
        for phrase in entries.get("phrases", ()):
            companions = frozenset(w.replace("ё", "е") for w in phrase["with"])
            for lemma in phrase["head"]:
                by_lemma.setdefault(lemma.replace("ё", "е"), set()).add(Trigger(name, companions))
    return {k: tuple(sorted(v, key=lambda t: (t.name, sorted(t.companions)))) for k, v in by_lemma.items()}


@cache
def status_words() -> dict[str, frozenset[str]]:
    """The lists of status.yaml, as sets of lemmas."""
    return {name: frozenset(w.replace("ё", "е") for w in words) for name, words in load("status").items()}


ENDINGS = frozenset({"", "а", "у", "ом", "е", "ы", "и", "ов", "ам", "ами", "ах", "ей"})


@lru_cache(maxsize=FORMS)
def terms_of(text: str) -> tuple[Term, ...]:
    """Terms that may start with this token, as written."""
    index = terms()
    found: list[Term] = []
    if text[:2].isupper():
        stem = text.rstrip("абвгдежзиклмнопрстуфхцчшщъыьэюяАОУЫЕ") if not text.isupper() else text
        for candidate in dict.fromkeys((text, stem)):
            if candidate in index and text[len(candidate) :] in ENDINGS:
                found.extend(index[candidate])
    for lemma in sorted(form(text.lower()).lemmas | {text.lower()}):
        found.extend(t for t in index.get(lemma, ()) if not t.lemmas[0].isupper())
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=FORMS)
def triggers_of(word: str) -> tuple[tuple[str, Trigger], ...]:
    """(part of speech, trigger) of every reading of a lower-case word form that is a trigger."""
    index = triggers()
    found = dict.fromkeys(
        (r.pos, trigger)
        for r in form(word).readings
        if r.pos in ("VERB", "INFN", "PRTS", "PRTF", "GRND", "NOUN", "ADJS")
        for lemma in (r.lemma, r.lemma[:-2] if r.lemma.endswith(("ся", "сь")) else "")
        for trigger in index.get(lemma, ())
    )
    return tuple(found)


@lru_cache(maxsize=FORMS)
def status_of(word: str) -> frozenset[str]:
    """The status lists that a lower-case word form belongs to."""
    lemmas = form(word).lemmas
    return frozenset(name for name, words in status_words().items() if not words.isdisjoint(lemmas))
