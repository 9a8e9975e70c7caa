"""What a machine asks of us: is the database there, and how much is in it, in Prometheus' text form."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select

from pipeline.health import health as source_health
from pipeline.models import Crawl, Document, Event, Initiative, RejectedLine, Source, Story
from pipeline.standing import size
from web.shown import Database

router = APIRouter(include_in_schema=False)


@router.get("/health")
def health(db: Database) -> Response:
    db.execute(select(1))
    return PlainTextResponse("ok\n")


@router.get("/metrics")
def metrics(db: Database) -> Response:
    registry = CollectorRegistry()
    rows = Gauge("zamena_rows", "Rows of a table.", ["table"], registry=registry)
    for model in (Source, Document, Story, Event, Initiative, RejectedLine):
        rows.labels(model.__tablename__).set(db.scalar(select(func.count()).select_from(model)) or 0)
    crawls = Gauge("zamena_crawls", "Crawls by outcome.", ["outcome"], registry=registry)
    for outcome, number in db.execute(select(Crawl.outcome, func.count()).group_by(Crawl.outcome)):
        crawls.labels(outcome).set(number)
    last = Gauge("zamena_last_crawl_timestamp_seconds", "When a crawl last began.", registry=registry)
    if began := db.scalar(select(func.max(Crawl.started_at))):
        last.set(began.timestamp())
    taken = Gauge("zamena_database_bytes", "Size of the database.", registry=registry)
    taken.set(size(db.connection()))
    _sources(db, registry)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _sources(db: Database, registry: CollectorRegistry) -> None:
    """How each source is: what an alert is made of."""
    well = Gauge("zamena_source_well", "1: its last crawl saw all it asked for.", ["source"], registry=registry)
    success = Gauge("zamena_source_success_timestamp_seconds", "Last such crawl.", ["source"], registry=registry)
    recent = Gauge("zamena_source_recent_releases", "Releases of 28 days.", ["source"], registry=registry)
    usual = Gauge("zamena_source_usual_releases", "In 28 days of the 84 before.", ["source"], registry=registry)
    for one in source_health(db.connection(), datetime.now(UTC).date()):
        well.labels(one.source_id).set(one.outcome == "complete")
        recent.labels(one.source_id).set(one.recent)
        usual.labels(one.source_id).set(one.usual)
        if one.last_success:
            success.labels(one.source_id).set(one.last_success.timestamp())
