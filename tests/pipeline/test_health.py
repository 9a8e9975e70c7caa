"""The health of sources, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from pipeline.crawls import Crawled, record
from pipeline.health import SourceHealth, health
from pipeline.load import load
from spiders.article import Article

TODAY = date(2026, 11, 24)


def crawled(engine: Engine, source: str, day: int, outcome: str, reason: str, *, new: int = 0) -> None:
    at = datetime(2026, 11, day, 6, tzinfo=UTC)
    row = {"id": source, "name": source, "region": "RU-KHA", "kind": None, "platform": "plain", "url": None}
    record(
        engine,
        Crawled(row, at, at + timedelta(minutes=1), outcome, reason, pages=3, articles=new, stats={}),
        [],
        new=new,
        changed=0,
    )


def published(engine: Engine, source: str, *days_ago: int) -> None:
    load(
        engine,
        [
            (
                Article(
                    source=source,
                    url=f"http://{source}/{ago}",
                    title="Новость",
                    text=f"Новость {ago} источника {source}",
                    published_on=TODAY - timedelta(days=ago),
                    date_precision="day",
                ),
                None,
            )
            for ago in days_ago
        ],
    )


def test_health(engine: Engine) -> None:
    published(engine, "well", 1, 8, 15, 22, 30, 60, 90)
    published(engine, "mute", 30, 40, 50, 60, 70, 80)
    crawled(engine, "well", 20, "complete", "reached_known", new=4)
    crawled(engine, "well", 23, "complete", "reached_known")
    crawled(engine, "mute", 1, "complete", "exhausted", new=6)
    crawled(engine, "mute", 24, "failed", "timeout")
    with engine.connect() as connection:
        mute, well = health(connection, TODAY)
    assert (well.source_id, well.outcome, well.alarm, well.recent, well.usual) == ("well", "complete", None, 4, 1.0)
    assert well.last_success == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert well.last_new == datetime(2026, 11, 20, 6, tzinfo=UTC)
    assert (mute.outcome, mute.reason, mute.alarm, mute.recent, mute.usual) == ("failed", "timeout", "silent", 0, 2.0)
    assert mute.last_success == mute.last_new == datetime(2026, 11, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("recent", "usual", "alarm"),
    [
        (0, 0.0, None),
        (0, 0.7, None),
        (0, 1.0, "silent"),
        (0, 40.0, "silent"),
        (5, 40.0, "low"),
        (10, 40.0, None),
        (1, 3.0, None),
    ],
)
def test_alarms(recent: int, usual: float, alarm: str | None) -> None:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    assert SourceHealth("s", at, "complete", "exhausted", at, at, recent, usual).alarm == alarm
