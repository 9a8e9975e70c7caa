"""Commands on the database: `zamena report`, `export`, `query`, `why`, `reprocess`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.settings import settings

commands = typer.Typer()

if TYPE_CHECKING:
    from rich.console import Console
    from sqlalchemy import Engine

    from pipeline.reprocess import Difference

ExportFormat = Literal["csv", "parquet", "xlsx", "sqlite", "jsonl", "ftm"]
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
    """Write the database as a Data Package: the analysts' views and tables, nested JSON records, or FollowTheMoney."""
    from rich.console import Console

    from pipeline.cli.progress import counting
    from pipeline.export import MissingExtraError, size
    from pipeline.export import export as write

    console, engine = Console(highlight=False), _engine()
    try:
        with counting(Console(stderr=True), f"{format_} rows", size(engine, format_)) as done:
            written = write(engine, format_, folder, done)
    except MissingExtraError as error:
        raise typer.BadParameter(str(error)) from None
    for name, rows in written.items():
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


@commands.command()
def why(
    initiative: Annotated[str, typer.Argument(help="Id of an initiative, or its beginning; an old id will do.")],
) -> None:
    """Explain an initiative: which mentions are in it, by which rule, how surely, and what people decided."""
    from rich.console import Console
    from rich.markup import escape

    from pipeline.review import ReviewError, living
    from pipeline.why import why as explain

    console = Console(highlight=False)
    with _engine().connect() as connection:
        try:
            found = explain(connection, living(connection, initiative))
        except ReviewError as error:
            raise typer.BadParameter(str(error)) from None
    console.print(f"[bold]{escape(found.name)}[/]  {found.id}")
    for tie in found.ties:
        names = escape("; ".join(tie.names) or "(unnamed)")
        rule = "its first mention" if tie.rule == "first" else f"{tie.rule}, {tie.score:.2f}, with {tie.linked_to}"
        console.print(
            f"\n[bold]{names}[/]  [dim]{tie.node}[/]\n  {rule}" + (f": {escape(tie.detail)}" * bool(tie.detail))
        )
        for event, document, quotation in tie.events:
            console.print(f"    [dim]{event} {escape(document)}[/] «{escape(' '.join(quotation.split()))}»")
    for decision in found.decisions:
        console.print(
            f"\n{decision.action} by {escape(decision.reviewer)}: {escape(decision.reason)}  [dim]{decision.id}[/]"
        )


@commands.command()
def reprocess(
    accept: Annotated[bool, typer.Option("--accept", help="Make the new readings those of the database.")] = False,
    pages: Annotated[
        bool, typer.Option("--pages", help="Take the texts anew, too, from the archived pages of all documents.")
    ] = False,
) -> None:
    """Read known documents again with the current extractor; show what would change, or with --accept change it."""
    from rich.console import Console

    import nlp
    from flows import reprocess as flow
    from flows.alone import AlreadyRunningError
    from pipeline.cli.progress import counting

    console = Console(highlight=False)
    total = flow.waiting(settings(), pages=pages)
    if not total:
        console.print(f"Every document was read by version {nlp.VERSION}; nothing to do.")
        return
    try:
        with counting(console, f"reading with {nlp.VERSION}", total) as read:
            difference = flow.run(settings(), accept, read, pages=pages)
    except AlreadyRunningError as error:
        raise typer.BadParameter(str(error)) from None
    _show(console, difference)
    if not accept:
        console.print(f"Nothing was changed. To accept: zamena reprocess {'--pages ' * pages}--accept")


@commands.command()
def resolve() -> None:
    """Tie all mentions anew into stories, initiatives and the like: after an update that changed the rules."""
    from rich.console import Console
    from sqlalchemy import func, select

    from pipeline.assign import assign_again
    from pipeline.cli.progress import counting
    from pipeline.models import Document

    console, engine = Console(highlight=False), _engine()
    with engine.connect() as connection:
        total = connection.scalar(select(func.count()).select_from(Document))
    with counting(console, "resolving", total) as resolved:
        moved = assign_again(engine, resolved)
    console.print(
        f"{moved['initiative']} events came into another initiative, {moved['story']} documents into another story."
    )


def _show(console: Console, difference: Difference) -> None:
    from rich.markup import escape

    for (kind, type_), number in sorted(difference.changes.items()):
        console.print(f"[bold]{kind:<8} {type_:<22} {number:>6}[/]")
        for change in difference.examples[kind, type_] if kind != "moved" else ():
            reading = change.after or change.before or {}
            console.print(f"    [dim]{change.event_id}[/] {escape(' '.join(reading['quote'].split()))}")
            if change.before and change.after:
                for name in sorted(n for n in change.after if change.before[n] != change.after[n]):
                    console.print(
                        f"      {name}: {escape(str(change.before[name]))} → {escape(str(change.after[name]))}"
                    )
    changed = sum(number for (kind, _), number in difference.changes.items() if kind != "moved")
    console.print(
        f"{difference.documents} documents read, {difference.failures} given up, {changed} facts differ; "
        f"{difference.texts} have another text, {difference.people} name others with an office."
    )


def _engine() -> Engine:
    from pipeline.database import opened

    return opened(settings().database)
