"""Backfill: what other archives, or our own, hold of Russian regional releases, file by file on a Dask cluster.

`run` is the same without Prefect and without a cluster.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from distributed import KilledWorker
from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect_dask import DaskTaskRunner

import nlp
from flows.cluster import LOCAL, cluster, listening, tell
from flows.ingest import ready
from flows.reader import Reader
from flows.warcs import FileReport, Progress, prepare, take_file
from pipeline import warcs
from pipeline.settings import Settings
from pipeline.warcs import Warc
from spiders import registry

Done = Callable[[FileReport], None]


class Watch:
    """Who is told of the progress: bytes that are behind, and each finished file."""

    def __init__(self, done: Done = lambda _: None, passed: Progress = lambda _: None) -> None:
        self.done, self.passed = done, passed

    def __reduce__(self) -> tuple[type[Watch], tuple[()]]:
        """Prefect sends a flow's parameters along to the workers. Nobody watches there."""
        return Watch, ()


QUIET = Watch()


class ClusterError(RuntimeError):
    """A cluster whose workers cannot reach the database: a SQLite file is this machine's alone."""


def waiting(files: Sequence[Warc], settings: Settings) -> list[Warc]:
    """Those of the files that were not read as they are now, by this version of the extractor."""
    with ready(settings) as engine:
        prepare(engine, list(registry.load().values()))
        known = warcs.done(engine, files, nlp.VERSION)
    return [file for file in files if file.address not in known]


def run(files: Sequence[Warc], settings: Settings, watch: Watch = QUIET) -> list[FileReport]:
    """Take the files in, one after another, in this process, with the reader beside it."""
    reports = []
    with ready(settings) as engine, Reader() as reader:
        for file in waiting(files, settings):
            try:
                report = take_file(file, engine, settings, watch.passed, reader.read)
            except OSError as error:
                report = FileReport(file, error=f"{type(error).__name__}: {error}")
            reports.append(report)
            watch.done(report)
    return reports


@task(name="backfill file", task_run_name="backfill {file.address}", cache_policy=NO_CACHE)
def take_task(file: Warc, settings: Settings) -> FileReport:
    """On a worker, which reads by itself."""
    with ready(settings) as engine:
        try:
            return take_file(file, engine, settings, tell)
        except OSError as error:
            return FileReport(file, error=f"{type(error).__name__}: {error}")


def on_cluster(files: Sequence[Warc], settings: Settings, watch: Watch = QUIET) -> list[FileReport]:
    """Take the files in side by side, on the cluster that the settings name. Raises ClusterError."""
    if settings.dask not in ("", LOCAL) and settings.database.startswith("sqlite"):
        raise ClusterError(f"the cluster at {settings.dask} needs PostgreSQL: set ZAMENA_DATABASE_URL")
    left = waiting(files, settings)
    if not left:
        return []
    settings = settings.model_copy(update={"data": settings.data.absolute()})  # workers stand elsewhere
    with cluster(settings) as client, listening(client, watch.passed):
        runner = DaskTaskRunner(address=client.scheduler.address)
        return watched.with_options(task_runner=runner)(left, settings, watch)


@flow(name="backfill", validate_parameters=False)
def watched(files: Sequence[Warc], settings: Settings, watch: Watch) -> list[FileReport]:
    """A task a file, telling the progress; at the end a table of the files."""
    futures = {file.address: take_task.submit(file, settings) for file in files}
    reports = []
    for file in files:
        try:
            report = futures[file.address].result()
        except KilledWorker:
            # workers died over it, one after another: read where a death is laid to the one document it is due to
            # (nothing is left to read if it was done, and only the answer was lost)
            (report,) = run([file], settings) or [FileReport(file)]
        reports.append(report)
        watch.done(report)
    create_table_artifact(key="backfill", table=summary(reports), description="Files of this backfill")
    return reports


def summary(reports: Sequence[FileReport]) -> list[dict[str, Any]]:
    """A row a file: the ill ones first."""
    rows = [
        {
            "file": r.warc.address,
            "error": r.error,
            "damage": len(r.sifted.damage),
            "responses": r.sifted.responses,
            "releases": r.sifted.releases,
            "new": r.load.new,
            "changed": r.load.changed,
            "events": r.load.events["added"],
            "passed over": ", ".join(f"{reason} {number}" for reason, number in r.sifted.passed.items()),
        }
        for r in reports
    ]
    return sorted(rows, key=lambda row: (not row["error"], not row["damage"], row["file"]))


def passed_over(reports: Sequence[FileReport]) -> Counter[str]:
    """Responses passed over in all files, by reason."""
    return sum((Counter(report.sifted.passed) for report in reports), Counter())
