"""How the whole stands: what an operator asks first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.orm import Session

from pipeline.models import (
    Crawl,
    Document,
    Event,
    ExtractorRun,
    Initiative,
    Organization,
    Person,
    RejectedLine,
    Source,
    Story,
)
from pipeline.reprocess import waiting

LAST = 15  # crawls


@dataclass(frozen=True, slots=True)
class Standing:
    rows: dict[str, int]  # by table
    bytes: int  # of the database
    waiting: int  # documents that this version of the extractor has not read
    unreadable: int  # documents that it gave up
    outcomes: dict[str, int]  # of each source's last crawl
    last_crawls: Sequence[Crawl]


def standing(engine: Engine, version: str) -> Standing:
    """Sizes, queue and the last crawls; `version` is the extractor's."""
    tables = (Source, Document, Story, Event, Initiative, Person, Organization, RejectedLine)
    unread = waiting(engine, version)
    with Session(engine, expire_on_commit=False) as session:
        rows = {t.__tablename__: session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}
        latest = select(Crawl.source_id, func.max(Crawl.started_at).label("at")).group_by(Crawl.source_id).subquery()
        last_of_source = (Crawl.source_id == latest.c.source_id) & (Crawl.started_at == latest.c.at)
        outcomes = session.execute(
            select(Crawl.outcome, func.count().label("sources"))
            .join(latest, last_of_source)
            .group_by(Crawl.outcome)
            .order_by(Crawl.outcome)
        )
        crawls = session.scalars(select(Crawl).order_by(Crawl.started_at.desc(), Crawl.id).limit(LAST)).all()
        failed = select(func.count()).where(ExtractorRun.outcome == "failed", ExtractorRun.version == version)
        unreadable = session.scalar(failed) or 0
        return Standing(
            rows, size(session.connection()), unread, unreadable, {row.outcome: row.sources for row in outcomes}, crawls
        )


def size(connection: Connection) -> int:
    """Bytes that the database takes."""
    if connection.dialect.name == "postgresql":
        query = "SELECT pg_database_size(current_database())"
    else:
        query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    return int(connection.scalar(text(query)) or 0)
