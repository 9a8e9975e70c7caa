"""Regions and sources: totals for the map, officials over time, how complete our view is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import Session

from pipeline.filters import Filter
from pipeline.health import SourceHealth
from pipeline.health import health as source_health
from pipeline.models import (
    Count,
    Crawl,
    Document,
    Event,
    EventRegion,
    Initiative,
    InitiativeRegion,
    Office,
    Person,
    Region,
    Source,
)
from pipeline.reference import regions as reference_regions
from web.remembered import remembered

Measure = Literal["initiatives", "events", "enterprises"]


@cache
def region_names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in reference_regions()}


@cache
def short_names() -> dict[str, str]:
    return {row["code"]: row["short_name"] for row in reference_regions()}


@remembered
def region_totals(session: Session, wanted: Filter, measure: Measure) -> dict[str, int]:
    """Per region: how many initiatives or events the filter lets through, or the most enterprises that one has."""
    if measure == "initiatives":
        query = select(InitiativeRegion.region, func.count()).group_by(InitiativeRegion.region)
        if wanted:
            passed = wanted.initiatives().with_only_columns(Initiative.id)
            query = query.where(InitiativeRegion.initiative_id.in_(passed))
        return dict(session.execute(query).all())
    query = wanted.told(EventRegion.region).join(EventRegion, EventRegion.event_id == Event.id)
    if measure == "events":
        query = query.add_columns(func.count())
    else:
        query = query.add_columns(func.max(Count.value)).join(Count, Count.event_id == Event.id)
        query = query.where(Event.type == "enterprise_count")
        if not wanted.kind:  # how many firms a region has at all is no initiative's number
            query = query.where(Event.kind != "other")
        if not wanted.status:  # a promised number is none yet
            query = query.where(Event.status.in_(("done", "ongoing")))
    return dict(session.execute(query.group_by(EventRegion.region)).all())


def region(session: Session, code: str) -> Region | None:
    return session.get(Region, code)


def officials(session: Session, code: str) -> Sequence[Row[str, str, str, dt.date | None, dt.date | None]]:
    """Who held which office in the region, as releases show it, the latest first."""
    first, last = func.min(Office.from_on).label("from_on"), func.max(Office.to_on).label("to_on")
    return session.execute(
        select(Person.id, Person.name, Office.position, first, last)
        .join(Person, Person.id == Office.person_id)
        .where(Office.region == code)
        .group_by(Person.id, Person.name, Office.position)
        .order_by(last.desc().nulls_last(), func.sum(Office.mentions).desc(), Person.id, Office.position)
        .limit(60)
    ).all()


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source and its health."""

    source: Source
    documents: int
    last_document: dt.date | None
    last_crawl: Crawl | None
    health: SourceHealth | None  # of one that was crawled

    @property
    def alarm(self) -> str | None:
        return self.health.alarm if self.health else None


def sources(session: Session, code: str | None = None, today: dt.date | None = None) -> list[SourceView]:
    """Every source, or those of a region; silence is judged as of `today`."""
    views = _sources(session, today or dt.date.today())
    return [view for view in views if code is None or view.source.region == code]


@remembered
def _sources(session: Session, today: dt.date) -> list[SourceView]:
    totals = {
        row.source_id: (row.documents, row.last)
        for row in session.execute(
            select(
                Document.source_id,
                func.count().label("documents"),
                func.max(Document.published_on).label("last"),
            ).group_by(Document.source_id)
        )
    }
    latest = select(Crawl.source_id, func.max(Crawl.started_at).label("at")).group_by(Crawl.source_id).subquery()
    crawls = {
        crawl.source_id: crawl
        for crawl in session.scalars(
            select(Crawl).join(latest, (Crawl.source_id == latest.c.source_id) & (Crawl.started_at == latest.c.at))
        )
    }
    healths = {health.source_id: health for health in source_health(session.connection(), today)}
    views = []
    for source in session.scalars(select(Source).order_by(Source.region, Source.id)):
        documents, last = totals.get(source.id, (0, None))
        views.append(SourceView(source, documents, last, crawls.get(source.id), healths.get(source.id)))
    return views


@remembered
def source_names(session: Session) -> tuple[tuple[str, str], ...]:
    """Id and name of every source that has given a document, by region."""
    given = select(Source.id, Source.name).where(exists().where(Document.source_id == Source.id))
    return tuple((row.id, row.name) for row in session.execute(given.order_by(Source.region, Source.id)))
