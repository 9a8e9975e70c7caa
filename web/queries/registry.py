"""Initiatives, promises, people and organisations: what lives across documents."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from pipeline.filters import Filter
from pipeline.models import (
    Document,
    Event,
    Initiative,
    InitiativeAlias,
    InitiativeRegion,
    Promise,
    Redirect,
)
from web.queries.events import EventView, events
from web.remembered import remembered

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


def initiatives(
    session: Session, wanted: Filter, *after: ColumnElement[bool], limit: int, offset: int = 0
) -> list[Initiative]:
    """The latest told first, undated last; `after`: further conditions on `initiatives`."""
    query = wanted.initiatives().where(*after).order_by(Initiative.last_on.desc().nulls_last(), Initiative.id)
    return list(session.scalars(query.limit(limit).offset(offset)))


def how_many(session: Session, wanted: Filter) -> int:
    query = select(func.count()).select_from(wanted.initiatives().with_only_columns(Initiative.id).subquery())
    return remembered(session, ("initiatives", wanted), lambda: session.scalar(query) or 0)


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
    session: Session,
    wanted: Filter,
    *after: ColumnElement[bool],
    initiative_id: str | None = None,
    outcome: str | None = None,
    limit: int,
    offset: int = 0,
) -> list[PromiseView]:
    """The latest deadline first, those without one last; `after`: further conditions on `promises`."""
    query = (
        select(Promise)
        .join(Event, Event.id == Promise.event_id)
        .join(Document, Document.id == Event.document_id)
        .where(*wanted.events(), *after)
        .order_by(Promise.deadline.desc().nulls_last(), Promise.event_id)
        .limit(limit)
        .offset(offset)
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
