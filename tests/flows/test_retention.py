"""What is old and needed by nobody goes, shown first; what a fact points to stays, however old."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from flows import retention
from pipeline import crawls
from pipeline.load import load
from pipeline.models import Crawl
from pipeline.settings import Settings
from spiders.archive import ArchiveWriter
from spiders.article import ArchiveRef, Article

NOW = datetime.now(UTC).replace(microsecond=0)  # as the database keeps it
OLD = NOW - timedelta(days=800)


def archived(settings: Settings, url: str, at: datetime) -> ArchiveRef:
    with ArchiveWriter(settings.archive, "one") as writer:
        ref = writer.resource(url, body=b"text", content_type="text/plain")
    aged(settings.archive / ref.file, at)
    return ref


def aged(path: Path, at: datetime) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def release(url: str, text: str, ref: ArchiveRef, fetched: datetime) -> Article:
    return Article(source="one", url=url, page=url, title="", text=text, archive=ref, fetched_at=fetched)


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(data=tmp_path, database_url=database_url)


def test_only_what_nobody_needs_goes(settings: Settings, engine: Engine) -> None:
    former, present = archived(settings, "https://e.org/1", OLD), archived(settings, "https://e.org/1", OLD)
    unneeded, young = archived(settings, "https://e.org/list", OLD), archived(settings, "https://e.org/list", NOW)
    held = archived(settings, "https://e.org/held", OLD)
    (settings.archive / f"{held.file}.lock").touch()
    for text, ref, at in (("Раз", former, OLD), ("Два", present, OLD + timedelta(days=1))):
        load(engine, [(release("https://e.org/1", text, ref, at), None)])
    starts = [OLD + timedelta(hours=n) for n in range(40)]
    source = {"id": "one", "name": "one", "region": None, "kind": None, "platform": None, "url": None}
    for number, at in enumerate(starts):
        outcome = "complete" if number == 3 else "failed"
        crawls.record(engine, crawls.Crawled(source, at, at, outcome, "timeout", 1, 0, {}), [], new=0, changed=0)
    log, young_log = (
        settings.data / "crawls" / "one" / "articles.log",
        settings.data / "crawls" / "two" / "articles.log",
    )
    aged(log, OLD), aged(young_log, NOW)

    shown = retention.run(settings, 365, apply=False)
    assert [path.name for path in shown.archive] == [Path(unneeded.file).name]
    assert shown.logs == [log]
    assert len(shown.crawls) == 9, "of forty, the last thirty stay, and the last complete one"
    assert all(path.exists() for path in shown.files), "shown, not removed"

    assert retention.run(settings, 365, apply=True) == shown
    assert not any(path.exists() for path in shown.files)
    for ref in (former, present, young, held):
        assert (settings.archive / ref.file).exists()
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Crawl)) == 31
        assert connection.scalar(select(Crawl.started_at).where(Crawl.outcome == "complete")) == starts[3]
    nothing = retention.run(settings, 365, apply=True)
    assert (nothing.crawls, nothing.files, nothing.bytes) == ([], [], 0)
