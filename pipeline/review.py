"""People's word on what machines read: confirm, reject, edit events; merge, split initiatives; take any of it back.

A decision is a row of its own. The rows it bears on are made again from the machine's reading with all decisions that
hold, so undoing one gives back exactly what was there before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, insert, select, update

from nlp.schema import Extraction
from pipeline import facts, readings
from pipeline.assign import assign, forget, refresh
from pipeline.corrections import EDITABLE, Correction, corrected
from pipeline.database import lock
from pipeline.models import Decision, Document, Event, Initiative, Mention, Redirect, stable_id
from pipeline.problems import ProblemError


class ReviewError(ProblemError):
    """The decision cannot be made: no such thing, or it would make no sense."""


def confirm(engine: Engine, event_id: str, *, reason: str, reviewer: str, at: datetime) -> str:
    """Vouch for an event as it stands. Here and below: answers the decision's id."""
    return _about_event(engine, "confirm", event_id, {}, reason, reviewer, at)


def reject(engine: Engine, event_id: str, *, reason: str, reviewer: str, at: datetime) -> str:
    """The event is none: leave it out everywhere."""
    return _about_event(engine, "reject", event_id, {}, reason, reviewer, at)


def edit(engine: Engine, event_id: str, changes: Mapping[str, Any], *, reason: str, reviewer: str, at: datetime) -> str:
    """Put fields of an event right (corrections.EDITABLE), values as in the annotation guide."""
    if unknown := set(changes) - EDITABLE:
        fields = {"fields": ", ".join(sorted(unknown)), "others": ", ".join(sorted(EDITABLE))}
        raise ReviewError("not to be edited: {fields}; only {others} are", fields)
    return _about_event(engine, "edit", event_id, dict(changes), reason, reviewer, at)


def merge(engine: Engine, into: str, from_: str, *, reason: str, reviewer: str, at: datetime) -> str:
    """Two initiatives are one: the second gives way to the first."""
    with engine.begin() as connection:
        lock(connection)
        into, from_ = living(connection, into), living(connection, from_)
        if into == from_:
            raise ReviewError("these are one initiative already")
        changes = {"into": _events_of(connection, into)[0], "from": _events_of(connection, from_)[0]}
        decision = _record(connection, "merge", "initiative", from_, changes, None, reason, reviewer, at)
        _regroup(connection, {into, from_})
    return decision


def split(
    engine: Engine, initiative_id: str, events: Collection[str], *, reason: str, reviewer: str, at: datetime
) -> str:
    """Some events of an initiative are of another: they leave together."""
    with engine.begin() as connection:
        lock(connection)
        initiative_id = living(connection, initiative_id)
        all_of_it = set(_events_of(connection, initiative_id))
        if strangers := {*events} - all_of_it:
            raise ReviewError("not events of this initiative: {events}", {"events": ", ".join(sorted(strangers))})
        if not events or {*events} == all_of_it:
            raise ReviewError("some of the events are to leave and some to stay")
        changes = {"events": sorted(events), "stay": sorted(all_of_it - {*events})}
        decision = _record(connection, "split", "initiative", initiative_id, changes, None, reason, reviewer, at)
        _regroup(connection, {initiative_id})
    return decision


def undo(engine: Engine, decision_id: str, *, reason: str, reviewer: str, at: datetime) -> None:
    """Take a decision back."""
    with engine.begin() as connection:
        lock(connection)
        decision = connection.execute(select(Decision.__table__).where(Decision.id == decision_id)).one_or_none()
        if decision is None or decision.undone_at is not None:
            raise ReviewError("no decision {decision} that holds", {"decision": decision_id})
        change = update(Decision).where(Decision.id == decision_id)
        change = change.values(undone_at=at, undone_by=reviewer, undone_reason=reason)
        if decision.target == "event":
            with _remade(connection, decision.target_id):
                connection.execute(change)
        else:
            connection.execute(change)
            named = [decision.changes.get(side) for side in ("into", "from")]
            named += [*decision.changes.get("events", ()), *decision.changes.get("stay", ())]
            found = select(Event.initiative_id).where(Event.id.in_([n for n in named if n])).distinct()
            _regroup(connection, {id_ for id_ in connection.scalars(found) if id_})


