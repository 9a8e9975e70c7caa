"""What a machine asks of us: is the database there, and how much is in it, in Prometheus' text form."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select

from pipeline.models import Crawl, Document, Event, Initiative, Source, Story
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
    for model in (Source, Document, Story, Event, Initiative):
        rows.labels(model.__tablename__).set(db.scalar(select(func.count()).select_from(model)) or 0)
    crawls = Gauge("zamena_crawls", "Crawls by outcome.", ["outcome"], registry=registry)
    for outcome, number in db.execute(select(Crawl.outcome, func.count()).group_by(Crawl.outcome)):
        crawls.labels(outcome).set(number)
    last = Gauge("zamena_last_crawl_timestamp_seconds", "When a crawl last began.", registry=registry)
    if began := db.scalar(select(func.max(Crawl.started_at))):
        last.set(began.timestamp())
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
