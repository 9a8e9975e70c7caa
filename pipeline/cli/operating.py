"""Commands of whoever keeps it running: `zamena status`, `zamena retention`, `zamena copy-database`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.settings import settings

commands = typer.Typer()


@commands.command()
def status() -> None:
    """Show the last crawls, how many sources are well, what waits to be read, and how large the database is."""
    from rich.console import Console
    from rich.table import Table

    import nlp
    from pipeline import standing
    from pipeline.database import opened

    console = Console(highlight=False)
    engine = opened(settings().database)
    now = standing.standing(engine, nlp.VERSION)
    engine.dispose()
    console.print(
        f"[bold]Extractor[/] {nlp.VERSION}; {now.waiting:,} documents were not read by it, {now.unreadable:,} given up."
    )
    waiting = sorted(path.parent.name for path in (settings().data / "crawls").glob("*/articles.jsonl"))
    console.print("[bold]Queue[/] " + (f"crawled, not loaded: {', '.join(waiting)}" if waiting else "empty"))
    console.print(f"[bold]Database[/] {now.bytes / 1e6:,.1f} MB in {engine.url.render_as_string()}")
    console.print("  " + ", ".join(f"{number:,} {name}" for name, number in now.rows.items()))
    console.print(f"[bold]Archive[/] {_size(settings().archive) / 1e6:,.1f} MB in {settings().archive}")
    console.print("[bold]Sources[/] " + (", ".join(f"{n} {o}" for o, n in now.outcomes.items()) or "never crawled"))
    table = Table("source", "started (UTC)", "outcome", "reason", "pages", "new", "changed", box=None)
    for column in table.columns:
        column.no_wrap = True
    for crawl in now.last_crawls:
        table.add_row(
            crawl.source_id,
            f"{crawl.started_at:%Y-%m-%d %H:%M}",
            crawl.outcome,
            crawl.reason or "",
            str(crawl.pages),
            str(crawl.new),
            str(crawl.changed),
        )
    if now.last_crawls:
        console.print(table)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@commands.command()
def retention(
    days: Annotated[int, typer.Option(min=1, help="How old what goes must be.")] = 365,
    apply: Annotated[bool, typer.Option("--apply", help="Remove it.")] = False,
) -> None:
    """Show what is old and needed by nobody (records and logs of crawls, archive files); with --apply remove it."""
    from rich.console import Console

    from flows.retention import run, table

    console = Console(highlight=False)
    for row in table(run(settings(), days, apply)):
        console.print(f"{row['number']:>16,} {row['what']}")
    console.print("Removed." if apply else "Nothing was removed; --apply does it.")


@commands.command()
def copy_database(
    target: Annotated[str, typer.Argument(help="SQLAlchemy address; the database must hold no documents.")],
    source: Annotated[str, typer.Option("--from", help="SQLAlchemy address; by default the one in use.")] = "",
) -> None:
    """Copy everything into another database: to move to PostgreSQL, or to keep a copy."""
    from rich.console import Console

    from pipeline.cli.progress import counting
    from pipeline.copying import NotEmptyError, copy, rows
    from pipeline.database import opened

    console = Console(stderr=True, highlight=False)
    old, new = opened(source or settings().database), opened(target)
    try:
        with counting(console, "rows", rows(old)) as on_rows:
            copied = copy(old, new, on_rows)
    except NotEmptyError as error:
        raise typer.BadParameter(str(error)) from None
    finally:
        old.dispose()
        new.dispose()
    for name, number in copied.items():
        console.print(f"{number:>12,} {name}")
    console.print(f"{sum(copied.values()):,} rows copied.")
