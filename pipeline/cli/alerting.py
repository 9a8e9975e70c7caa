"""Commands for digests: `zamena alerts list|send|remove`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from pipeline.settings import settings

commands = typer.Typer()
alerts = typer.Typer(help="The lists that readers follow, and the digests that tell them what is new there.")
commands.add_typer(alerts, name="alerts")


@alerts.command("list")
def list_() -> None:
    """Show who follows what, and how their digests went."""
    from rich.console import Console
    from rich.table import Table

    from pipeline.alerts.following import listed
    from pipeline.database import opened

    table = Table("id", "to", "list", "how often", "since", "last digest", "sent", "in doubt", "refused in a row")
    with opened(settings().database).connect() as connection:
        for row in listed(connection):
            table.add_row(
                row.id,
                f"{row.channel}: {row.address}",
                row.query or "everything",
                row.frequency,
                f"{row.saved_at:%Y-%m-%d}",
                f"{row.last:%Y-%m-%d %H:%M} UTC" if row.last else "",
                *(str(number) for number in (row.sent, row.in_doubt, row.failures)),
            )
    Console(highlight=False).print(table if table.row_count else "Nobody follows a list.")


@alerts.command()
def send(
    frequency: Annotated[
        Literal["at_once", "daily", "weekly"], typer.Argument(help="To whom: at_once, daily or weekly.")
    ],
) -> None:
    """Send what is due now, as `zamena schedule` does by itself."""
    from rich.console import Console

    from flows.digest import run
    from pipeline.cli.progress import bars

    try:
        with bars(Console(stderr=True)) as progress:
            task = progress.add_task("lists", total=None)
            outcomes = run(
                settings(), frequency, lambda done, total: progress.update(task, completed=done, total=total)
            )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    print(", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items())) or "Nobody follows a list.")
    if outcomes["refused"] or outcomes["in doubt"]:
        raise typer.Exit(1)


@alerts.command()
def remove(filter_id: Annotated[str, typer.Argument(help="Id of the saved filter (alerts list).")]) -> None:
    """End what somebody follows, and forget their address."""
    from pipeline.alerts.following import remove as forget
    from pipeline.database import opened

    if not forget(opened(settings().database), filter_id):
        raise typer.BadParameter(f"nobody follows {filter_id}")
