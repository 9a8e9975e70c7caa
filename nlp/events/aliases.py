"""Initiatives called by their bare names: «Восточный» after «индустриальный парк «Восточный»»."""

from __future__ import annotations

from dataclasses import replace

from nlp.agreement import word
from nlp.events.initiative import Initiative, initiatives
from nlp.events.names import stems
from nlp.events.text import OPENING, Words, quoted

CALLED = ("charter", "site")  # whose names stand alone; a quoted name of a plant is a firm's


def with_aliases(lines: list[Words]) -> list[list[Initiative]]:
    """The initiatives of every sentence, those called by name alone among them."""
    found = [initiatives(line) for line in lines]
    known: dict[frozenset[str], Initiative] = {}
    for line, named in zip(lines, found, strict=True):
        for initiative in named:
            if initiative.named and initiative.family in CALLED:
                known.setdefault(_name(line, initiative.core, initiative.stop), initiative)
    known.pop(frozenset(), None)
    if known:
        for line, named in zip(lines, found, strict=True):
            named.extend(_called(line, named, known))
            named.sort(key=lambda i: i.first)
    return found


def _name(line: Words, start: int, stop: int) -> frozenset[str]:
    return stems(" ".join(line.lower[start:stop]))


def _called(line: Words, named: list[Initiative], known: dict[frozenset[str], Initiative]) -> list[Initiative]:
    found = []
    taken = [(i.first, i.stop) for i in named]
    for start, lower in enumerate(line.lower):
        if lower not in OPENING or any(a <= start < b for a, b in taken):
            continue
        stop = quoted(line, start)
        initiative = known.get(_name(line, start, stop)) if stop > start else None
        if initiative is None:
            continue
        form = word(line.tokens[start + 1].text)
        cases = form.cases | {slot.case for slot in form.adjectives}
        found.append(
            replace(
                initiative,
                first=start,
                name=start,
                head=start + 1,
                stop=stop,
                core=start,
                cases=cases,
                generic=False,
                telling=True,
            )
        )
    return found
