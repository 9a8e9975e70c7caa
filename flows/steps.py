"""What the flows do, as plain functions: everything here also runs without Prefect."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from structlog.contextvars import bound_contextvars

from flows.alone import AlreadyRunningError, alone
from flows.loading import Progress, read_and_load
from flows.logs import logger
from flows.patience import patiently
from flows.reader import Read, read
from pipeline import crawls, rejected
from pipeline.load import LoadReport
from pipeline.settings import Settings
from spiders.article import Article
from spiders.crawl import crawl
from spiders.known import read_articles
from spiders.registry import Source
from spiders.report import CrawlReport

log = logger(__name__)
_LOADING = threading.Lock()  # SQLite has one writer, and there is one reader


@dataclass(frozen=True, slots=True)
class Window:
    """Days of publication to look at again, both included; without `since` a crawl stops where enough is known."""

    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, since: date | None, until: date | None, days: int | None) -> Window:
        """`days` counts back from today and stands in for `since`."""
        return cls(since or (date.today() - timedelta(days) if days is not None else None), until)


@dataclass(frozen=True, slots=True)
class SourceResult:
    """One source's share of an ingest: how its crawl went and what was loaded."""

    source: Source
    crawl: CrawlReport
    load: LoadReport = field(default_factory=LoadReport)


def ingest_source(
    source: Source,
    window: Window,
    engine: Engine,
    settings: Settings,
    on_loaded: Progress = lambda _: None,
    read: Read = read,
) -> SourceResult:
    """Crawl a source, read and load what it brought. A report comes back whatever happens: nothing here harms others.

    Crawls run side by side; loading is done by one thread at a time.
    """
    with bound_contextvars(source=source.id):
        result = _ingest(source, window, engine, settings, on_loaded, read)
        _log(result)
    return result


def _ingest(
    source: Source, window: Window, engine: Engine, settings: Settings, on_loaded: Progress, read: Read
) -> SourceResult:
    started = datetime.now(UTC)
    try:
        with alone(_folder(source, settings) / "lock", source.id):  # from its crawl to the end of its loading
            log.info("crawling", since=window.since and window.since.isoformat())
            report = crawl_source(source, window, engine, settings)
            with _LOADING:
                return load_crawl(source, report, engine, settings, on_loaded, read)
    except AlreadyRunningError as error:
        return SourceResult(source, _owed(source, started, "held", str(error)))
    except Exception as error:
        log.exception("not ingested")
        report = _owed(source, started, "exception", f"{type(error).__name__}: {error}")
        with suppress(Exception):  # what ails us may be the database itself
            crawls.record(engine, crawled(source, report), (), new=0, changed=0)
        return SourceResult(source, report)


def _log(result: SourceResult) -> None:
    crawl, loaded = result.crawl, result.load
    for document, reason in loaded.failures:
        log.warning("document not read", document=document, reason=reason)
    (log.info if crawl.ok else log.warning)(
        "ingested",
        outcome=crawl.outcome,
        reason=crawl.reason,
        detail=crawl.detail,
        pages=crawl.pages,
        articles=crawl.articles,
        new=loaded.new,
        changed=loaded.changed,
        events=loaded.events["added"],
    )


def _owed(source: Source, started: datetime, reason: str, detail: str) -> CrawlReport:
    """The report of a crawl that could not make one."""
    report = CrawlReport(source=source.id, region=source.region, started_at=started, finished_at=datetime.now(UTC))
    report.conclude(reason, detail)
    return report


def crawl_source(source: Source, window: Window, engine: Engine, settings: Settings) -> CrawlReport:
    """Crawl one source in a process of its own; its articles lie in `articles_file` until they are loaded."""
    folder = _folder(source, settings)
    folder.mkdir(parents=True, exist_ok=True)
    known = folder / "known.jsonl"
    with known.open("w", encoding="utf-8") as lines:
        for page in patiently(lambda: list(crawls.known_pages(engine, source.id))):
            lines.write(json.dumps(page, ensure_ascii=False) + "\n")
    return crawl(
        source.id,
        archive=settings.archive,
        out=articles_file(source, settings),
        known=known,
        since=window.since,
        until=window.until,
        stop_when_known=patiently(crawls.complete_before, engine, source.id),
        allow_private=settings.allow_private,
        contact=settings.contact,
    )


def load_crawl(
    source: Source,
    report: CrawlReport,
    engine: Engine,
    settings: Settings,
    on_loaded: Progress = lambda _: None,
    read: Read = read,
) -> SourceResult:
    """Read and load what a crawl brought, record the crawl, and only then let its file go."""
    file = articles_file(source, settings)
    refused: dict[Article, str] = {}
    loaded = read_and_load(engine, read_articles(file), on_loaded, read=read, on_refused=refused.__setitem__)
    if refused:
        numbered = enumerate(read_articles(file), 1)
        lines = [(n, one.model_dump_json(), refused[one]) for n, one in numbered if one in refused]
        patiently(rejected.store, engine, str(file), lines)
    taken = [article for article in read_articles(file) if article not in refused]
    patiently(crawls.record, engine, crawled(source, report), taken, new=loaded.new, changed=loaded.changed)
    file.unlink(missing_ok=True)
    return SourceResult(source, report, loaded)


def crawled(source: Source, report: CrawlReport) -> crawls.Crawled:
    """A crawl as the database keeps it."""
    return crawls.Crawled(
        source=source_row(source),
        started_at=report.started_at,
        finished_at=report.finished_at,
        outcome=report.outcome,
        reason=report.reason,
        pages=report.pages,
        articles=report.articles,
        stats=report.model_dump(mode="json"),
        unchanged=report.unchanged,
        problems=[(problem.url, problem.reason) for problem in report.problems],
    )


def source_row(source: Source) -> dict[str, str | None]:
    return {
        "id": source.id,
        "name": source.name,
        "region": source.region,
        "kind": source.body,
        "platform": source.platform,
        "url": source.list or source.feed or source.sitemap,
    }


def articles_file(source: Source, settings: Settings) -> Path:
    return _folder(source, settings) / "articles.jsonl"


def _folder(source: Source, settings: Settings) -> Path:
    return settings.data / "crawls" / source.id
