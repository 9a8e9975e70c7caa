"""How a candidate stands in a sentence: its case and preposition, the list it is in, the verb of its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.agreement import word
from nlp.events.candidates import Candidate, Sighting
from nlp.events.parties import SOURCES, SPEAKING
from nlp.events.scene import Scene
from nlp.events.text import OPENING, Words
from nlp.morphology import CASES

JOINTS = frozenset({",", "и", "а", "также", "»", "«", '"', ")"})
CLAUSE = 12  # tokens to either side in which the verb of a clause is sought
TOLD = 3  # cases at most that a form which tells its case can stand in


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting with its traits: names of what a model can weigh."""

    candidate: Candidate
    sighting: Sighting
    traits: tuple[str, ...]


def seen_in(scene: Scene, here: Iterable[tuple[Candidate, Sighting]]) -> Iterator[Seen]:
    """The sightings of a sentence in order, those of a list governed as its first is."""
    words = scene.words
    previous: Seen | None = None
    for candidate, sighting in sorted(here, key=lambda each: (each[1].first, each[0].number)):
        traits = [f"how {sighting.how}"]
        preposition, noun = _governor(words, sighting.first)
        joined = previous is not None and _joined(words, previous.sighting.last, sighting.first)
        if joined and previous is not None and not preposition:
            traits += [t for t in previous.traits if t.startswith(("prep", "case"))]
        else:
            traits += _government(words, sighting, preposition)
        if joined:
            traits.append("listed")
        if noun:
            traits.append(f"of {noun}")
        before = range(max(0, sighting.first - 5), sighting.first)
        after = range(sighting.last, min(len(words), sighting.last + 4))
        if any(words.forms[i].lemmas & SPEAKING for i in (*before, *after)):
            traits.append("speaks")
        if any(words.forms[i].lemmas & SOURCES for i in before):
            traits.append("source")
        if sighting.first <= 1:
            traits.append("opens")
        if "(" in words.lower[max(0, sighting.first - 2) : sighting.first]:
            traits.append("bracketed")
        traits += [f"verb {lemma}" for lemma in _verb(words, sighting)]
        previous = Seen(candidate, sighting, tuple(traits))
        yield previous


def _government(words: Words, sighting: Sighting, preposition: str) -> Iterator[str]:
    cases = sorted(word(words.tokens[sighting.head].text).cases or CASES)
    yield f"prep {preposition}"
    if len(cases) <= TOLD:
        yield f"case {'|'.join(cases)}"
    if "nomn" in cases and not preposition:
        yield "case subject"


def _joined(words: Words, end: int, start: int) -> bool:
    """Whether only a comma or «и», and adjectives, stand between two names."""
    between = range(end, start)
    return (
        0 < len(between) <= 4
        and any(words.lower[i] in (",", "и") for i in between)
        and all(words.lower[i] in JOINTS or words.forms[i].pos == "ADJF" for i in between)
    )


def _governor(words: Words, first: int) -> tuple[str, str]:
    """The preposition before a name, or else the noun that it may belong to."""
    i = first - 1
    while i >= max(0, first - 4) and (
        words.lower[i] in OPENING - {"("} or words.forms[i].pos in ("ADJF", "PRTF", "NUMR")
    ):
        i -= 1
    if i < 0:
        return "", ""
    if words.lower[i] == "стороны":
        return "со стороны", ""
    if words.forms[i].pos == "PREP":
        return words.lower[i], ""
    return "", words.forms[i].lemma if words.forms[i].pos == "NOUN" else ""


def _verb(words: Words, sighting: Sighting) -> Iterator[str]:
    """The nearest predicate of the clause, one after the name before one ahead of it."""
    after = range(sighting.last, min(len(words), sighting.last + CLAUSE))
    before = range(sighting.first - 1, max(-1, sighting.first - 1 - CLAUSE), -1)
    for around in (after, before):
        for i in around:
            if words.lower[i] in (";", "(", ")"):
                break
            if words.forms[i].pos in ("VERB", "PRTS"):
                yield words.forms[i].lemma
                return
