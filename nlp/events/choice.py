"""Which of those a release names take part in an event: those whom the network of pairs (pairing.py) finds likely.

What the rules chose (parties.py) is one thing it weighs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.events.candidates import Candidate
from nlp.events.draft import Draft
from nlp.events.pairing import Pairing, log_odds, networks, pairing
from nlp.events.relations import GROUPS, Release
from nlp.events.scene import Scene
from nlp.schema import Party

LIKELY = -0.6  # log odds from which on a candidate is worth naming


def choose_parties(drafts: Sequence[Draft], scenes: Sequence[Scene], found: Sequence[Candidate]) -> None:
    """Give each event the likely ones of all whom the release names."""
    paired = pairing(Release(drafts, scenes, found))
    chosen = likely(paired, log_odds(networks(), paired))
    for index, draft in enumerate(drafts):
        if draft.type in GROUPS:
            draft.parties = parties(found[number] for number in chosen.get(index, ()))


def likely(paired: Pairing, odds: Sequence[float]) -> dict[int, list[int]]:
    """The numbers of the candidates worth naming, by draft."""
    chosen: dict[int, list[int]] = {}
    for event, candidate, value in zip(paired.event, paired.candidate, odds, strict=True):
        if value >= LIKELY:
            chosen.setdefault(paired.drafts[event], []).append(paired.numbers[candidate])
    return chosen


def parties(chosen: Iterable[Candidate]) -> tuple[Party, ...]:
    """People first, then the rest, in order of the text."""
    order = {"person": 0, "organization": 1, "region": 2}
    return tuple(c.party for c in sorted(chosen, key=lambda c: (order[c.kind], c.number)))
