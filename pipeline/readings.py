"""Writing what was read from documents, with people's corrections on top; unchanged facts are left alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.orm import InstrumentedAttribute

from nlp.schema import Event as NlpEvent
from nlp.schema import Extraction
from pipeline import facts
from pipeline.corrections import Correction, corrected, outlives
from pipeline.database import MOST_PARAMETERS, chunks, delete_where, insert_all, upsert
from pipeline.facts import Reading
from pipeline.models import (
    Base,
    Count,
    Decision,
    Document,
    DocumentRegion,
    Event,
    EventRegion,
    Evidence,
    Money,
    Official,
    Party,
)

PARTS: dict[str, type[Base]] = {
    "event_regions": EventRegion,
    "parties": Party,
    "counts": Count,
    "money": Money,
    "evidence": Evidence,
}
OFFICIAL = ("name", "position", "organization", "start", "stop")  # of nlp.schema.Official
WHEREABOUTS = frozenset({"start", "stop", "trigger", "confidence"})  # of a reading: not part of what is stated


@dataclass(frozen=True, slots=True)
class DocumentReading:
    document_id: str
    text: str
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one event: its reading before and after; None where there is none."""

    event_id: str
    document_id: str
    before: Reading | None
    after: Reading | None

    @property
    def kind(self) -> str:
        """added, gone, changed, moved (the same fact at another place of the text) or same."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "gone"
        if self.before == self.after:
            return "same"
        return "changed" if _fact(self.before) != _fact(self.after) else "moved"


def _fact(reading: Reading) -> Reading:
    parties = [{k: v for k, v in p.items() if k not in WHEREABOUTS} for p in reading["parties"]]
    return {k: v for k, v in reading.items() if k not in WHEREABOUTS} | {"parties": parties}


@dataclass(slots=True)
class Plan:
    """What storing some readings would do: known before anything is written."""

    changes: list[Change] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)  # document -> version of the extractor
    people: set[str] = field(default_factory=set)  # documents that name others with an office, or are about others


def plan(connection: Connection, readings: Sequence[DocumentReading]) -> Plan:
    """Compare readings with what is stored of the same documents."""
    old: dict[str, dict[str, Reading]] = defaultdict(dict)
    for ids in chunks((r.document_id for r in readings), MOST_PARAMETERS):
        rows = connection.execute(select(Event.document_id, Event.id, Event.reading).where(Event.document_id.in_(ids)))
        for document_id, event_id, reading in rows:
            old[document_id][event_id] = reading
    out = Plan()
    for reading in readings:
        before = old[reading.document_id]
        after = facts.carry_over(reading.document_id, before, reading.extraction.events)
        out.versions[reading.document_id] = reading.extraction.version
        for event_id in dict.fromkeys([*before, *after]):
            event = after.get(event_id)
            out.changes.append(
                Change(event_id, reading.document_id, before.get(event_id), facts.to_reading(event) if event else None)
            )
    out.people = _otherwise_peopled(connection, readings)
    return out


def _otherwise_peopled(connection: Connection, readings: Sequence[DocumentReading]) -> set[str]:
    """Documents of which something else than events is stored than was read: officials, regions."""
    officials: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    regions: dict[str, set[str]] = defaultdict(set)
    for ids in chunks((r.document_id for r in readings), MOST_PARAMETERS):
        query = select(Official.document_id, *(getattr(Official, name) for name in OFFICIAL))
        for document_id, *official in connection.execute(
            query.where(Official.document_id.in_(ids)).order_by(Official.document_id, Official.number)
        ):
            officials[document_id].append(tuple(official))
        for row in connection.execute(select(DocumentRegion.__table__).where(DocumentRegion.document_id.in_(ids))):
            regions[row.document_id].add(row.region)
    return {
        r.document_id
        for r in readings
        if regions[r.document_id] != {*r.extraction.regions}
        or officials[r.document_id] != [tuple(getattr(p, n) for n in OFFICIAL) for p in r.extraction.people]
    }


def store(connection: Connection, readings: Sequence[DocumentReading]) -> list[Change]:
    """Make what is stored of these documents what their readings say. Answers what changed, "same" left out."""
    planned = plan(connection, readings)
    texts = {r.document_id: r.text for r in readings}
    changes = [c for c in planned.changes if c.kind != "same"]
    corrections = corrections_of(connection, [c.event_id for c in changes])
    changes = [c for c in changes if c.after or not outlives(corrections.get(c.event_id, ()), texts[c.document_id])]
    write(
        connection,
        [(c.event_id, c.document_id, planned.versions[c.document_id], c.after) for c in changes if c.after is not None],
        texts,
        corrections,
    )
    delete_where(connection, Event.id, [c.event_id for c in changes if c.after is None])
    _store_officials(connection, readings)
    return changes


def write(
    connection: Connection,
    events: Sequence[tuple[str, str, str, Reading]],
    texts: Mapping[str, str],
    corrections: Mapping[str, Sequence[Correction]],
) -> None:
    """Write events (id, document, version, reading) with their arguments, corrections made."""
    if not events:
        return
    rows = []
    for event_id, document_id, version, reading in events:
        event, review = corrected(reading, corrections.get(event_id, ()), texts[document_id])
        tables = facts.event_rows(event_id, event, texts[document_id])
        tables["events"][0] |= {
            "document_id": document_id,
            "version": version,
            "review": review,
            "reading": reading,
        }
        rows.append(tables)
    by_table = facts.merged(rows)
    upsert(connection, Event, by_table["events"])
    for ids in chunks((row["id"] for row in by_table["events"] if row["review"] == "rejected"), MOST_PARAMETERS):
        connection.execute(update(Event).where(Event.id.in_(ids)).values(initiative_id=None))
    for name, model in PARTS.items():
        delete_where(connection, model.event_id, [e[0] for e in events])  # type: ignore[attr-defined]
        insert_all(connection, model, by_table[name])


def rewrite(connection: Connection, event_ids: Collection[str]) -> set[str]:
    """Make events again from their readings, after decisions about them. Answers the documents they are of."""
    rows = connection.execute(
        select(Event.id, Event.document_id, Event.version, Event.reading, Document.text)
        .join(Document, Document.id == Event.document_id)
        .where(Event.id.in_(event_ids))
    ).all()
    texts = {row.document_id: row.text for row in rows}
    events = [(row.id, row.document_id, row.version, row.reading) for row in rows]
    write(connection, events, texts, corrections_of(connection, event_ids))
    return set(texts)


def corrected_events(
    connection: Connection, column: InstrumentedAttribute[Any], values: Iterable[str]
) -> Iterator[tuple[Any, NlpEvent]]:
    """Events whose `column` is among the values, as (row with id, document_id, initiative_id) and event.

    Corrections are made, rejected events left out; in order of documents and their texts.
    """
    for some in chunks(values, MOST_PARAMETERS):
        rows = connection.execute(
            select(Event.id, Event.document_id, Event.initiative_id, Event.reading)
            .where(column.in_(some), Event.review != "rejected")
            .order_by(Event.document_id, Event.id)
        ).all()
        corrections = corrections_of(connection, [row.id for row in rows])
        # whether a correction stands against the text or is stale makes no difference to the values
        events = [(row, corrected(row.reading, corrections.get(row.id, ()), "")[0]) for row in rows]
        yield from sorted(events, key=lambda pair: (pair[0].document_id, pair[1].start, pair[0].id))


def corrections_of(connection: Connection, event_ids: Iterable[str]) -> dict[str, list[Correction]]:
    """The decisions that hold, by event, the oldest first."""
    out: dict[str, list[Correction]] = defaultdict(list)
    for ids in chunks(event_ids, MOST_PARAMETERS):
        rows = connection.execute(
            select(Decision.target_id, Decision.action, Decision.changes, Decision.quotation)
            .where(Decision.target == "event", Decision.undone_at.is_(None), Decision.target_id.in_(ids))
            .order_by(Decision.decided_at, Decision.id)
        )
        for event_id, *decision in rows:
            out[event_id].append(Correction(*decision))
    return out


def _store_officials(connection: Connection, readings: Sequence[DocumentReading]) -> None:
    documents = [r.document_id for r in readings]
    people = [row for r in readings for row in facts.official_rows(r.document_id, r.extraction)]
    delete_where(connection, Official.document_id, documents)
    insert_all(connection, Official, people)
    delete_where(connection, DocumentRegion.document_id, documents)
    regions = [(r.document_id, code) for r in readings for code in dict.fromkeys(r.extraction.regions)]
    insert_all(connection, DocumentRegion, [{"document_id": d, "region": code} for d, code in regions])
