"""Releases and the stories they tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from pipeline import search as lemma_search
from pipeline.filters import Filter
from pipeline.models import Document, Event, EventRegion, Initiative, Source, Story
from web.queries.events import EventView, events, strength
from web.remembered import remembered


def document(session: Session, document_id: str) -> tuple[Document, Source] | None:
    row = session.execute(
        select(Document, Source).join(Source, Source.id == Document.source_id).where(Document.id == document_id)
    ).one_or_none()
    return row and (row[0], row[1])


def facts(session: Session, document_id: str) -> list[EventView]:
    found = events(session, Event.document_id == document_id, Event.review != "rejected", limit=500)
    return sorted(found, key=lambda view: (view.start, view.stop))


def retellings(session: Session, told: Document) -> Sequence[Document]:
    """The other documents of its story, the first first."""
    if not told.story_id:
        return ()
    query = select(Document).where(Document.story_id == told.story_id, Document.id != told.id)
    return session.scalars(query.order_by(Document.published_on, Document.id).limit(50)).all()


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story by its first document, with its facts, the strongest first."""

    document: Document
    source: Source
    published_on: dt.date | None
    documents: int
    facts: list[EventView]


def stories(session: Session, wanted: Filter, *, limit: int, offset: int = 0) -> list[StoryView]:
    """The latest stories with a fact that the filter lets through."""
    latest = wanted.stories().order_by(Story.published_on.desc(), Story.id).limit(limit).offset(offset)
    chosen = latest.with_only_columns(Story.id)
    ids = remembered(session, ("stories", wanted, limit, offset), lambda: list(session.scalars(chosen)))
    rows = session.execute(
        select(Document, Source, Story.published_on, Story.documents)
        .select_from(Story)
        .join(Document, Document.id == Story.first_document_id)
        .join(Source, Source.id == Document.source_id)
        .where(Story.id.in_(ids))
        .order_by(Story.published_on.desc(), Story.id)
    ).all()
    grouped: dict[str, list[EventView]] = {}
    tellers = session.execute(select(Document.id, Document.story_id).where(Document.story_id.in_(ids)))
    story_of = {document_id: story_id or "" for document_id, story_id in tellers}
    # the region is looked at here: a database would rather go through all events of the region
    rest = wanted.model_copy(update={"region": None})
    for view in events(session, *rest.events(), Event.document_id.in_(story_of), limit=2000):
        if wanted.region is None or wanted.region in view.regions:
            grouped.setdefault(story_of[view.document_id], []).append(view)
    out = []
    for told, source, published_on, documents in rows:
        views = sorted(grouped.get(told.story_id or "", []), key=strength, reverse=True)
        out.append(StoryView(told, source, published_on, documents, _once(views)))
    return out


def _once(views: list[EventView]) -> list[EventView]:
    """One view of each happening: several documents of a story tell the same."""
    seen, out = set(), []
    for view in views:
        key = (view.type, view.initiative_id, view.status, view.count and (view.count.value, view.count.unit))
        if key not in seen:
            seen.add(key)
            out.append(view)
    return out


@dataclass(frozen=True, slots=True)
class HitView:
    document: Document
    source: Source
    snippet: list[tuple[str, bool]]  # pieces of the text; True: a word that was asked for


@dataclass(frozen=True, slots=True)
class Found:
    total: int
    hits: list[HitView]


def search(session: Session, query: str, wanted: Filter, *, limit: int, offset: int) -> Found:
    """Documents that have the words in any inflection and, where filters are given, an event they let through."""
    where = [Document.id.in_(_told(wanted))] if wanted else []
    results = lemma_search.search(session, query, where=where, limit=limit, offset=offset)
    rows = {
        row[0].id: row
        for row in session.execute(
            select(Document, Source)
            .join(Source, Source.id == Document.source_id)
            .where(Document.id.in_([hit.document_id for hit in results.hits]))
        )
    }
    return Found(
        results.total,
        [HitView(rows[hit.document_id][0], rows[hit.document_id][1], hit.snippet) for hit in results.hits],
    )


def _told(wanted: Filter) -> Select[str]:
    told = select(Event.document_id).where(*wanted.events())
    if wanted.source or wanted.since or wanted.until:
        told = told.join(Document, Document.id == Event.document_id)
    return told


@dataclass(frozen=True, slots=True)
class Totals:
    documents: int
    initiatives: int
    events: int
    regions: int
    last: dt.date | None


def totals(session: Session) -> Totals:
    return remembered(session, "totals", lambda: _totals(session))


def _totals(session: Session) -> Totals:
    def number(column: object) -> int:
        return session.scalar(select(func.count()).select_from(column)) or 0  # type: ignore[arg-type]

    return Totals(
        number(Document),
        number(Initiative),
        number(Event),
        session.scalar(select(func.count(EventRegion.region.distinct()))) or 0,
        session.scalar(select(func.max(Document.published_on))),
    )
