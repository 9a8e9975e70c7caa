"""Initiatives, promises, people and organisations: what lives across documents."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pipeline.filters import Filter
from pipeline.models import (
    Document,
    Event,
    Initiative,
    InitiativeAlias,
    InitiativeRegion,
    Office,
    Organization,
    OrganizationAlias,
    Party,
    Person,
    PersonAlias,
    Promise,
    Redirect,
)
from web.queries.events import EventView, events

MOST_EVENTS = 500  # of one initiative, person or organisation on one page


def moved(session: Session, old_id: str) -> str | None:
    """The id that an old one gave way to."""
    return session.scalar(select(Redirect.new_id).where(Redirect.old_id == old_id))


def initiative(session: Session, initiative_id: str) -> Initiative | None:
    return session.get(Initiative, initiative_id)


def person(session: Session, person_id: str) -> Person | None:
    return session.get(Person, person_id)


def organization(session: Session, organization_id: str) -> Organization | None:
    return session.get(Organization, organization_id)


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


def initiatives(session: Session, wanted: Filter, *, limit: int, offset: int = 0) -> list[Initiative]:
    order = (Initiative.last_on.desc(), Initiative.id)
    return list(session.scalars(wanted.initiatives().order_by(*order).limit(limit).offset(offset)))


def how_many(session: Session, query: Select[Initiative]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def aliases(session: Session, initiative_id: str) -> list[str]:
    query = select(InitiativeAlias.name).where(InitiativeAlias.initiative_id == initiative_id)
    return list(session.scalars(query.order_by(InitiativeAlias.mentions.desc(), InitiativeAlias.name)))


def timeline(session: Session, initiative_id: str) -> list[EventView]:
    """All events of an initiative in order of time."""
    found = events(session, Event.review != "rejected", Event.initiative_id == initiative_id, limit=MOST_EVENTS)
    return sorted(found, key=lambda view: (view.when, view.id))


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A planned event, its deadline, what became of it and the event that shows that."""

    event: EventView
    deadline: dt.date | None
    outcome: str
    proof: EventView | None


def promises(
    session: Session, wanted: Filter, *, initiative_id: str | None = None, outcome: str | None = None, limit: int
) -> list[PromiseView]:
    query = (
        select(Promise)
        .join(Event, Event.id == Promise.event_id)
        .join(Document, Document.id == Event.document_id)
        .where(*wanted.events())
        .order_by(Promise.deadline.desc().nulls_last(), Promise.event_id)
        .limit(limit)
    )
    if initiative_id:
        query = query.where(Promise.initiative_id == initiative_id)
    if outcome:
        query = query.where(Promise.outcome == outcome)
    rows = session.scalars(query).all()
    ids = {row.event_id for row in rows} | {row.outcome_event_id for row in rows if row.outcome_event_id}
    views = {view.id: view for view in events(session, Event.id.in_(ids), limit=len(ids) or 1)}
    return [
        PromiseView(views[row.event_id], row.deadline, row.outcome, views.get(row.outcome_event_id or ""))
        for row in rows
    ]


def people(session: Session, text: str | None, region: str | None, *, limit: int, offset: int) -> list[Person]:
    """By name, those with most offices shown first; `text` matches any name they were called by."""
    query = select(Person).order_by(Person.name, Person.id).limit(limit).offset(offset)
    if text:
        query = query.where(_called(text, Person.name, PersonAlias.name, PersonAlias.person_id == Person.id))
    if region:
        query = query.where(exists().where(Office.person_id == Person.id, Office.region == region))
    return list(session.scalars(query))


def organizations(
    session: Session, text: str | None, region: str | None, *, limit: int, offset: int
) -> list[Organization]:
    query = select(Organization).order_by(Organization.name, Organization.id).limit(limit).offset(offset)
    if text:
        alias = OrganizationAlias
        query = query.where(_called(text, Organization.name, alias.name, alias.organization_id == Organization.id))
    if region:
        query = query.where(Organization.region == region)
    return list(session.scalars(query))


def _called(
    text: str, name: InstrumentedAttribute[str], alias: InstrumentedAttribute[str], mine: ColumnElement[bool]
) -> ColumnElement[bool]:
    # SQLite folds no Cyrillic case: the reader's own spelling and a capital first letter are tried
    patterns = {f"%{form}%" for form in (text, text.capitalize())}
    return or_(*(name.like(p) for p in patterns), exists().where(mine, or_(*(alias.like(p) for p in patterns))))


def offices(session: Session, people_ids: Iterable[str]) -> dict[str, list[Office]]:
    """Offices of each person, the latest first."""
    found: dict[str, list[Office]] = defaultdict(list)
    query = select(Office).where(Office.person_id.in_(list(people_ids)))
    for office in session.scalars(query.order_by(Office.to_on.desc(), Office.mentions.desc(), Office.id)):
        found[office.person_id].append(office)
    return found


def signed(session: Session, *, person_id: str | None = None, organization_id: str | None = None) -> list[EventView]:
    """Events in which the person or organisation is a party, the latest first."""
    party = exists().where(Party.event_id == Event.id)
    if person_id:
        party = party.where(Party.person_id == person_id)
    if organization_id:
        party = party.where(Party.organization_id == organization_id)
    return events(session, Event.review != "rejected", party, limit=MOST_EVENTS)
