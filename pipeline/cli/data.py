"""Commands on the database: `zamena report`, `export`, `query`, `why`, `reprocess`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.settings import settings

commands = typer.Typer()

if TYPE_CHECKING:
    from sqlalchemy import Engine

ExportFormat = Literal["csv", "parquet", "xlsx", "sqlite", "jsonl"]
Region = Annotated[str | None, typer.Option(help="ISO 3166-2 code: of this region alone.")]


@commands.command()
def report(region: Region = None) -> None:
    """Show per region its initiatives: events in order of time, each with the sentence it was read from."""
    from rich.console import Console

    from pipeline import report as reports

    console = Console(highlight=False)
    engine = _engine()
    with engine.connect() as connection:
        for piece in reports.render(connection, region):
            console.print(piece)
    console.print(f"\nThe database: {engine.url.render_as_string()}", style="bold")
    console.print(
        "Next: zamena why INITIATIVE · zamena query 'SELECT * FROM counts_series' · "
        "zamena export --format csv OUT · zamena review list · zamena serve",
        markup=False,
    )


@commands.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write; made if it is not there.")],
    format_: Annotated[ExportFormat, typer.Option("--format", help="What kind of files to write.")] = "csv",
) -> None:
    """Write the database as a Data Package: the analysts' views and canonical tables, or nested JSON records."""
    from rich.console import Console

    from pipeline.export import export as write

    console = Console(highlight=False)
    for name, rows in write(_engine(), format_, folder).items():
        console.print(f"{rows:>10,} {name}")
    console.print(f"Written to {folder}, described in {folder / 'datapackage.json'}.")


@commands.command()
def query(
    sql: Annotated[str, typer.Argument(help="A SELECT; the tables and views are in docs/data-dictionary.md.")],
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of a table.")] = False,
) -> None:
    """Ask the database in SQL, on a connection that cannot write."""
    import csv as csv_module
    import sys

    from rich.console import Console
    from rich.table import Table
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    from pipeline.database import make_engine

    _engine().dispose()
    with make_engine(settings().database, read_only=True).connect() as connection:
        try:
            result = connection.execute(text(sql.replace(":", r"\:")))
        except DBAPIError as error:
            raise typer.BadParameter(str(error.orig).strip()) from None
        if not result.returns_rows:
            raise typer.BadParameter("this is no SELECT")
        if csv:
            writer = csv_module.writer(sys.stdout)
            writer.writerow(result.keys())
            writer.writerows(result)
            return
        table = Table(*result.keys())
        for row in result:
            table.add_row(*("" if value is None else str(value) for value in row))
        Console(highlight=False).print(table, f"{table.row_count} rows", markup=False)


def _engine() -> Engine:
    from pipeline.database import ensure_schema, make_engine

    engine = make_engine(settings().database)
    ensure_schema(engine)
    return engine
