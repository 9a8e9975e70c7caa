"""How likely each candidate is a party of each event: a small network over all such pairs of a release.

A pair is first seen by itself: what the event is, what the candidate is, how they stand to each other
(relations.py). Then with what was so seen of the event's other candidates, of the candidate in other events, and of it
in the event of the type told before and after. Several networks that began differently are averaged. The weights
(choice.npz, half precision) come from the annotated releases; `python -m benchmarks.training` trains them anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.events.relations import GROUPS, Pairs, Release, of_candidate, of_event

WEIGHTS = Path(__file__).parent / "choice.npz"
TABLES = ("pair", "event", "candidate")  # kinds of names, each with a vector of its own
NONE = -1

Floats = NDArray[np.float32]
Layers = Mapping[str, Floats]


@dataclass(slots=True)
class Pairing:
    """The events of a release, their candidates and the pairs of both, each as the names of what is known of it."""

    drafts: list[int] = field(default_factory=list)  # which of the release's drafts each event is
    numbers: list[int] = field(default_factory=list)  # which of its candidates each candidate is
    events: list[list[str]] = field(default_factory=list)
    candidates: list[list[str]] = field(default_factory=list)
    pairs: list[list[str]] = field(default_factory=list)
    event: list[int] = field(default_factory=list)  # of each pair
    candidate: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)  # the candidate's pair in the event of the type told before, if any
    after: list[int] = field(default_factory=list)


def pairing(release: Release) -> Pairing:
    """All pairs of a release, those of an event together."""
    found = Pairing()
    known: dict[int, int] = {}
    for index, draft in enumerate(release.drafts):
        near = release.near(index) if draft.type in GROUPS else {}
        if not near:
            continue
        relations = Pairs(release, index)
        for number in sorted(near):
            candidate = release.candidates[number]
            if number not in known:
                known[number] = len(known)
                found.numbers.append(number)
                found.candidates.append(list(of_candidate(release, candidate)))
            found.pairs.append(list(dict.fromkeys(relations.features(candidate, near[number]))))
            found.event.append(len(found.events))
            found.candidate.append(known[number])
        found.drafts.append(index)
        found.events.append(list(dict.fromkeys(of_event(release, draft, len(release.ruled[index])))))
    _give_neighbours(found, release)
    return found


def _give_neighbours(found: Pairing, release: Release) -> None:
    told: dict[tuple[str, int], list[int]] = {}
    drafts = [release.drafts[index] for index in found.drafts]
    for pair in sorted(
        range(len(found.pairs)),
        key=lambda p: (drafts[found.event[p]].words.index, drafts[found.event[p]].trigger, found.event[p]),
    ):
        told.setdefault((drafts[found.event[pair]].type, found.candidate[pair]), []).append(pair)
    found.before, found.after = [NONE] * len(found.pairs), [NONE] * len(found.pairs)
    for pairs in told.values():
        for one, other in pairwise(pairs):
            found.before[other], found.after[one] = one, other


class Network:
    """One network: the names it knows of each kind, and its layers, as benchmarks/pairing.py says."""

    def __init__(self, known: Mapping[str, Sequence[str]], layers: Layers) -> None:
        self.columns = {table: columns(names) for table, names in known.items()}
        self.layers = {name: np.asarray(layer, np.float32) for name, layer in layers.items()}

    def log_odds(self, found: Pairing) -> Floats:
        """The logarithm of the odds that each pair is one of event and party. Shape (pairs,)."""
        layers = self.layers
        event, candidate = np.array(found.event), np.array(found.candidate)
        own = self._summed("pair", found.pairs)
        around = self._summed("event", found.events)[event] + self._summed("candidate", found.candidates)[candidate]
        # The last column of a pair's vector is its part in the odds by itself.
        alone = _relu(own[:, :-1] + around + layers["bias"])
        told = _relu(alone @ layers["told"] + layers["told bias"])
        padded = np.concatenate([told, np.zeros((1, told.shape[1]), np.float32)])  # the row of NONE
        seen: list[Floats] = [
            alone,
            _most(told, event, len(found.events)),
            _sum(told, event, len(found.events)) * np.float32(0.25),
            _most(told, candidate, len(found.candidates)),
            padded[found.before],
            padded[found.after],
        ]
        together = _relu(np.concatenate(seen, axis=1) @ layers["together"] + layers["together bias"])
        odds: Floats = own[:, -1] + alone @ layers["first"] + together @ layers["second"] + layers["constant"]
        return odds

    def _summed(self, table: str, rows: Sequence[Sequence[str]]) -> Floats:
        """The sum of the vectors of each row's names. Shape (rows, width)."""
        known = self.columns[table]
        numbers = [numbered(row, known) for row in rows]
        starts = np.cumsum([0, *(len(row) for row in numbers[:-1])])
        vectors = self.layers[table][np.array([number for row in numbers for number in row])]
        found: Floats = np.add.reduceat(vectors, starts, axis=0)
        return found


def columns(names: Sequence[str]) -> dict[str, int]:
    """Where each name's vector stands; the first is of what is not known, and is nothing."""
    return {name: column for column, name in enumerate(names, 1)}


def numbered(names: Sequence[str], known: Mapping[str, int]) -> list[int]:
    """The columns of the names that are known, of the empty one if none is."""
    return [known[name] for name in names if name in known] or [0]


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0)


def _most(values: Floats, group: NDArray[np.int64], count: int) -> Floats:
    """To each row the maxima of its group."""
    found = np.zeros((count, values.shape[1]), np.float32)
    np.maximum.at(found, group, values)
    return found[group]


def _sum(values: Floats, group: NDArray[np.int64], count: int) -> Floats:
    found = np.zeros((count, values.shape[1]), np.float32)
    np.add.at(found, group, values)
    return found[group]


def log_odds(members: Sequence[Network], found: Pairing) -> list[float]:
    """The mean of the networks' log odds, by pair."""
    if not found.pairs:
        return []
    mean: list[float] = np.mean([network.log_odds(found) for network in members], axis=0).tolist()
    return mean


@cache
def networks() -> tuple[Network, ...]:
    """The networks of the project."""
    return tuple(read(WEIGHTS))


def read(path: Path) -> Iterator[Network]:
    with np.load(path) as file:
        known = {table: file[f"{table} names"].tolist() for table in TABLES}
        layers = [name for name in file.files if name != "trained_on" and not name.endswith(" names")]
        for member in range(len(file[layers[0]])):
            yield Network(known, {name: file[name][member] for name in layers})
