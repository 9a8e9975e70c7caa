"""What an operator reads after an ingest: the ill first, each with what to do; regions without a voice first."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Engine

from flows import tables
from flows.steps import SourceResult
from pipeline.load import LoadReport, load
from spiders.article import Article
from spiders.report import CrawlReport
from tests.flows.test_alarms import source

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def result(id_: str, region: str, reason: str, new: int = 0) -> SourceResult:
    report = CrawlReport(source=id_, region=region, started_at=NOW, finished_at=NOW, pages=7, articles=3)
    report.conclude(reason)
    return SourceResult(source(id_).model_copy(update={"region": region}), report, LoadReport(new=new))


RESULTS = [
    result("one", "RU-KHA", "reached_known", new=2),
    result("two", "RU-KHA", "timeout"),
    result("three", "RU-OMS", "not_found"),
]


def test_the_ill_come_first_with_what_to_do() -> None:
    rows = tables.sources(RESULTS)
    assert [row["source"] for row in rows] == ["two", "three", "one"]
    assert rows[1]["what it means"] == "The host answers 404 or 410. Find the new address."
    assert (rows[2]["pages"], rows[2]["new"], rows[2]["what it means"]) == (7, 2, "")


def test_each_region_shows_its_coverage(engine: Engine) -> None:
    days = [date(2026, 2, 25), date(2026, 2, 20), date(2025, 6, 1)]
    articles = [
        Article(source="one", url=f"https://e.org/{n}", title="", text=str(n), published_on=day, source_region="RU-KHA")
        for n, day in enumerate(days)
    ]
    load(engine, [(article, None) for article in articles])
    oms, kha = tables.coverage(engine, RESULTS, NOW.date())
    assert (oms["region"], oms["complete"], oms["failed"], oms["releases in 28 days"]) == ("RU-OMS", 0, 1, 0)
    assert (kha["sources"], kha["complete"], kha["failed"]) == (2, 1, 1)
    assert (kha["releases in 28 days"], kha["newest"]) == (2, "2026-02-25")
