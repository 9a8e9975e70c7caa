"""Initiatives, promises, people and organisations: what lives across documents."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, Select, Subquery, func, or_, select, union
from sqlalchemy.orm import Session

from pipeline.filters import Filter, living
from pipeline.models import (
    Count,
    Document,
    Event,
    Initiative,
    InitiativeAlias,
    InitiativeRegion,
    Official,
    Organization,
    Party,
    Person,
    Promise,
    Redirect,
    Source,
)
from web.queries import events as facts
from web.queries.events import EventView, events
from web.remembered import remembered

MOST_PARTIES, MOST_DOCUMENTS = 8, 30  # of an initiative at a glance
MOST_PROMISERS = 60  # to choose from
MOST_EVENTS = 500  # of one initiative, person or organisation on one page


def moved(session: Session, old_id: str) -> str | None:
    """The id that an old one gave way to."""
    return session.scalar(select(Redirect.new_id).where(Redirect.old_id == old_id))


def initiative(session: Session, initiative_id: str) -> Initiative | None:
    return session.get(Initiative, initiative_id)


def regions_of(session: Session, initiatives: Iterable[Initiative]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    ids = [initiative.id for initiative in initiatives]
    for row in session.execute(
        select(InitiativeRegion.initiative_id, InitiativeRegion.region)
        .where(InitiativeRegion.initiative_id.in_(ids))
        .order_by(InitiativeRegion.region)
    ):
        found[row.initiative_id].append(row.region)
    return found


def initiatives(session: Session, wanted: Filter, *after: ColumnElement[bool], limit: int) -> list[Initiative]:
    """The latest told first, undated last; `after`: further conditions on `initiatives`."""
    return list(session.scalars(_ordered(wanted.initiatives().where(*after)).limit(limit)))


def listed_initiatives(session: Session, wanted: Filter, *, limit: int, offset: int = 0) -> list[Initiative]:
    """As `initiatives`, a page of the list."""
    ids = _listed_initiatives(session, wanted, limit, offset)
    return list(session.scalars(_ordered(select(Initiative).where(Initiative.id.in_(ids)))))


@remembered
def _listed_initiatives(session: Session, wanted: Filter, limit: int, offset: int) -> list[str]:
    chosen = _ordered(wanted.initiatives()).limit(limit).offset(offset)
    return list(session.scalars(chosen.with_only_columns(Initiative.id)))


def _ordered(query: Select[Initiative]) -> Select[Initiative]:
    return query.order_by(Initiative.last_on.desc().nulls_last(), Initiative.id)


@remembered
def how_many(session: Session, wanted: Filter) -> int:
    query = select(func.count()).select_from(wanted.initiatives().with_only_columns(Initiative.id).subquery())
    return session.scalar(query) or 0


def aliases(session: Session, initiative_id: str) -> list[str]:
    query = select(InitiativeAlias.name).where(InitiativeAlias.initiative_id == initiative_id)
    return list(session.scalars(query.order_by(InitiativeAlias.mentions.desc(), InitiativeAlias.name)))


_WHEN = func.coalesce(Event.date_from, Document.published_on)  # it happened or, failing that, was told


def timeline(session: Session, initiative_id: str, *, limit: int = MOST_EVENTS, offset: int = 0) -> list[EventView]:
    """The events of an initiative in order of time; those of one day as they were told."""
    order = (_WHEN.asc().nulls_first(), Document.published_on, Event.id)
    return events(session, *_of(initiative_id), order=order, limit=limit, offset=offset)


def _of(initiative_id: str) -> tuple[ColumnElement[bool], ...]:
    return Event.review != "rejected", Event.initiative_id == initiative_id


class Brief(NamedTuple):
    """An initiative at a glance: its latest event, who takes part most often, the latest releases that tell of it."""

    latest: Row[str, str, str | None, dt.date | None] | None  # type, status, date, published_on
    parties: Sequence[Row[str, str | None, str | None]]  # name, person_id, organization_id
    documents: Sequence[Row[str, str, str, dt.date | None, str]]  # document_id, title, text, published_on, source_name


@remembered
def brief(session: Session, initiative_id: str) -> Brief:
    of_it = select(Event.id).where(*_of(initiative_id))
    latest = (
        select(Event.type, Event.status, Event.date, Document.published_on)
        .join(Document, Document.id == Event.document_id)
        .where(*_of(initiative_id))
        .order_by(_WHEN.desc().nulls_last(), Event.id)
    )
    name = func.coalesce(Person.name, Organization.name, Party.name)
    taking_part = (
        select(name.label("name"), Party.person_id, Party.organization_id)
        .select_from(Party)
        .outerjoin(Person, Person.id == Party.person_id)
        .outerjoin(Organization, Organization.id == Party.organization_id)
        .where(Party.event_id.in_(of_it), Party.kind != "region")
        .group_by(name, Party.person_id, Party.organization_id)
        .order_by(func.count().desc(), name, Party.person_id, Party.organization_id)
    )
    told = (
        select(
            Document.id.label("document_id"),
            Document.title,
            func.substr(Document.text, 1, 100).label("text"),
            Document.published_on,
            Source.name.label("source_name"),
        )
        .join(Source, Source.id == Document.source_id)
        .where(Document.id.in_(select(Event.document_id).where(*_of(initiative_id))))
        .order_by(Document.published_on.desc().nulls_last(), Document.id)
    )
    return Brief(
        session.execute(latest.limit(1)).one_or_none(),
        session.execute(taking_part.limit(MOST_PARTIES)).all(),
        session.execute(told.limit(MOST_DOCUMENTS)).all(),
    )


class Figure(NamedTuple):
    """A number that an event of an initiative states."""

    when: dt.date
    type: str
    status: str
    value: int
    comparator: str
    unit: str


def figures(session: Session, initiative_id: str) -> list[Figure]:
    """The numbers of an initiative in order of time, those of which no day is known left out.

    So are those of an event that is read as of another kind: how many firms a loan programme has had is no number of
    the charter beside whose name the release tells it.
    """
    stated = (
        select(_WHEN, Event.type, Event.status, Count.value, Count.comparator, Count.unit)
        .join(Document, Document.id == Event.document_id)
        .join(Count, Count.event_id == Event.id)
        .join(Initiative, Initiative.id == Event.initiative_id)
        .where(*_of(initiative_id), _WHEN.is_not(None))
        .where(or_(Event.kind.is_(None), Initiative.kind.is_(None), Event.kind == Initiative.kind))
        .order_by(_WHEN, Event.id)
    )
    return [Figure(*row) for row in session.execute(stated)]


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A planned event, its deadline, what became of it and the event that shows that."""

    event: EventView
    deadline: dt.date | None
    outcome: str
    proof: EventView | None

    @property
    def standing(self) -> str:
        """The outcome; overdue where the deadline is over and no release tells of one."""
        over = self.outcome == "open" and self.deadline is not None and self.deadline < dt.date.today()
        return "overdue" if over else self.outcome

    @property
    def due(self) -> str | None:
        """By when, as precisely as it was promised: a year where no day was named."""
        last = self.deadline.isoformat() if self.deadline else None
        stated = self.event.date
        return stated if stated and last and last.startswith(stated) else last


