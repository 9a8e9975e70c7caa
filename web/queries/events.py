"""Events with all that a reader needs beside them: release, source, regions, parties, numbers, quotation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from pipeline.models import Count, Document, Event, EventRegion, Evidence, Initiative, Money, Party, Source


@dataclass(slots=True)
class PartyView:
    name: str
    kind: str
    position: str | None
    person_id: str | None
    organization_id: str | None


@dataclass(slots=True)
class EventView:
    id: str
    type: str
    status: str
    date: str | None
    date_from: dt.date | None
    kind: str | None
    initiative_text: str | None
    initiative_id: str | None
    initiative_name: str | None
    confidence: float
    review: str
    document_id: str
    document_title: str
    document_url: str | None
    published_on: dt.date | None
    source_id: str
    source_name: str
    quote: str = ""
    start: int = 0
    stop: int = 0
    regions: list[str] = field(default_factory=list)
    parties: list[PartyView] = field(default_factory=list)
    count: Row[Any] | None = None  # of the table: value, comparator, unit
    money: Row[Any] | None = None  # value, currency, comparator

    @property
    def when(self) -> dt.date:
        """For sorting in time: when it happened or, failing that, when it was told."""
        return self.date_from or self.published_on or dt.date.min


COLUMNS = (
    Event.id,
    Event.type,
    Event.status,
    Event.date,
    Event.date_from,
    Event.kind,
    Event.initiative_text,
    Event.initiative_id,
    Initiative.name.label("initiative_name"),
    Event.confidence,
    Event.review,
    Event.document_id,
    Document.title.label("document_title"),
    Document.url.label("document_url"),
    Document.published_on,
    Document.source_id,
    Source.name.label("source_name"),
)
LATEST = (Document.published_on.desc(), Event.id)
AT_ONCE = 1_000  # events of a long list


def events(
    session: Session, *conditions: ColumnElement[bool], order: Sequence[Any] = LATEST, limit: int, offset: int = 0
) -> list[EventView]:
    """Events that meet the conditions (on `events`, `documents`, `sources`, `initiatives`), at most `limit`."""
    query = _select(conditions, order).limit(limit).offset(offset)
    return complete(session, [EventView(**row._mapping) for row in session.execute(query)])


def all_events(session: Session, *conditions: ColumnElement[bool]) -> Iterator[EventView]:
    """All events that meet the conditions, the latest first, without holding them all."""
    query = _select(conditions, LATEST).execution_options(yield_per=AT_ONCE)
    for rows in session.execute(query).partitions():
        yield from complete(session, [EventView(**row._mapping) for row in rows])


def _select(conditions: Iterable[ColumnElement[bool]], order: Sequence[Any]) -> Select[*tuple[Any, ...]]:
    return (
        select(*COLUMNS)
        .join(Document, Document.id == Event.document_id)
        .join(Source, Source.id == Document.source_id)
        .outerjoin(Initiative, Initiative.id == Event.initiative_id)
        .where(*conditions)
        .order_by(*order)
    )


def complete(session: Session, views: list[EventView]) -> list[EventView]:
    """Fill in the arguments and the quotation: one query a table, however many the events."""
    by_id = {view.id: view for view in views}
    for region in session.execute(
        select(EventRegion.event_id, EventRegion.region)
        .where(EventRegion.event_id.in_(by_id))
        .order_by(EventRegion.region)
    ):
        by_id[region.event_id].regions.append(region.region)
    # rows, not objects: a page has some hundred of them
    parties = select(Party.__table__).where(Party.event_id.in_(by_id)).order_by(Party.event_id, Party.number)
    for row in session.execute(parties):
        by_id[row.event_id].parties.append(
            PartyView(row.name, row.kind, row.position, row.person_id, row.organization_id)
        )
    for row in session.execute(select(Count.__table__).where(Count.event_id.in_(by_id))):
        by_id[row.event_id].count = row
    for row in session.execute(select(Money.__table__).where(Money.event_id.in_(by_id))):
        by_id[row.event_id].money = row
    words = select(Evidence.event_id, Evidence.quotation, Evidence.start, Evidence.stop)
    for row in session.execute(words.where(Evidence.event_id.in_(by_id), Evidence.role == "event")):
        view = by_id[row.event_id]
        view.quote, view.start, view.stop = row.quotation, row.start, row.stop
    return views


def strength(view: EventView) -> tuple[int, float]:
    """How much a fact tells: deeds before plans, numbers and names before bare statements, sure before doubtful."""
    told = 2 * bool(view.count) + 2 * bool(view.money) + bool(view.parties) + bool(view.date)
    return told + 2 * (view.status == "done") + 3 * (view.type == "charter_signing"), view.confidence
