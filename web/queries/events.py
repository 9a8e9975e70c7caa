"""Events with all that a reader needs beside them: release, source, regions, parties, numbers, quotation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from pipeline.database import chunks
from pipeline.filters import Filter
from pipeline.models import Count, Document, Event, EventRegion, Evidence, Initiative, Money, Party, Source
from web.remembered import remembered


class PartyView(NamedTuple):
    name: str
    kind: str
    position: str | None
    person_id: str | None
    organization_id: str | None


class CountView(NamedTuple):
    value: int
    comparator: str
    unit: str


class MoneyView(NamedTuple):
    value: int
    currency: str
    comparator: str


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
    quote: str
    start: int
    stop: int
    count: CountView | None = None
    money: MoneyView | None = None
    regions: list[str] = field(default_factory=list)
    parties: list[PartyView] = field(default_factory=list)

    @property
    def when(self) -> dt.date:
        """For sorting in time: when it happened or, failing that, when it was told."""
        return self.date_from or self.published_on or dt.date.min


LATEST = (Document.published_on.desc(), Event.id)
AT_ONCE = 1_000  # events of a long list

# made once: a page of some hundred events asks for them by three queries, and making those took longer than the answers
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_PLAIN = 20  # columns of the event itself, in the order of EventView's fields; those of number and money follow
_EVENTS: Select[*tuple[Any, ...]] = (
    select(
        *(Event.id, Event.type, Event.status, Event.date, Event.date_from, Event.kind, Event.initiative_text),
        *(Event.initiative_id, Initiative.name, Event.confidence, Event.review),
        *(Event.document_id, Document.title, Document.url, Document.published_on, Document.source_id, Source.name),
        *(Evidence.quotation, Evidence.start, Evidence.stop),
        *(Count.value, Count.comparator, Count.unit),
        *(Money.value, Money.currency, Money.comparator),
    )
    .join(Document, Document.id == Event.document_id)
    .join(Source, Source.id == Document.source_id)
    .join(Evidence, and_(Evidence.event_id == Event.id, Evidence.role == "event"))
    .outerjoin(Initiative, Initiative.id == Event.initiative_id)
    .outerjoin(Count, Count.event_id == Event.id)
    .outerjoin(Money, Money.event_id == Event.id)
    .where(Event.id.in_(_IDS))
)
_REGIONS = (
    select(EventRegion.event_id, EventRegion.region)
    .where(EventRegion.event_id.in_(_IDS))
    .order_by(EventRegion.event_id, EventRegion.region)
)
_PARTIES: Select[*tuple[Any, ...]] = (
    select(Party.event_id, Party.name, Party.kind, Party.position, Party.person_id, Party.organization_id)
    .where(Party.event_id.in_(_IDS))
    .order_by(Party.event_id, Party.number)
)


def listed(session: Session, wanted: Filter, *, limit: int, offset: int = 0) -> list[EventView]:
    """The latest events that the filter lets through."""
    return of(session, _listed(session, wanted, limit, offset))


@remembered
def _listed(session: Session, wanted: Filter, limit: int, offset: int) -> Sequence[str]:
    return session.scalars(_chosen(wanted.events(), LATEST).limit(limit).offset(offset)).all()


def events(
    session: Session, *conditions: ColumnElement[bool], order: Sequence[Any] = LATEST, limit: int, offset: int = 0
) -> list[EventView]:
    """Events that meet the conditions (on `events` and `documents`), at most `limit`."""
    return of(session, session.scalars(_chosen(conditions, order).limit(limit).offset(offset)).all())


def all_events(session: Session, *conditions: ColumnElement[bool]) -> Iterator[EventView]:
    """All events that meet the conditions, the latest first, without holding them all."""
    ids = session.scalars(_chosen(conditions, LATEST).execution_options(yield_per=AT_ONCE))
    for some in chunks(ids, AT_ONCE):
        yield from of(session, some)


def _chosen(conditions: Iterable[ColumnElement[bool]], order: Sequence[Any]) -> Select[str]:
    return select(Event.id).join(Document, Document.id == Event.document_id).where(*conditions).order_by(*order)


def of(session: Session, ids: Collection[str]) -> list[EventView]:
    """The events of these ids, in their order; one that is gone by now is left out."""
    connection, asked = session.connection(), {"ids": list(ids)}
    views = {}
    for row in connection.execute(_EVENTS, asked):
        views[row[0]] = view = EventView(*row[:_PLAIN])
        count, money = row[_PLAIN : _PLAIN + 3], row[_PLAIN + 3 :]
        if count[0] is not None:
            view.count = CountView(*count)
        if money[0] is not None:
            view.money = MoneyView(*money)
    found = {"ids": list(views)}
    for event_id, region in connection.execute(_REGIONS, found):
        views[event_id].regions.append(region)
    for event_id, *party in connection.execute(_PARTIES, found):
        views[event_id].parties.append(PartyView(*party))
    return [views[id_] for id_ in ids if id_ in views]


def strength(view: EventView) -> tuple[int, int, float]:
    """How much a fact tells: deeds before plans, numbers and names before bare statements, the larger number first,
    sure before doubtful."""
    told = 2 * bool(view.count) + 2 * bool(view.money) + bool(view.parties) + bool(view.date)
    told += 2 * (view.status == "done") + 3 * (view.type == "charter_signing")
    return told, view.count.value if view.count else 0, view.confidence
