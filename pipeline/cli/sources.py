"""Commands about the source registry: `zamena sources list | show | check | status | new | docs`."""

from __future__ import annotations

import os
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipeline.settings import settings

if TYPE_CHECKING:
    from spiders.registry import Source

commands = typer.Typer()
group = typer.Typer(name="sources", help="Who publishes, where, and how that is going.", no_args_is_help=True)
commands.add_typer(group)
console = Console(width=None if os.isatty(1) else 200)

SourceIds = Annotated[list[str] | None, typer.Argument(help="Ids of sources; none: all.")]
DOCS = Path("docs")
TRIAL_PAGES = 6  # responses: robots.txt, a page of the list, a few articles


def _load() -> dict[str, Source]:
    from spiders import registry

    try:
        return registry.load()
    except registry.RegistryError as error:
        raise typer.BadParameter(str(error)) from None


def _get(id_: str) -> Source:
    sources = _load()
    if id_ not in sources:
        raise typer.BadParameter(f"no source is called {id_!r}")
    return sources[id_]


@group.command("list")
def list_sources(
    region: Annotated[str | None, typer.Option(help="ISO 3166-2 code.")] = None,
    platform: Annotated[str | None, typer.Option()] = None,
    status: Annotated[str | None, typer.Option(help="enabled, unchecked, blocked, dead.")] = None,
) -> None:
    """The sources that are declared."""
    table = Table("id", "region", "body", "platform", "status", "address", box=None)
    for source in _load().values():
        wanted = {"region": region, "platform": platform, "status": status}
        if all(value is None or getattr(source, field) == value for field, value in wanted.items()):
            address = source.list or source.feed or source.sitemap
            table.add_row(source.id, source.region, source.body, source.platform, source.status, address)
    console.print(table)


@group.command()
def show(id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """All that is declared of one source."""
    for field, value in _get(id_).model_dump(exclude_none=True, exclude_defaults=False).items():
        console.print(f"{field:14}{value}", highlight=False, soft_wrap=True)


@group.command()
def check(
    ids: SourceIds = None,
    live: Annotated[bool, typer.Option("--live", help="Ask the sites themselves: a few pages each.")] = False,
) -> None:
    """Check declarations; with --live, whether the sites look as they are declared."""
    chosen = [_get(id_) for id_ in ids] if ids else list(_load().values())
    if not live:
        console.print(f"{len(chosen)} declarations are in order.")
        return
    if not ids:
        raise typer.BadParameter("--live wants the ids of the sources to ask")
    ill = [source.id for source in chosen if not _try(source)]
    if ill:
        console.print(f"Not as declared: {', '.join(ill)}")
        raise typer.Exit(1)


def _try(source: Source) -> bool:
    from spiders.crawl import crawl
    from spiders.known import read_articles

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "articles.jsonl"
        report = crawl(
            source.id,
            archive=Path(folder) / "archive",
            out=out,
            allow_private=settings().allow_private,
            contact=settings().contact,
            page_limit=TRIAL_PAGES,
        )
        articles = list(read_articles(out))
    good = report.ok or (report.reason == "page_limit" and bool(articles))
    console.print(
        f"{'[green]as declared' if good else '[red]ill'}[/] {source.id}: {report.listed} entries listed, ", end=""
    )
    console.print(f"{len(articles)} articles read; {report.reason}. {report.detail}", soft_wrap=True)
    for article in articles[:3]:
        console.print(
            f"  {article.published_on or 'no date'} ({article.date_source})  {article.title or article.text[:80]}"
        )
    for problem in report.problems[:5]:
        console.print(f"  [yellow]{problem.reason}[/] {problem.url} {problem.detail}", soft_wrap=True)
    return good


@group.command()
def status(
    region: Annotated[str | None, typer.Option(help="ISO 3166-2 code.")] = None,
    ill: Annotated[bool, typer.Option("--ill", help="Only those with something amiss.")] = False,
) -> None:
    """How the sources are: last success, last new release, volume against their own history, what is amiss."""
    from pipeline.database import ensure_schema, make_engine
    from pipeline.health import health
    from spiders.reasons import reasons

    engine = make_engine(settings().database)
    ensure_schema(engine)
    with engine.connect() as connection:
        known = {row.source_id: row for row in health(connection, date.today())}
    engine.dispose()
    table = Table("id", "last success", "last new", "28 days", "usual", "state", box=None)
    amiss = 0
    for source in _load().values():
        row = known.get(source.id)
        if (region and source.region != region) or (row is None and ill):
            continue
        if row is None:
            table.add_row(source.id, "", "", "", "", f"[dim]never crawled ({source.status})")
            continue
        reason = reasons().get(row.reason or "")
        bad = row.outcome != "complete" or row.alarm is not None
        amiss += bad
        if bad or not ill:
            state = f"{row.outcome}: {row.reason}" + (f" ({reason.severity})" if reason and bad else "")
            if row.alarm:
                state += f", {row.alarm}"
            colour = "red" if row.outcome == "failed" else "yellow" if bad else "green"
            table.add_row(
                source.id,
                _day(row.last_success),
                _day(row.last_new),
                str(row.recent),
                f"{row.usual:.1f}",
                f"[{colour}]{state}",
            )
    console.print(table)
    console.print(f"{amiss} of {len(known)} sources that were crawled have something amiss.")


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "never"


@group.command()
def new(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits, hyphens: kha-ministry-industry.")],
    region: Annotated[str, typer.Option(prompt=True, help="ISO 3166-2 code.")],
    body: Annotated[str, typer.Option(prompt=True, help="governor, government, ministry_industry, …")],
    name: Annotated[str, typer.Option(prompt=True, help="Name in Russian.")],
    platform: Annotated[str, typer.Option(prompt=True, help="A module of spiders/platforms.")],
    homepage: Annotated[str, typer.Option(prompt=True)],
    address: Annotated[str, typer.Option("--list", prompt="First page of the list", help="Its first page.")],
    basis: Annotated[str, typer.Option(help="Where the address comes from.")] = "own",
    weekly: Annotated[float, typer.Option(help="Releases expected a week.")] = 10,
) -> None:
    """Declare a source: append it to its region's file, unless anything is wrong with it."""
    from spiders import registry

    fields = {"id": id_, "body": body, "name": name, "platform": platform, "homepage": homepage}
    fields |= {"feed" if platform == "feed" else "sitemap" if platform == "sitemap" else "list": address}
    try:
        path = registry.append(region, fields | {"basis": basis, "weekly": weekly})
    except registry.RegistryError as error:
        raise typer.BadParameter(str(error)) from None
    console.print(f"Declared in {path}. Now: zamena sources check --live {id_}, then zamena sources docs.")


@group.command()
def docs(folder: Annotated[Path, typer.Option(help="Where docs/sources.md and docs/reasons.md lie.")] = DOCS) -> None:
    """Make docs/sources.md and docs/reasons.md from the data."""
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        console.print(f"{folder / name}")


def pages() -> dict[str, str]:
    """The pages of documentation that are made from the registry of the 83 regions, by file name."""
    from pipeline.reference import regions
    from spiders import registry
    from spiders.catalogue import reasons_page, sources_page

    names = {row["code"]: row["name"] for row in regions()}
    return {
        "sources.md": sources_page(registry.load(registry.SOURCES).values(), names),
        "reasons.md": reasons_page(),
    }
