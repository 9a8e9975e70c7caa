"""Documents, events, initiatives, people and organisations as nested JSON records: what exports and reports show.

Records hold facts alone, no moment of loading or reading, so that equal contents give equal bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from pipeline.database import chunks
from pipeline.models import (
    Count,
    Document,
    DocumentRegion,
    Event,
    EventRegion,
    Evidence,
    Initiative,
    InitiativeAlias,
    InitiativeRegion,
    Money,
    Office,
    Organization,
    OrganizationAlias,
    Party,
    Person,
    PersonAlias,
    Promise,
    Source,
)

Record = dict[str, Any]
PAGE = 1000  # rows at a time
GIVEN_ID = func.coalesce(Document.external_id, Document.id)  # a document's id for those who gave it


def documents(connection: Connection) -> Iterator[Record]:
    """Every document: `id` as it was given, else our own."""
    query = select(
        Document.id.label("key"),
        GIVEN_ID.label("id"),
        Document.story_id,
        Source.name.label("source"),
        Document.url,
        Document.title,
        Document.published_on.label("published"),
        Document.fingerprint,
        Document.revision,
        Document.archive_file,
        Document.archive_offset,
        Document.text,
    ).join(Source, Source.id == Document.source_id)
    for page in _pages(connection, query, Document.id):
        regions = _lists(connection, DocumentRegion.document_id, DocumentRegion.region, [row.key for row in page])
        for row in page:
            yield {"id": row.id, **_plain(row), "published": _iso(row.published), "regions": regions[row.key]}


def events(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Record]:
    """Events that meet the conditions, the rejected left out, with all that belongs to them."""
    query = (
        select(
            Event.id,
            GIVEN_ID.label("document_id"),
            Document.id.label("document_key"),
            Document.title,
            Document.published_on.label("published"),
            Document.url,
            Source.name.label("source"),
            Event.type,
            Event.status,
            Event.date,
            Event.initiative_text.label("initiative"),
            Event.kind,
            Event.initiative_id,
            Evidence.quotation.label("quote"),
            Evidence.start,
            Evidence.stop,
            Event.confidence,
            Event.review,
            Event.version,
        )
        .join(Document, Document.id == Event.document_id)
        .join(Source, Source.id == Document.source_id)
        .join(Evidence, (Evidence.event_id == Event.id) & (Evidence.role == "event"))
        .where(Event.review != "rejected", *where)
    )
    for page in _pages(connection, query, Event.id):
        ids = [row.id for row in page]
        regions = _lists(connection, EventRegion.event_id, EventRegion.region, ids)
        parties, counts, money = _parties(connection, ids), _one(connection, Count, ids), _one(connection, Money, ids)
        for row in page:
            yield {
                **_plain(row),
                "published": _iso(row.published),
                "regions": regions[row.id],
                "parties": parties[row.id],
                "count": counts.get(row.id),
                "money": money.get(row.id),
            }


def initiatives(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Record]:
    """Initiatives that meet the conditions, with aliases, the series of their counts, and promises."""
    for page in _pages(connection, select(Initiative.__table__).where(*where), Initiative.id):
        ids = [row.id for row in page]
        aliases = _lists(connection, InitiativeAlias.initiative_id, InitiativeAlias.name, ids)
        regions = _lists(connection, InitiativeRegion.initiative_id, InitiativeRegion.region, ids)
        counts, promises = _series(connection, ids), _promises(connection, ids)
        for row in page:
            yield {
                "id": row.id,
                "name": row.name,
                "kind": row.kind,
                "regions": regions[row.id],
                "aliases": aliases[row.id],
                "first_on": _iso(row.first_on),
                "last_on": _iso(row.last_on),
                "events": row.events,
                "documents": row.documents,
                "counts": counts[row.id],
                "promises": promises[row.id],
            }


def people(connection: Connection) -> Iterator[Record]:
    """People with their names and offices."""
    for page in _pages(connection, select(Person.__table__), Person.id):
        ids = [row.id for row in page]
        aliases = _lists(connection, PersonAlias.person_id, PersonAlias.name, ids)
        offices: dict[str, list[Record]] = defaultdict(list)
        query = (
            select(Office.__table__, Organization.name)
            .outerjoin(Organization, Organization.id == Office.organization_id)
            .where(Office.person_id.in_(ids))
            .order_by(Office.person_id, Office.id)
        )
        for row in connection.execute(query):
            offices[row.person_id].append(
                {
                    "position": row.position,
                    "organization": row.name,
                    "region": row.region,
                    "from": _iso(row.from_on),
                    "to": _iso(row.to_on),
                    "mentions": row.mentions,
                }
            )
        for row in page:
            yield {"id": row.id, "name": row.name, "aliases": aliases[row.id], "offices": offices[row.id]}


def organizations(connection: Connection) -> Iterator[Record]:
    """Organisations with their names."""
    for page in _pages(connection, select(Organization.__table__), Organization.id):
        ids = [row.id for row in page]
        aliases = _lists(connection, OrganizationAlias.organization_id, OrganizationAlias.name, ids)
        for row in page:
            yield {"id": row.id, "name": row.name, "region": row.region, "aliases": aliases[row.id]}


def _pages(connection: Connection, query: Any, key: Any) -> Iterator[Sequence[Any]]:
    """The rows of a query in order of a unique key, a page at a time, each page found by the index."""
    after = ""
    while rows := connection.execute(
        query.add_columns(key.label("page_key")).where(key > after).order_by(key).limit(PAGE)
    ).all():
        yield rows
        after = rows[-1].page_key


def _lists(connection: Connection, key: Any, value: Any, ids: Iterable[str]) -> dict[str, list[Any]]:
    out: dict[str, list[Any]] = defaultdict(list)
    for some in chunks(ids, PAGE):
        for id_, item in connection.execute(select(key, value).where(key.in_(some))):
            out[id_].append(item)
    for items in out.values():
        items.sort()  # here, since databases have their own ideas of the order of letters
    return out


def _parties(connection: Connection, ids: list[str]) -> dict[str, list[Record]]:
    out: dict[str, list[Record]] = defaultdict(list)
    query = select(Party.__table__).where(Party.event_id.in_(ids)).order_by(Party.event_id, Party.number)
    for row in connection.execute(query):
        party = {"name": row.name, "kind": row.kind, "position": row.position}
        out[row.event_id].append(party | {"person_id": row.person_id, "organization_id": row.organization_id})
    return out


def _one(connection: Connection, model: Any, ids: list[str]) -> dict[str, Record]:
    out = {}
    for row in connection.execute(select(model.__table__).where(model.event_id.in_(ids))):
        record = dict(row._mapping)
        out[record.pop("event_id")] = record
    return out


def _series(connection: Connection, ids: list[str]) -> dict[str, list[Record]]:
    query = (
        select(Event.initiative_id, Event.date, Document.published_on, Count.value, Count.comparator, Count.unit)
        .add_columns(Event.id, GIVEN_ID.label("document_id"))
        .join(Count, Count.event_id == Event.id)
        .join(Document, Document.id == Event.document_id)
        .where(
            Event.initiative_id.in_(ids),
            Event.type.in_(("enterprise_count", "charter_signing")),
            Event.status.in_(("done", "ongoing")),
            Event.review != "rejected",
        )
    )
    out: dict[str, list[Record]] = defaultdict(list)
    for row in connection.execute(query):
        out[row.initiative_id].append(
            {
                "as_of": row.date or _iso(row.published_on),
                "as_of_basis": "stated" if row.date else "published",
                "value": row.value,
                "comparator": row.comparator,
                "unit": row.unit,
                "document_id": row.document_id,
                "event_id": row.id,
            }
        )
    for series in out.values():
        series.sort(key=lambda point: (point["as_of"] or "9999", point["event_id"]))
    return out


def _promises(connection: Connection, ids: list[str]) -> dict[str, list[Record]]:
    query = select(Promise.__table__).where(Promise.initiative_id.in_(ids))
    out: dict[str, list[Record]] = defaultdict(list)
    for row in connection.execute(query):
        out[row.initiative_id].append(
            {
                "event_id": row.event_id,
                "deadline": _iso(row.deadline),
                "outcome": row.outcome,
                "outcome_event_id": row.outcome_event_id,
            }
        )
    for promises in out.values():
        promises.sort(key=lambda promise: (promise["deadline"] or "9999", promise["event_id"]))
    return out


def _plain(row: Any) -> Record:
    return {name: value for name, value in row._mapping.items() if name != "page_key"}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
