"""Commands that run the whole way: `zamena ingest`, `zamena demo`, `zamena schedule`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from pipeline.cli.progress import bars, counting
from pipeline.settings import settings

if TYPE_CHECKING:
    from flows.ingest import Watch
    from flows.steps import SourceResult, Window
    from pipeline.load import LoadReport
    from spiders.registry import Source

commands = typer.Typer()
console = Console(stderr=True)

DEMO_PORT = 8765  # fixed: a release is known by its address, so a second run must find the sites where they were


@commands.command()
def ingest(
    documents: Annotated[
        Path | None, typer.Option(help="Documents you already have, as JSON lines: id, text or html, …", exists=True)
    ] = None,
    extractions: Annotated[
        Path | None, typer.Option(help="What somebody else read from these documents, as JSON lines.", exists=True)
    ] = None,
    region: Annotated[list[str] | None, typer.Option(help="ISO 3166-2 code; may be repeated.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Id in the source registry; may be repeated.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day of publication.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day of publication.")] = None,
    days: Annotated[int | None, typer.Option(min=0, help="Look again at the last so many days.")] = None,
    prefect: Annotated[bool, typer.Option(help="Run as a Prefect flow, or as plain functions.")] = True,
) -> None:
    """Collect releases from the sources, or take in documents you have; read them; load what they say."""
    _log()
    if documents:
        _ingest_documents(documents, extractions)
        return
    if extractions:
        raise typer.BadParameter("extractions go with --documents")
    from flows.ingest import chosen
    from flows.steps import Window
    from spiders.registry import RegistryError

    try:
        sources = chosen(region or (), source or ())
    except RegistryError as error:
        raise typer.BadParameter(str(error)) from None
    if not sources:
        raise typer.BadParameter(f"no source of {', '.join(region or ())} is declared to be fetched")
    results = _ingest_sources(sources, Window.of(since and since.date(), until and until.date(), days), prefect)
    if not any(result.crawl.ok for result in results):
        raise typer.Exit(1)


def _log() -> None:
    """Log what happens; in a terminal, where bars show how far it is, only what is amiss."""
    import logging

    from flows import logs

    logs.setup(logging.WARNING if console.is_terminal else logging.INFO)


def _ingest_sources(sources: list[Source], window: Window, prefect: bool) -> list[SourceResult]:
    from flows import ingest as flow

    with _watch(len(sources)) as watch:
        run = flow.run_watched if prefect else flow.run
        results = run(sources, window, settings(), watch)
    _tell(sum((result.load for result in results[1:]), results[0].load))
    for result in results:
        if not result.crawl.ok:
            console.print(
                f"[yellow]{result.source.id}: {result.crawl.outcome}, {result.crawl.reason}[/] {result.crawl.detail}"
            )
    return results


@contextmanager
def _watch(sources: int) -> Iterator[Watch]:
    """Progress in the terminal: sources crawled, documents loaded."""
    from flows.ingest import Watch

    with bars(console) as progress:
        crawling = progress.add_task("sources", total=sources)
        reading = progress.add_task("releases", total=None)
        yield Watch(
            done=lambda result: progress.update(crawling, advance=1, description=f"sources ({result.source.id})"),
            loaded=lambda number: progress.update(reading, advance=number),
        )
        progress.update(reading, total=progress.tasks[reading].completed)


def _ingest_documents(file: Path, extractions: Path | None) -> None:
    from flows.documents import ingest_documents

    with file.open("rb") as lines:
        total = sum(1 for line in lines if line.strip())
    with counting(console, file.name, total) as loaded:
        result = ingest_documents(file, extractions, settings(), loaded)
    _tell(result.load)
    for rejected in result.rejected:
        console.print(f"[red]{rejected.file}:{rejected.line}: {rejected.reason}[/]")
    if result.rejected:
        console.print(f"{len(result.rejected)} lines were rejected; the others went on.")
        raise typer.Exit(1)


def _tell(report: LoadReport) -> None:
    if report.new or report.changed:
        console.print(
            f"{report.new} new documents, {report.changed} changed, {report.unchanged} known; "
            f"{report.events['added']} events added."
        )
    else:
        known = f": all {report.unchanged} documents were known" if report.unchanged else " was published"
        console.print(f"Nothing new{known}.")
    for id_, reason in report.failures:
        console.print(f"[red]document {id_} could not be read: {reason}[/]")


@commands.command()
def demo() -> None:
    """Play the demonstration sites on loopback, ingest them, and show what was read."""
    data = Path(os.environ.get("ZAMENA_DATA", "data")) / "demo"
    os.environ.update(
        ZAMENA_DATA=str(data),
        ZAMENA_DATABASE_URL="",
        ZAMENA_ALLOW_PRIVATE="true",
        ZAMENA_SOURCES=str(data / "sources"),
    )
    settings.cache_clear()
    _log()

    from flows.ingest import chosen
    from flows.steps import Window
    from pipeline.cli.data import report
    from playground import serve

    with ExitStack() as stack:
        try:
            playground = stack.enter_context(serve(port=DEMO_PORT))
        except OSError as error:
            raise typer.BadParameter(f"no sites can be played on port {DEMO_PORT}: {error}") from None
        playground.write_sources(data / "sources")
        console.print(f"{len(playground.bases)} sites are playing on loopback, port {DEMO_PORT}.")
        results = _ingest_sources(chosen(), Window(), prefect=True)
    report()
    if not all(result.crawl.ok for result in results):
        raise typer.Exit(1)


@commands.command()
def schedule() -> None:
    """Run all flows on their schedules (prefect.yaml), from this one process, until it is stopped."""
    _log()
    from flows.deployments import serve_all

    serve_all()
