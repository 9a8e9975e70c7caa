"""The ingest as a Prefect flow: crawls side by side, one loader, a table at the end that an operator reads in a minute.

`run` is the same without Prefect.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

# before Prefect is imported: it reports to nobody, and says only what an operator must know
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.futures import as_completed as futures_completed
from prefect.task_runners import ThreadPoolTaskRunner
from sqlalchemy import Engine

from flows.steps import Progress, SourceResult, Window, crawl_source, load_crawl
from pipeline.database import ensure_schema, make_engine
from pipeline.settings import Settings, settings
from spiders import registry
from spiders.registry import Source
from spiders.report import CrawlReport

AT_ONCE = 4  # crawls side by side: they wait for their hosts, not for the processor
Done = Callable[[SourceResult], None]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told of the progress: each finished source, and each batch of loaded documents."""

    done: Done = lambda _: None
    loaded: Progress = lambda _: None


QUIET = Watch()


def chosen(regions: Collection[str] = (), ids: Collection[str] = ()) -> list[Source]:
    """Sources by region or id; all that are fetched when neither is given. Raises RegistryError for unknown ids."""
    declared = registry.load()
    for id_ in ids:
        if id_ not in declared:
            raise registry.RegistryError(f"no source is called {id_!r}")
    if ids:
        return [declared[id_] for id_ in ids]
    return [source for source in declared.values() if source.fetched and (not regions or source.region in regions)]


def run(sources: Sequence[Source], window: Window, settings: Settings, watch: Watch = QUIET) -> list[SourceResult]:
    """Ingest the sources without Prefect. What one source does harms no other."""
    engine = ready(settings)
    results = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        crawls = {pool.submit(_crawled, source, window, engine, settings): source for source in sources}
        for future in as_completed(crawls):
            results.append(load_crawl(crawls[future], future.result(), engine, settings, watch.loaded))
            watch.done(results[-1])
    engine.dispose()
    return results


@task(name="crawl", task_run_name="crawl {source.id}")
def _crawl_task(source: Source, window: Window, settings: Settings) -> CrawlReport:
    engine = make_engine(settings.database)
    try:
        return _crawled(source, window, engine, settings)
    finally:
        engine.dispose()


@task(name="load", task_run_name="load {source.id}")
def _load_task(source: Source, report: CrawlReport, settings: Settings, watch: Watch) -> SourceResult:
    engine = make_engine(settings.database)
    try:
        return load_crawl(source, report, engine, settings, watch.loaded)
    finally:
        engine.dispose()


@flow(name="ingest", task_runner=ThreadPoolTaskRunner(max_workers=AT_ONCE))  # type: ignore[arg-type]
def ingest(
    regions: list[str] | None = None,
    sources: list[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    days: int | None = None,
) -> None:
    """Crawl, read and load: a task a crawl, the loads one after another as the crawls end.

    Args:
        regions: ISO 3166-2 codes; none: all.
        sources: ids in the source registry; given, they alone are crawled.
        since: first day of publication to look at again, known or not.
        until: last day of publication.
        days: the same as `since` that many days before today.
    """
    results = watched(chosen(regions or (), sources or ()), Window.of(since, until, days), settings(), QUIET)
    create_table_artifact(key="ingest", table=summary(results), description="Sources of this ingest")


@flow(name="ingest-watched", task_runner=ThreadPoolTaskRunner(max_workers=AT_ONCE), validate_parameters=False)  # type: ignore[arg-type]
def watched(sources: Sequence[Source], window: Window, settings: Settings, watch: Watch) -> list[SourceResult]:
    """The ingest as a command runs it, telling its progress."""
    ready(settings).dispose()
    crawls = {_crawl_task.submit(source, window, settings): source for source in sources}
    results = []
    for future in futures_completed(list(crawls)):
        results.append(_load_task(crawls[future], future.result(), settings, watch))
        watch.done(results[-1])
    return results


def summary(results: Sequence[SourceResult]) -> list[dict[str, Any]]:
    """A row a source: pages, new documents, events, illness and its reason; the ill ones first."""
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
        }
        for r in results
    ]
    return sorted(rows, key=lambda row: (row["outcome"] == "complete", row["region"], row["source"]))


def ready(settings: Settings) -> Engine:
    """An engine over a database whose schema is up to date."""
    engine = make_engine(settings.database)
    ensure_schema(engine)
    return engine


def _crawled(source: Source, window: Window, engine: Engine, settings: Settings) -> CrawlReport:
    """A crawl's report, whatever happens: a defect of ours ends this source's crawl, not the ingest."""
    started = datetime.now(UTC)
    try:
        return crawl_source(source, window, engine, settings)
    except Exception as error:
        report = CrawlReport(source=source.id, region=source.region, started_at=started, finished_at=datetime.now(UTC))
        report.conclude("exception", f"{type(error).__name__}: {error}")
        return report
