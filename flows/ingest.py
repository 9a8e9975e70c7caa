"""The ingest as a Prefect flow: sources side by side, a table at the end that an operator reads in a minute.

`run` is the same without Prefect.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date

import httpx
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from sqlalchemy import Engine

from flows import alarms, tables
from flows.loading import Progress
from flows.logs import logger, run_named, setup
from flows.patience import patiently
from flows.reader import Read
from flows.reading import reading
from flows.steps import SourceResult, Window, ingest_source
from pipeline.database import opened
from pipeline.settings import Settings, settings
from spiders import registry
from spiders.registry import Source

AT_ONCE = 4  # crawls side by side: they wait for their hosts, not for the processor
Done = Callable[[SourceResult], None]
log = logger(__name__)


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
    """Ingest the sources without Prefect."""
    results = []
    with run_named(), ready(settings) as engine, reading(settings) as reader, ThreadPoolExecutor(AT_ONCE) as pool:
        reader.warm()  # the models load while the hosts are waited for

        def work(source: Source) -> SourceResult:
            return ingest_source(source, window, engine, settings, watch.loaded, reader.read)

        futures = [pool.submit(copy_context().run, work, source) for source in sources]
        for future in as_completed(futures):
            results.append(future.result())
            watch.done(results[-1])
        with _not_worth_failing():
            alarms.tell(engine, sources, settings, date.today(), emit=lambda _: None)
    return results


@task(name="ingest source", task_run_name="ingest {source.id}", cache_policy=NO_CACHE)
def _ingest_task(
    source: Source, window: Window, engine: Engine, settings: Settings, watch: Watch, read: Read
) -> SourceResult:
    result = ingest_source(source, window, engine, settings, watch.loaded, read)
    watch.done(result)
    return result


@flow(name="ingest", task_runner=ThreadPoolTaskRunner(max_workers=AT_ONCE))  # type: ignore[arg-type]
def ingest(
    regions: list[str] | None = None,
    sources: list[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    days: int | None = None,
) -> None:
    """Crawl, read and load: a task a source, side by side.

    Args:
        regions: ISO 3166-2 codes; none: all.
        sources: ids in the source registry; given, they alone are crawled.
        since: first day of publication to look at again, known or not.
        until: last day of publication.
        days: the same as `since` that many days before today.
    """
    setup()
    with run_named():
        run_watched(chosen(regions or (), sources or ()), Window.of(since, until, days), settings())


def run_watched(
    sources: Sequence[Source], window: Window, settings: Settings, watch: Watch = QUIET
) -> list[SourceResult]:
    """Ingest the sources under Prefect's eyes; where its server is gone in the middle, the rest without them."""
    results: dict[str, SourceResult] = {}

    def done(result: SourceResult) -> None:
        results[result.source.id] = result
        watch.done(result)

    try:
        watched(sources, window, settings, Watch(done, watch.loaded))
    except httpx.TransportError as error:
        log.error("Prefect's server is gone: going on without it", error=f"{type(error).__name__}: {error}")
        run([source for source in sources if source.id not in results], window, settings, Watch(done, watch.loaded))
    return list(results.values())


@flow(name="ingest-watched", task_runner=ThreadPoolTaskRunner(max_workers=AT_ONCE), validate_parameters=False)  # type: ignore[arg-type]
def watched(sources: Sequence[Source], window: Window, settings: Settings, watch: Watch) -> list[SourceResult]:
    """The sources of an ingest, telling the progress: a task a source."""
    with run_named(), ready(settings) as engine, reading(settings) as reader:
        reader.warm()  # the models load while the hosts are waited for
        futures = [_ingest_task.submit(source, window, engine, settings, watch, reader.read) for source in sources]
        results = [future.result() for future in futures]
        with _not_worth_failing():
            alarms.tell(engine, sources, settings, date.today(), alarms.emit)
        with _not_worth_failing():
            tables.publish(engine, results, date.today())
    return results


@contextmanager
def _not_worth_failing() -> Iterator[None]:
    """All is loaded by then: that it cannot be told is no reason to call the run failed."""
    try:
        yield
    except Exception:
        log.exception("not told")


@contextmanager
def ready(settings: Settings) -> Iterator[Engine]:
    """An engine over a database whose schema is up to date."""
    engine = patiently(opened, settings.database)
    try:
        yield engine
    finally:
        engine.dispose()
