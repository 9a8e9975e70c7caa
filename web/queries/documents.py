"""Releases and the stories they tell."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func, select
from sqlalchemy.orm import Session

from pipeline import search as lemma_search
from pipeline.filters import Filter
from pipeline.models import Document, Event, EventRegion, Initiative, Source, Story
from pipeline.search import MOST_COUNTED
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


# document_id, title, text (its beginning), published_on, url, source_id, source_name;
# of a story also story_id, told_on, documents
Headline = Row[*tuple[Any, ...]]
_HEADLINE = (
    Document.id.label("document_id"),
    Document.title,
    func.substr(Document.text, 1, 100).label("text"),
    Document.published_on,
    Document.url,
    Document.source_id,
    Source.name.label("source_name"),
)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_OF_STORIES: Select[*tuple[Any, ...]] = (
    select(*_HEADLINE, Document.story_id, Story.published_on.label("told_on"), Story.documents)
    .select_from(Story)
    .join(Document, Document.id == Story.first_document_id)
    .join(Source, Source.id == Document.source_id)
    .where(Story.id.in_(_IDS))
    .order_by(Story.published_on.desc(), Story.id)
)
_OF_DOCUMENTS: Select[*tuple[Any, ...]] = (
    select(*_HEADLINE).join(Source, Source.id == Document.source_id).where(Document.id.in_(_IDS))
)


def news(session: Session, wanted: Filter, *, limit: int) -> Sequence[Headline]:
    """The latest stories with a fact that the filter lets through, each by its first document."""
    return _headlines(session, _stories(session, wanted, limit, 0))


def stories(session: Session, wanted: Filter, *, limit: int, offset: int) -> list[tuple[Headline, list[EventView]]]:
    """As `news`, each with its facts, the strongest first."""
    ids = _stories(session, wanted, limit, offset)
    tellers = session.execute(select(Document.id, Document.story_id).where(Document.story_id.in_(ids)))
    story_of: dict[str, str | None] = {row.id: row.story_id for row in tellers}
    # the region is looked at here: a database would rather go through all events of the region
    rest = wanted.model_copy(update={"region": None})
    grouped: dict[str | None, list[EventView]] = defaultdict(list)
    for view in events(session, *rest.events(), Event.document_id.in_(story_of), limit=2000):
        if wanted.region is None or wanted.region in view.regions:
            grouped[story_of[view.document_id]].append(view)
    return [
        (told, _once(sorted(grouped[told.story_id], key=strength, reverse=True))) for told in _headlines(session, ids)
    ]


@remembered
def _stories(session: Session, wanted: Filter, limit: int, offset: int) -> list[str]:
    chosen = wanted.stories().order_by(Story.published_on.desc(), Story.id).limit(limit).offset(offset)
    return list(session.scalars(chosen.with_only_columns(Story.id)))


def _headlines(session: Session, story_ids: Sequence[str]) -> Sequence[Headline]:
    return session.connection().execute(_OF_STORIES, {"ids": list(story_ids)}).all()


def _once(views: list[EventView]) -> list[EventView]:
    """One view of each happening: several documents of a story tell the same."""
    seen, out = set(), []
    for view in views:
        key = (view.type, view.initiative_id, view.status, view.count and (view.count.value, view.count.unit))
        if key not in seen:
            seen.add(key)
            out.append(view)
    return out


Snippet = list[tuple[str, bool]]  # pieces of a text; True: a word that was asked for


@dataclass(frozen=True, slots=True)
class Found:
    total: int
    hits: list[tuple[Headline, Snippet]]


def search(session: Session, query: str, wanted: Filter, *, limit: int, offset: int) -> Found:
    """Documents that have the words in any inflection and, where filters are given, an event they let through."""
    return _found(session, _search(session, query, wanted, limit, offset))


def search_before(session: Session, query: str, wanted: Filter, *, limit: int, before: int | None) -> Found:
    """As `search`, those that come after the document of this search number."""
    return _found(session, _searched(session, query, wanted, limit, 0, before))


def search_all(session: Session, query: str, wanted: Filter) -> Found:
    """As `search`, as many as are counted."""
    return _found(session, _searched(session, query, wanted, MOST_COUNTED, 0))


def _searched(
    session: Session, query: str, wanted: Filter, limit: int, offset: int, before: int | None = None
) -> lemma_search.Results:
    where = [Document.id.in_(wanted.told(Event.document_id))] if wanted else []
    return lemma_search.search(session, query, where=where, limit=limit, offset=offset, before=before)


_search = remembered(_searched)


def _found(session: Session, results: lemma_search.Results) -> Found:
    shown = session.connection().execute(_OF_DOCUMENTS, {"ids": [hit.document_id for hit in results.hits]})
    rows = {row.document_id: row for row in shown}
    return Found(
        results.total, [(rows[hit.document_id], hit.snippet) for hit in results.hits if hit.document_id in rows]
    )


@dataclass(frozen=True, slots=True)
class Totals:
    documents: int
    initiatives: int
    events: int
    regions: int
    last: dt.date | None


@remembered
def totals(session: Session) -> Totals:
    def number(column: object) -> int:
        return session.scalar(select(func.count()).select_from(column)) or 0  # type: ignore[arg-type]

    return Totals(
        number(Document),
        number(Initiative),
        number(Event),
        session.scalar(select(func.count(EventRegion.region.distinct()))) or 0,
        session.scalar(select(func.max(Document.published_on))),
    )
