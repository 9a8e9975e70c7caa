"""A clock that jumps: what was dated by a wrong one neither hides changes nor ends later crawls early."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine, select

from pipeline import crawls
from pipeline.load import load
from pipeline.models import Document
from spiders.article import Article
from tests.databases import MakeDatabase, opened
from tests.faults.conftest import MakeStage
from tests.faults.player import Stage, ingest_all, playing
from tests.faults.same import archived, told

NOW = datetime(2026, 3, 2, tzinfo=UTC)
YEAR = 365 * 86400.0  # seconds
CLOCK = str(Path(__file__).with_name("clock"))


def ingest_at(crawl: float, flow: float, stage: Stage) -> None:
    """An ingest whose crawls and whose flow are so many seconds off."""
    os.environ |= {"PYTHONPATH": CLOCK, "PLAYED_CLOCK_SHIFT": str(crawl)}
    with time_machine.travel(time.time() + flow, tick=True):
        ingest_all(stage)


@pytest.mark.parametrize(
    "jumps",
    [[(YEAR, YEAR), (0.0, 0.0)], [(0.0, YEAR), (YEAR, 0.0)], [(-YEAR, 0.0), (0.0, -YEAR)]],
    ids=["back between runs", "back, then ahead, within a run", "ahead, then back, within a run"],
)
def test_the_clock_jumps(
    jumps: list[tuple[float, float]],
    make_stage: MakeStage,
    sqlite_database: MakeDatabase,
    undisturbed: dict[str, list[tuple[Any, ...]]],
) -> None:
    stage = make_stage(sqlite_database())
    for crawl, flow in jumps:
        with playing(partial(ingest_at, crawl, flow), stage) as process:
            process.join()
            assert process.exitcode == 0
    with opened(stage.database_url) as engine:
        assert told(engine) == undisturbed
        assert all(archived(engine, stage.settings.archive).values())


def release(text: str, fetched: datetime) -> Article:
    url = "https://example.org/1"
    return Article(source="one", url=url, page=url, title="", text=text, fetched_at=fetched)


def test_a_text_fetched_in_the_future_gives_way_to_a_changed_one(engine: Engine) -> None:
    load(engine, [(release("Первый текст", NOW + timedelta(days=400)), None)], now=lambda: NOW)
    report = load(engine, [(release("Второй текст", NOW), None)], now=lambda: NOW)
    assert report.changed == 1
    with engine.connect() as connection:
        assert connection.scalar(select(Document.text)) == "Второй текст"


def test_a_text_fetched_later_stays(engine: Engine) -> None:
    load(engine, [(release("Второй текст", NOW - timedelta(days=1)), None)], now=lambda: NOW)
    report = load(engine, [(release("Первый текст", NOW - timedelta(days=2)), None)], now=lambda: NOW)
    assert report.changed == 0


def crawled(outcome: str, started: datetime) -> crawls.Crawled:
    source = {"id": "one", "name": "one", "region": None, "kind": None, "platform": None, "url": None}
    return crawls.Crawled(source, started, started, outcome, None, 1, 0, {})


@pytest.mark.parametrize(
    ("former", "wrong", "expected"),
    [
        ("complete", "complete", True),
        ("complete", "truncated", False),
        ("truncated", "complete", False),  # which of them was the last, nobody can tell
    ],
)
def test_a_crawl_dated_in_the_future_is_not_the_last(engine: Engine, former: str, wrong: str, expected: bool) -> None:
    for outcome, started in ((wrong, NOW + timedelta(days=400)), (former, NOW - timedelta(hours=1))):
        crawls.record(engine, crawled(outcome, started), [], new=0, changed=0)
    assert crawls.complete_before(engine, "one", now=NOW) is expected
