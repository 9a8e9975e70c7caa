"""Crawls in the database: what a crawl is to know beforehand, and what it came to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from pipeline.database import MOST_PARAMETERS, chunks, lock, upsert
from pipeline.load import document_id
from pipeline.models import Crawl, Document, Page, Source, stable_id
from spiders.article import Article


@dataclass(frozen=True, slots=True)
class Crawled:
    """A crawl that has ended: the row of its source, how it went, and the pages it met."""

    source: dict[str, Any]  # columns of `sources`
    started_at: datetime
    finished_at: datetime | None
    outcome: str
    reason: str | None
    pages: int
    articles: int
    stats: dict[str, Any]
    unchanged: Sequence[str] = ()  # addresses asked again that have not changed
    problems: Sequence[tuple[str, str]] = field(default=())  # address and reason code


def known_pages(engine: Engine, source_id: str) -> Iterator[dict[str, str | None]]:
    """The pages of a source that were read before: url, etag, last_modified and the fingerprint of what they held."""
    query = (
        select(Page.url, Page.etag, Page.last_modified, Document.fingerprint)
        .join(Document, Document.id == Page.document_id)
        .where(Page.source_id == source_id)
        .order_by(Page.url)
    )
    with engine.connect() as connection:
        for row in connection.execute(query):
            yield dict(row._mapping)


def complete_before(engine: Engine, source_id: str, now: datetime | None = None) -> bool:
    """Whether the source's last crawl saw all that it asked for, so that what it knew ends the next one.

    A crawl that began in the future had a wrong clock. Whether it was the last nobody can tell, so it counts as well.
    """
    past = Crawl.started_at <= (now or datetime.now(UTC))
    lasts = (
        select(Crawl.outcome).where(Crawl.source_id == source_id, ~past),
        select(Crawl.outcome).where(Crawl.source_id == source_id, past).order_by(Crawl.started_at.desc()).limit(1),
    )
    with engine.connect() as connection:
        outcomes = {outcome for query in lasts for outcome in connection.scalars(query)}
    return outcomes == {"complete"}


def endings(engine: Engine, source_ids: Sequence[str], most: int) -> dict[str, list[tuple[str, str | None]]]:
    """Outcome and reason of each source's last crawls, at most so many, the last one last."""
    number = func.row_number().over(partition_by=Crawl.source_id, order_by=Crawl.started_at.desc()).label("number")
    found: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    with engine.connect() as connection:
        for ids in chunks(source_ids, MOST_PARAMETERS):
            numbered = select(Crawl.source_id, Crawl.outcome, Crawl.reason, number).where(Crawl.source_id.in_(ids))
            last = numbered.subquery()
            query = select(last).where(last.c.number <= most).order_by(last.c.source_id, last.c.number.desc())
            for row in connection.execute(query):
                found[row.source_id].append((row.outcome, row.reason))
    return dict(found)


def record(engine: Engine, crawled: Crawled, articles: Iterable[Article], *, new: int, changed: int) -> None:
    """Store a crawl and its pages in one transaction; the documents were loaded before. Idempotent."""
    source_id = crawled.source["id"]
    at = crawled.finished_at or crawled.started_at
    with engine.begin() as connection:
        lock(connection)
        upsert(connection, Source, [crawled.source])
        upsert(
            connection,
            Crawl,
            [
                {
                    "id": stable_id("crawl", source_id, crawled.started_at.isoformat()),
                    "source_id": source_id,
                    "started_at": crawled.started_at,
                    "finished_at": crawled.finished_at,
                    "outcome": crawled.outcome,
                    "reason": crawled.reason,
                    "pages": crawled.pages,
                    "articles": crawled.articles,
                    "new": new,
                    "changed": changed,
                    "stats": crawled.stats,
                }
            ],
        )
        pages = {row["id"]: row for row in (_article_page(article, source_id, at) for article in articles)}
        upsert(connection, Page, list(pages.values()), keep=("first_seen_at", "source_id"))
        failed = {row["id"]: row for row in (_failed_page(url, why, source_id, at) for url, why in crawled.problems)}
        # a page that was an article keeps being one: a failed visit says nothing of what was read before
        read = _are_articles(connection, failed)
        upsert(
            connection,
            Page,
            [row for id_, row in failed.items() if id_ not in read and id_ not in pages],
            keep=("first_seen_at", "source_id"),
        )
        for urls in chunks(crawled.unchanged, MOST_PARAMETERS):
            connection.execute(update(Page).where(Page.url.in_(urls)).values(last_checked_at=at))


def _page(url: str, source_id: str, at: datetime) -> dict[str, Any]:
    return {
        "id": stable_id("page", url),
        "url": url,
        "source_id": source_id,
        "first_seen_at": at,
        "last_checked_at": at,
    }


def _article_page(article: Article, source_id: str, at: datetime) -> dict[str, Any]:
    url = article.page or article.url
    assert url is not None, "a crawled article has an address"
    return _page(url, source_id, article.fetched_at or at) | {
        "document_id": document_id(article),
        "etag": article.etag,
        "last_modified": article.last_modified,
        "state": "article",
        "reason": None,
        "archive_file": article.archive.file if article.archive else None,
        "archive_offset": article.archive.offset if article.archive else None,
    }


def _failed_page(url: str, reason: str, source_id: str, at: datetime) -> dict[str, Any]:
    state = "unreadable" if reason == "unreadable" else "failed"
    return _page(url, source_id, at) | {"state": state, "reason": reason}


def _are_articles(connection: Connection, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(ids, MOST_PARAMETERS):
        found.update(connection.scalars(select(Page.id).where(Page.id.in_(some), Page.state == "article")))
    return found
