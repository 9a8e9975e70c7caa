"""Train the choice of events' parties and dates: `python -m benchmarks.arguments`.

Reads the annotated releases by the rules, takes the events that the gold set has too, and fits which of the candidates
near each are its parties, which of the dates its own. Prints, for each set, the F1 of both under the weights of all
other sets beside that of the rules, then writes the weights of all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpora import DEV, document, records
from benchmarks.learning import Row, fit
from benchmarks.scoring import Tally, in_common, pairs, same_party, stems
from nlp.analyse import analyse
from nlp.events import choice, dating
from nlp.events.candidates import Candidate, candidates
from nlp.events.read import believed_events
from nlp.extractor import event_of
from nlp.people import People

GOLD = Path(__file__).parents[1] / "tests" / "gold"
DATA = (DEV, GOLD / "linking" / "releases.jsonl", *(GOLD / f"releases_{each}.jsonl" for each in "acdefgh"))
LEAST = 4
PARTY_RIDGE, DATE_RIDGE = 12.0, 10.0

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Matched:
    """An event that was read and is in gold: both, and what its arguments are chosen from."""

    gold: dict[str, Any]
    ruled: dict[str, Any]
    parties: list[tuple[Candidate, list[str]]]
    dates: list[tuple[str, list[str]]]


def matched(record: dict[str, Any]) -> Iterator[Matched]:
    """The events of one release that the rules read rightly."""
    source = document(record)
    analysis = analyse(source)
    drafts, scenes, about = believed_events(analysis, People(analysis))
    release = choice.Release(drafts, scenes, candidates(scenes, about))
    calendar = dating.Calendar(drafts, scenes, analysis.published)
    found = [asdict(event_of(analysis, source, draft)) for draft in drafts]
    for i, j in pairs(record["events"], found):
        named = list(release.considered(j)) if drafts[j].type in choice.GROUPS else []
        yield Matched(record["events"][i], found[j], named, list(calendar.considered(drafts[j])))


def party_rows(event: Matched) -> Iterator[Row]:
    right = _right(event.gold["parties"], [candidate for candidate, _ in event.parties])
    for candidate, features in event.parties:
        yield dict.fromkeys(features, 1.0), candidate.number in right


def date_rows(event: Matched) -> Iterator[Row]:
    for iso, features in event.dates:
        yield dict.fromkeys(features, 1.0), iso == event.gold["date"]


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


def parties_measured(events: Sequence[Matched], weights: Weights | None) -> Tally:
    """How well parties are chosen: by weights, or by the rules."""
    total = Tally()
    for event in events:
        if event.parties:
            found = list(event.ruled["parties"])
            if weights is not None:
                found = [asdict(party) for party in choice.parties(choice.likely(weights, event.parties))]
            total.add(len(event.gold["parties"]), len(found), in_common(event.gold["parties"], found, same_party))
    return total


def dates_measured(events: Sequence[Matched], weights: Weights | None) -> Tally:
    """How well dates are chosen: by weights, or by the rules."""
    total = Tally()
    for event in events:
        gold, found = event.gold["date"], event.ruled["date"]
        if weights is not None:
            found = dating.likeliest(weights, event.dates)
        total.add(bool(gold), bool(found), bool(gold) and gold == found)
    return total


def train(
    data: dict[str, list[Matched]],
    rows_of: Callable[[Matched], Iterator[Row]],
    measured: Callable[[Sequence[Matched], Weights | None], Tally],
    ridge: float,
) -> Weights:
    rows = {name: [row for event in events for row in rows_of(event)] for name, events in data.items()}
    for name, events in data.items():
        weights = fit([row for other in rows if other != name for row in rows[other]], ridge=ridge, least=LEAST)
        print(f"{name}: rules {measured(events, None).f1:.3f}, unseen {measured(events, weights).f1:.3f}", flush=True)
    return fit([row for own in rows.values() for row in own], ridge=ridge, least=LEAST)


def write(path: Path, weights: Weights) -> None:
    path.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    data = {f"{path.parent.name}/{path.name}": [m for r in records(path) for m in matched(r)] for path in DATA}
    print("parties")
    write(choice.WEIGHTS, train(data, party_rows, parties_measured, PARTY_RIDGE))
    print("dates")
    write(dating.WEIGHTS, train(data, date_rows, dates_measured, DATE_RIDGE))


if __name__ == "__main__":
    main()