def decisions(connection: Connection, limit: int) -> list[Any]:
    """Rows of the decisions that hold, the newest first."""
    query = select(Decision.__table__).where(Decision.undone_at.is_(None))
    return list(connection.execute(query.order_by(Decision.decided_at.desc(), Decision.id).limit(limit)))


def living(connection: Connection, initiative_id: str) -> str:
    """The id that stands for an initiative now; the beginning of an id will do if it is the only one."""
    new = connection.scalar(select(Redirect.new_id).where(Redirect.old_id == initiative_id))
    found = connection.scalars(
        select(Initiative.id).where(Initiative.id.startswith(new or initiative_id)).limit(2)
    ).all()
    if len(found) != 1:
        raise ReviewError(
            "more than one initiative {initiative}" if found else "no initiative {initiative}",
            {"initiative": initiative_id},
        )
    return found[0]


def _about_event(
    engine: Engine, action: str, event_id: str, changes: dict[str, Any], reason: str, reviewer: str, at: datetime
) -> str:
    with engine.begin() as connection:
        lock(connection)
        row = connection.execute(
            select(Event.reading, Document.text)
            .join(Document, Document.id == Event.document_id)
            .where(Event.id == event_id)
        ).one_or_none()
        if row is None:
            raise ReviewError("no event {event}", {"event": event_id})
        quotation = row.reading["quote"]
        before = readings.corrections_of(connection, [event_id]).get(event_id, [])
        _check([*before, Correction(action, changes, quotation)], row.reading, row.text)  # type: ignore[arg-type]
        with _remade(connection, event_id):
            decision = _record(connection, action, "event", event_id, changes, quotation, reason, reviewer, at)
    return decision


def _check(corrections: list[Correction], reading: facts.Reading, text: str) -> None:
    try:
        event, _ = corrected(reading, corrections, text)
        facts.checked(Extraction("", True, (), (event,)), text)
    except ValidationError as error:
        problem = facts.malformed(error)
    except facts.BadReadingError as error:
        problem = error
    else:
        return
    raise ReviewError(problem.template, problem.values)


@contextmanager
def _remade(connection: Connection, event_id: str) -> Iterator[None]:
    """Make an event, and all that follows from it, anew after what is decided inside."""
    documents = connection.scalars(select(Event.document_id).where(Event.id == event_id)).all()
    forgotten = forget(connection, documents)  # as it was told: before the decision
    yield
    readings.rewrite(connection, [event_id])
    assign(connection, documents, forgotten)


def _regroup(connection: Connection, initiatives: set[str]) -> None:
    nodes = connection.scalars(
        select(Mention.node_id)
        .join(Event, Event.id == Mention.subject)
        .where(Mention.matter == "initiative", Event.initiative_id.in_(initiatives))
        .distinct()
    ).all()
    refresh(connection, [], nodes, {"initiative": initiatives})


def _events_of(connection: Connection, initiative_id: str) -> list[str]:
    query = select(Event.id).where(Event.initiative_id == initiative_id, Event.review != "rejected").order_by(Event.id)
    return list(connection.scalars(query))


def _record(
    connection: Connection,
    action: str,
    target: str,
    target_id: str,
    changes: dict[str, Any],
    quotation: str | None,
    reason: str,
    reviewer: str,
    at: datetime,
) -> str:
    if not reason.strip() or not reviewer.strip():
        raise ReviewError("a decision needs a reason and a name")
    id_ = stable_id("decision", action, target_id, repr(sorted(changes.items())), reviewer, at.isoformat())
    connection.execute(
        insert(Decision).values(
            id=id_,
            action=action,
            target=target,
            target_id=target_id,
            changes=changes,
            quotation=quotation,
            reason=reason.strip(),
            reviewer=reviewer.strip(),
            decided_at=at,
        )
    )
    return id_
