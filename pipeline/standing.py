"""How the whole stands: what an operator asks first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from pipeline.models import Crawl, Document, Event, Initiative, Organization, Person, Source, Story
from pipeline.reprocess import waiting

LAST = 15  # crawls


@dataclass(frozen=True, slots=True)
class Standing:
    rows: dict[str, int]  # by table
    waiting: int  # documents that this version of the extractor has not read
    outcomes: dict[str, int]  # of each source's last crawl
    last_crawls: Sequence[Crawl]


def standing(engine: Engine, version: str) -> Standing:
    """Sizes, queue and the last crawls; `version` is the extractor's."""
    tables = (Source, Document, Story, Event, Initiative, Person, Organization)
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
        return Standing(rows, unread, {row.outcome: row.sources for row in outcomes}, crawls)
