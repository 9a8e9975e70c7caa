"""Train the choice of parties: `python -m benchmarks.choice`.

Reads the annotated releases by the rules, takes every candidate near an event that the gold set has too, and fits
whether it is a party. Prints, for each set, the F1 of parties under the weights of all other sets beside that of the
rules, then writes the weights of all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpora import DEV, document, records
from benchmarks.learning import Row, fit
from benchmarks.scoring import Tally, in_common, pairs, same_party, stems
from nlp.analyse import analyse
from nlp.events.candidates import Candidate, candidates
from nlp.events.choice import GROUPS, LIKELY, WEIGHTS, Release, likelihood, parties
from nlp.events.confidence import judge
from nlp.events.read import draft_events
from nlp.extractor import event_of
from nlp.people import People

GOLD = Path(__file__).parents[1] / "tests" / "gold"
DATA = (DEV, GOLD / "linking" / "releases.jsonl", *(GOLD / f"releases_{each}.jsonl" for each in "acdef"))
RIDGE, LEAST = 12.0, 4


@dataclass(frozen=True, slots=True)
class Choice:
    """An event found in gold too: its gold parties, what the rules chose, and who else was there."""

    gold: list[dict[str, Any]]
    ruled: list[dict[str, Any]]
    considered: list[tuple[Candidate, list[str]]]

    def rows(self) -> Iterator[Row]:
        right = _right(self.gold, [candidate for candidate, _ in self.considered])
        for candidate, features in self.considered:
            yield features, candidate.number in right


def choices(record: dict[str, Any]) -> Iterator[Choice]:
    """The events of one release that are in gold and can have parties."""
    source = document(record)
    analysis = analyse(source)
    drafts, scenes, about = draft_events(analysis, People(analysis))
    drafts = judge(drafts, scenes)
    release = Release(drafts, scenes, candidates(scenes, about))
    found = [asdict(event_of(analysis, source, draft)) for draft in drafts]
    for i, j in pairs(record["events"], found):
        if drafts[j].type in GROUPS:
            yield Choice(record["events"][i]["parties"], list(found[j]["parties"]), list(release.considered(j)))


def _right(gold: Sequence[dict[str, Any]], there: Sequence[Candidate]) -> set[int]:
    """The candidates that are the gold parties, one each: of its kind if one is, the likest by name."""
    right: set[int] = set()
    for party in gold:
        fitting = [c for c in there if c.number not in right and same_party(party, asdict(c.party))]
        if fitting:
            own = stems(party["name"])
            best = max(fitting, key=lambda c: (c.kind == party["kind"], _likeness(own, stems(c.party.name)), -c.number))
            right.add(best.number)
    return right


def _likeness(a: set[str], b: set[str]) -> float:
    return len(a & b) / max(1, len(a | b))


def _measured(data: Sequence[Choice], weights: dict[str, float] | None) -> Tally:
    """How well parties were chosen: by weights, or by the rules."""
    total = Tally()
    for choice in data:
        found = choice.ruled
        if weights is not None:
            likely = [c for c, names in choice.considered if likelihood(weights, names) >= LIKELY]
            found = [asdict(party) for party in parties(likely)]
        total.add(len(choice.gold), len(found), in_common(choice.gold, found, same_party))
    return total


def main() -> None:
    data = {path.parent.name + "/" + path.name: [c for r in records(path) for c in choices(r)] for path in DATA}
    rows = {name: [row for choice in own for row in choice.rows()] for name, own in data.items()}
    for name, own in data.items():
        weights = fit([row for other in rows if other != name for row in rows[other]], ridge=RIDGE, least=LEAST)
        print(f"{name}: rules {_measured(own, None).f1:.3f}, unseen {_measured(own, weights).f1:.3f}", flush=True)
    weights = fit([row for own in rows.values() for row in own], ridge=RIDGE, least=LEAST)
    WEIGHTS.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
