"""Quality of resolution on releases whose stories and initiatives are known.

    python -m benchmarks.linking [RELEASES.jsonl …]

Pairwise precision, recall and F1 of initiatives and stories, with the gold's events given and from the texts alone
(an event that was not read stands alone and so costs recall), and the share of promises judged rightly where
`entities.json` lies beside the releases.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from nlp.schema import Count, Document, Event, Money, Party
from pipeline.resolve import DocumentRow, EventRow, MemoryStore, Promise, Told, promises, read, resolve
from pipeline.resolve.places import home_of

GOLD = Path(__file__).parents[1] / "tests" / "gold"
Release = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall, F1 over pairs of items that are in one cluster."""

    precision: float
    recall: float
    f1: float

    @staticmethod
    def of(gold: Mapping[Any, Hashable], found: Mapping[Any, Hashable]) -> Score:
        g, f = _pairs(gold), _pairs(found)
        p, r = len(g & f) / (len(f) or 1), len(g & f) / (len(g) or 1)
        return Score(p, r, 2 * p * r / (p + r) if p + r else 0.0)


def _pairs(clusters: Mapping[Any, Hashable]) -> set[tuple[Any, Any]]:
    members = defaultdict(list)
    for item, cluster in clusters.items():
        members[cluster].append(item)
    return {pair for some in members.values() for pair in combinations(sorted(some), 2)}


def releases(path: Path) -> list[Release]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def given(release: Release) -> DocumentRow:
    """A release with its gold events, as the loader would hand it to resolution."""
    events = [EventRow(f"{release['id']}:{n}", _event(e, release["text"])) for n, e in enumerate(release["events"])]
    return DocumentRow(
        release["id"],
        release["text"],
        date.fromisoformat(release["published"]),
        release["source"],
        events=tuple(events),
    )


def _event(e: Mapping[str, Any], text: str) -> Event:
    start = text.index(e["quote"])
    stop = start + len(e["quote"])
    return Event(
        e["type"],
        e["status"],
        e["quote"],
        start,
        stop,
        (start, stop),
        e["date"],
        tuple(e["regions"]),
        e["initiative"],
        e["kind"],
        tuple(Party(p["name"], p["kind"], p.get("position")) for p in e["parties"]),
        Count(**e["count"]) if e["count"] else None,
        Money(**e["money"]) if e["money"] else None,
    )


def extracted(some: Sequence[Release]) -> list[DocumentRow]:
    """Releases with the events that our extractor reads."""
    from nlp import extract_many

    documents = [Document(r["text"], date.fromisoformat(r["published"]), home_of(r["source"])) for r in some]
    return [
        DocumentRow(
            r["id"],
            r["text"],
            document.published,
            r["source"],
            document.source_region,
            events=tuple(EventRow(f"{r['id']}:{n}", e) for n, e in enumerate(extraction.events)),
            people=extraction.people,
        )
        for r, document, extraction in zip(some, documents, extract_many(documents), strict=True)
    ]


def clusters(rows: Iterable[DocumentRow]) -> dict[str, dict[str, str]]:
    """Matter -> subject -> cluster, all rows loaded into one store."""
    mentions = [m for row in rows for m in read(row)]
    store = MemoryStore()
    resolve(store, [m.node for m in mentions])
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for m in mentions:
        out[m.node.matter][m.subject] = store.assignments[m.node.id].cluster
    return out


def score_given(some: Sequence[Release]) -> tuple[Score, Score]:
    """Initiatives and stories with the gold's events given."""
    found = clusters(map(given, some))
    gold = {f"{r['id']}:{n}": e["initiative_id"] for r in some for n, e in enumerate(r["events"])}
    return Score.of(gold, found["initiative"]), Score.of({r["id"]: r["story_id"] for r in some}, found["story"])


def score_texts(some: Sequence[Release]) -> tuple[Score, Score, Score]:
    """Initiatives and stories from the texts alone; and initiatives if all that was read were resolved rightly."""
    rows = extracted(some)
    found = clusters(rows)
    gold: dict[str, str] = {}
    initiative: dict[str, str] = {}
    for release, row in zip(some, rows, strict=True):
        golden = given(release)
        gold |= {e.id: g["initiative_id"] for e, g in zip(golden.events, release["events"], strict=True)}
        for a, b in matched(golden.events, row.events):
            initiative[golden.events[a].id] = found["initiative"][row.events[b].id]
    stories = Score.of({r["id"]: r["story_id"] for r in some}, found["story"])
    return Score.of(gold, initiative), stories, Score.of(gold, {e: gold[e] for e in initiative})


def matched(gold: Sequence[EventRow], found: Sequence[EventRow]) -> list[tuple[int, int]]:
    """Pairs of events of one type (counts: of one value) with the most words of their quotations in common."""
    scored = sorted(
        (-overlap, i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g.event.type == f.event.type
        and (overlap := _overlap(g.event.quote, f.event.quote)) >= (0 if g.event.type == "enterprise_count" else 0.5)
        and (g.event.type != "enterprise_count" or _value(g) == _value(f))
    )
    out: list[tuple[int, int]] = []
    for _, i, j in scored:
        if all(i != a and j != b for a, b in out):
            out.append((i, j))
    return out


def _value(row: EventRow) -> int | None:
    return row.event.count.value if row.event.count else None


def _overlap(a: str, b: str) -> float:
    x, y = Counter(a.lower().split()), Counter(b.lower().split())
    return sum((x & y).values()) / max(1, min(x.total(), y.total()))


def score_promises(some: Sequence[Release], entities: Mapping[str, Any]) -> tuple[int, int, int]:
    """Of the gold's promises: those judged rightly, those that events state, all."""
    told = defaultdict(list)
    for row, release in zip(map(given, some), some, strict=True):
        for event, e in zip(row.events, release["events"], strict=True):
            told[e["initiative_id"]].append(Told(event.id, row.id, row.published, event.event))
    found = [p for events in told.values() for p in promises(events)]
    wanted = [p for i in entities["initiatives"] for p in i["promises"]]
    twins = [(w, p) for w in wanted if (p := _twin(w, found))]
    return sum(w["outcome"] == p.outcome for w, p in twins), len(twins), len(wanted)


def _twin(wanted: Mapping[str, Any], found: Iterable[Promise]) -> Promise | None:
    """The promise of that document with that deadline, or the nearest in that year (a quarter is told as its year)."""
    told = [p for p in found if p.deadline and any(e.split(":")[0] == wanted["document"] for e in p.events)]
    deadline = date.fromisoformat(wanted["deadline"])
    near = [p for p in told if p.deadline and p.deadline.year == deadline.year]
    return min(near, key=lambda p: abs((p.deadline or deadline) - deadline), default=None)


def run(paths: Sequence[Path] = ()) -> None:
    """Print the figures of these files, or of all sets in tests/gold."""
    for path in paths or sorted(GOLD.glob("linking*/releases.jsonl")):
        some = releases(path)
        print(f"{path.parent.name}: {len(some)} releases")
        for title, scores in (("given", score_given(some)), ("texts", score_texts(some))):
            for matter, s in zip(("initiatives", "stories", "(ceiling)"), scores, strict=False):
                print(f"  {title} {matter:11} P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}")
        entities = path.parent / "entities.json"
        if entities.exists():
            right, stated, all_ = score_promises(some, json.loads(entities.read_text(encoding="utf-8")))
            print(f"  promises right {right} of {stated} that events state, of {all_} in all")


if __name__ == "__main__":
    run([Path(a) for a in sys.argv[1:]])