def promises(
    session: Session,
    wanted: Filter,
    *after: ColumnElement[bool],
    outcome: str | None = None,
    official: str | None = None,
    limit: int,
) -> list[PromiseView]:
    """The latest deadline first, those without one last; `after`: further conditions on `promises`.

    `official`: id of a person whom the release that tells the promise names with an office.
    """
    asked = Asked(outcome, official, dt.date.today())
    return _views(session, _promised(session, wanted, *after, asked=asked, limit=limit))


def listed_promises(
    session: Session,
    wanted: Filter,
    *,
    outcome: str | None = None,
    official: str | None = None,
    limit: int,
    offset: int = 0,
) -> list[PromiseView]:
    """As `promises`, a page of the list."""
    asked = Asked(outcome, official, dt.date.today())
    return _views(session, _listed_promised(session, wanted, asked=asked, limit=limit, offset=offset))


def _named(official: ColumnElement[bool], party: ColumnElement[bool]) -> Subquery:
    """Documents and whom they name with an office: by itself, or as a party of an event."""
    return union(
        select(Official.document_id, Official.person_id).where(official),
        select(Event.document_id, Party.person_id)
        .join(Event, Event.id == Party.event_id)
        .where(party, Party.position.is_not(None), Event.review != "rejected"),
    ).subquery()


class Asked(NamedTuple):
    """What is asked of promises besides the filters; the day is among what the answer is remembered by."""

    outcome: str | None
    official: str | None
    today: dt.date


@remembered
def promisers(session: Session, region: str | None) -> list[tuple[str, str]]:
    """Id and name of the officials whom releases with promises name most, of a region or of all, in order of names."""
    named = _named(Official.person_id.is_not(None), Party.person_id.is_not(None))
    query = (
        select(Person.id, Person.name, Person.sort_key)
        .join(named, named.c.person_id == Person.id)
        .join(Event, Event.document_id == named.c.document_id)
        .join(Promise, Promise.event_id == Event.id)
        .where(*Filter(region=region).events())
        .group_by(Person.id, Person.name, Person.sort_key)
        .order_by(func.count(Event.id.distinct()).desc(), Person.id)
        .limit(MOST_PROMISERS)
    )
    found = sorted(session.execute(query), key=lambda row: (row.sort_key, row.id))
    return [(row.id, row.name) for row in found]


def _promised(
    session: Session,
    wanted: Filter,
    *after: ColumnElement[bool],
    asked: Asked,
    limit: int,
    offset: int = 0,
) -> Sequence[Row[str, dt.date | None, str, str | None]]:
    query = (
        select(Promise.event_id, Promise.deadline, Promise.outcome, Promise.outcome_event_id)
        .join(Event, Event.id == Promise.event_id)
        .join(Document, Document.id == Event.document_id)
        .where(*wanted.events(), *after)
        .order_by(Promise.deadline.desc().nulls_last(), Promise.event_id)
        .limit(limit)
        .offset(offset)
    )
    if asked.outcome in {"due", "overdue"}:
        ahead = or_(Promise.deadline.is_(None), Promise.deadline >= asked.today)
        when = ahead if asked.outcome == "due" else Promise.deadline < asked.today
        query = query.where(Promise.outcome == "open", when)
    elif asked.outcome:
        query = query.where(Promise.outcome == asked.outcome)
    if asked.official:
        person = living(asked.official)
        named = _named(Official.person_id == person, Party.person_id == person)
        query = query.where(Event.document_id.in_(select(named.c.document_id)))
    return session.execute(query).all()


_listed_promised = remembered(_promised)


def _views(session: Session, rows: Sequence[Row[str, dt.date | None, str, str | None]]) -> list[PromiseView]:
    ids = {row.event_id for row in rows} | {row.outcome_event_id for row in rows if row.outcome_event_id}
    views = {view.id: view for view in facts.of(session, ids)}
    return [
        PromiseView(views[row.event_id], row.deadline, row.outcome, views.get(row.outcome_event_id or ""))
        for row in rows
        if row.event_id in views
    ]
