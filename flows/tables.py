"""What an operator reads after an ingest, in a minute: how each source is, and how far each region is covered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from prefect.artifacts import create_table_artifact
from sqlalchemy import Engine, func, select

from flows.alarms import meaning
from flows.steps import SourceResult
from pipeline.models import Document

RECENT = timedelta(days=28)
Row = dict[str, Any]


def sources(results: Sequence[SourceResult]) -> list[Row]:
    """A row a source: pages, new documents, events, illness and what to do about it; the ill ones first."""
    rows = [
        {
            "source": r.source.id,
            "region": r.source.region,
            "outcome": r.crawl.outcome,
            "reason": r.crawl.reason,
            "pages": r.crawl.pages,
            "articles": r.crawl.articles,
            "new": r.load.new,
            "changed": r.load.changed,
            "events": r.load.events["added"],
            "unreadable": len(r.load.failures),
            "what it means": "" if r.crawl.ok else meaning(r.crawl.reason),
            "detail": r.crawl.detail,
        }
        for r in results
    ]
    return sorted(rows, key=lambda row: (row["outcome"] == "complete", row["region"], row["source"]))


def coverage(engine: Engine, results: Sequence[SourceResult], today: date) -> list[Row]:
    """A row a region: its sources by outcome, and the releases of four weeks; those nobody tells of come first."""
    recent = (
        select(Document.region, func.count().label("releases"), func.max(Document.published_on).label("newest"))
        .where(Document.published_on > today - RECENT, Document.published_on <= today)
        .group_by(Document.region)
    )
    with engine.connect() as connection:
        told = {row.region: row for row in connection.execute(recent)}
    outcomes: dict[str, list[str]] = defaultdict(list)
    for result in results:
        outcomes[result.source.region].append(result.crawl.outcome)
    rows = [
        {
            "region": region,
            "sources": len(some),
            "complete": some.count("complete"),
            "truncated": some.count("truncated"),
            "failed": some.count("failed"),
            "releases in 28 days": told[region].releases if region in told else 0,
            "newest": told[region].newest.isoformat() if region in told else "",
        }
        for region, some in outcomes.items()
    ]
    return sorted(rows, key=lambda row: (row["complete"] > 0, row["newest"], row["region"]))


def publish(engine: Engine, results: Sequence[SourceResult], today: date) -> None:
    """Both tables as artifacts of the Prefect run."""
    ill = sum(not result.crawl.ok for result in results)
    rows, regions = sources(results), coverage(engine, results, today)
    bare = sum(row["complete"] == 0 for row in regions)
    new, events = sum(row["new"] for row in rows), sum(row["events"] for row in rows)
    create_table_artifact(
        key="ingest",
        table=rows,
        description=f"{len(rows)} sources, {ill} of them ill; {new} new documents, {events} events.",
    )
    create_table_artifact(
        key="coverage",
        table=regions,
        description=f"{len(regions)} regions; {bare} of them without a source that was seen whole.",
    )
