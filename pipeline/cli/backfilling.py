"""`zamena backfill`: releases out of archives, our own or anybody's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from pipeline.settings import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.backfill import Watch
    from flows.warcs import FileReport

commands = typer.Typer()
console = Console(stderr=True, highlight=False)

SHOWN = 20  # damaged places of a file that are shown; all of them are in the table warc_files


@commands.command()
def backfill(
    paths: Annotated[
        list[str], typer.Argument(help="WARC files, folders of them, globs, or addresses: s3://…, https://…")
    ],
    prefect: Annotated[
        bool, typer.Option(help="Run as a Prefect flow on a Dask cluster, or file after file in one process.")
    ] = True,
) -> None:
    """Find Russian regional releases in WARC files, read them, load what they say. What was done is not done again."""
    from flows import backfill as flow
    from flows.warcs import NoFilesError, find_files

    try:
        files = find_files(paths)
        known = {*files} - {*flow.waiting(files, settings())}
        with _watch(sum(file.size or 0 for file in files if file not in known)) as watch:
            reports = (flow.on_cluster if prefect else flow.run)(files, settings(), watch)
    except (NoFilesError, flow.ClusterError) as error:
        raise typer.BadParameter(str(error)) from None
    if known:
        console.print(f"{len(known)} of {len(files)} files were done before.")
    _tell(reports)
    if any(report.error or report.sifted.damage for report in reports):
        raise typer.Exit(1)


@contextmanager
def _watch(size: int) -> Iterator[Watch]:
    from rich import progress as bars

    from flows.backfill import Watch

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.DownloadColumn(),
        bars.TransferSpeedColumn(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=console) as progress:
        task = progress.add_task("backfill", total=size)
        releases = 0

        def done(report: FileReport) -> None:
            nonlocal releases
            releases += report.sifted.releases
            progress.update(task, description=f"{releases} releases")

        yield Watch(done=done, passed=lambda number: progress.update(task, advance=number))


def _tell(reports: Sequence[FileReport]) -> None:
    from flows.backfill import passed_over
    from spiders.sift import PASSED

    for report in reports:
        if report.error:
            console.print(f"[red]{report.warc.address}: {report.error}[/]; the next run tries it again")
        for offset, reason in list(report.sifted.damage.items())[:SHOWN]:
            console.print(f"[red]{report.warc.address}, byte {offset}: {reason}[/]", soft_wrap=True)
        if (more := len(report.sifted.damage) - SHOWN) > 0:
            console.print(f"[red]{report.warc.address}: {more} more places, see the table warc_files[/]")
    load = [report.load for report in reports]
    console.print(
        f"{len(reports)} files, {sum(r.sifted.responses for r in reports):,} responses, "
        f"{sum(r.sifted.releases for r in reports):,} releases: {sum(one.new for one in load):,} new, "
        f"{sum(one.changed for one in load):,} changed, {sum(one.unchanged for one in load):,} known; "
        f"{sum(one.events['added'] for one in load):,} events added."
    )
    for reason, number in passed_over(reports).most_common():
        console.print(f"  passed over {number:,}: {PASSED[reason]}")
    for one in load:
        for id_, reason in one.failures:
            console.print(f"[red]document {id_} could not be read: {reason}[/]")
