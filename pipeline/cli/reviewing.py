"""Commands for people's corrections: `zamena review list|confirm|reject|edit|merge|split|undo`;
and for those who make them in the browser: `zamena review token|tokens|revoke`."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.settings import settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

commands = typer.Typer()
review = typer.Typer(help="Correct what was read; every correction is kept, survives reprocessing, and can be undone.")
commands.add_typer(review, name="review")

EventId = Annotated[str, typer.Argument(help="Id of the event, as `zamena review list` and `zamena why` show it.")]
InitiativeId = Annotated[str, typer.Argument(help="Id of the initiative, or its beginning.")]
Reason = Annotated[str, typer.Option(help="Why, in your words.")]
By = Annotated[str, typer.Option(help="Who decides.")]
ME = getpass.getuser()


@review.command("list")
def list_(
    limit: Annotated[int, typer.Option(help="How many at most.")] = 50,
    decided: Annotated[bool, typer.Option("--decided", help="Show the decisions that hold instead.")] = False,
) -> None:
    """Show what is doubtful: stale and lost corrections, contradictions, possible merges, weak joins and readings."""
    from rich.console import Console
    from rich.table import Table

    from pipeline.doubts import doubts
    from pipeline.review import decisions

    with _engine().connect() as connection:
        if decided:
            table = Table("decision", "what", "about", "changes", "by", "why")
            for d in decisions(connection, limit):
                table.add_row(
                    d.id, d.action, d.target_id, json.dumps(d.changes, ensure_ascii=False), d.reviewer, d.reason
                )
        else:
            table = Table("why", "about", "against", "what")
            for doubt in doubts(connection, limit):
                table.add_row(doubt.why, doubt.subject, doubt.other or "", doubt.detail)
    Console(highlight=False).print(table if table.row_count else "Nothing.")


@review.command()
def confirm(event: EventId, reason: Reason, by: By = ME) -> None:
    """Vouch for an event."""
    from pipeline.review import confirm as decide

    with _told():
        print(decide(_engine(), event, reason=reason, reviewer=by, at=datetime.now(UTC)))


@review.command()
def reject(event: EventId, reason: Reason, by: By = ME) -> None:
    """Leave an event out: it is none."""
    from pipeline.review import reject as decide

    with _told():
        print(decide(_engine(), event, reason=reason, reviewer=by, at=datetime.now(UTC)))


@review.command()
def edit(
    event: EventId,
    change: Annotated[list[str], typer.Option("--set", help="FIELD=VALUE, the value as text or JSON.")],
    reason: Reason,
    by: By = ME,
) -> None:
    """Put fields of an event right: --set status=done --set date=2024-07 --set 'count={"value": 386, …}'."""
    from pipeline.review import edit as decide

    with _told():
        changes = dict(_parsed(item) for item in change)
        print(decide(_engine(), event, changes, reason=reason, reviewer=by, at=datetime.now(UTC)))


@review.command()
def merge(into: InitiativeId, other: InitiativeId, reason: Reason, by: By = ME) -> None:
    """Make two initiatives one; the second gives way to the first."""
    from pipeline.review import merge as decide

    with _told():
        print(decide(_engine(), into, other, reason=reason, reviewer=by, at=datetime.now(UTC)))


@review.command()
def split(
    initiative: InitiativeId,
    events: Annotated[list[str], typer.Argument(help="Ids of the events that leave together.")],
    reason: Reason,
    by: By = ME,
) -> None:
    """Make an initiative of its own of some events."""
    from pipeline.review import split as decide

    with _told():
        print(decide(_engine(), initiative, events, reason=reason, reviewer=by, at=datetime.now(UTC)))


@review.command()
def undo(
    decision: Annotated[str, typer.Argument(help="Id of the decision (review list --decided).")],
    reason: Reason,
    by: By = ME,
) -> None:
    """Take a decision back."""
    from pipeline.review import undo as decide

    with _told():
        decide(_engine(), decision, reason=reason, reviewer=by, at=datetime.now(UTC))


@review.command()
def token(reviewer: Annotated[str, typer.Argument(help="Name under which decisions are recorded.")]) -> None:
    """Make a key with which somebody reviews in the browser (/review); it is shown this once."""
    from pipeline.access import make_token

    try:
        print(make_token(_engine(), reviewer, datetime.now(UTC)))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


@review.command()
def tokens() -> None:
    """Show who may review in the browser."""
    from rich.console import Console
    from rich.table import Table

    from pipeline.access import tokens as made

    table = Table("reviewer", "made", "revoked", "open sessions")
    with _engine().connect() as connection:
        for row in made(connection):
            revoked = f"{row.revoked_at:%Y-%m-%d}" if row.revoked_at else ""
            table.add_row(row.reviewer, f"{row.made_at:%Y-%m-%d}", revoked, str(row.sessions))
    Console(highlight=False).print(table if table.row_count else "Nobody.")


@review.command()
def revoke(reviewer: Annotated[str, typer.Argument(help="Name that the keys were made for.")]) -> None:
    """Take all keys of a reviewer back and end their sessions."""
    from pipeline.access import revoke as take_back

    if not take_back(_engine(), reviewer, datetime.now(UTC)):
        raise typer.BadParameter(f"{reviewer} has no key that opens anything")


def _parsed(item: str) -> tuple[str, Any]:
    field, _, value = item.partition("=")
    if value == "" or value[0] in '{["' or value == "null":
        return field, json.loads(value) if value else None
    return field, value


@contextmanager
def _told() -> Iterator[None]:
    """Say what is wrong with a decision in one line."""
    from pipeline.review import ReviewError

    try:
        yield
    except (ReviewError, json.JSONDecodeError) as error:
        raise typer.BadParameter(str(error)) from None


def _engine() -> Engine:
    from pipeline.database import opened

    return opened(settings().database)
