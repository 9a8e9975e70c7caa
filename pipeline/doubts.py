"""What a person should look at: stale and lost corrections, contradictions, merges to be, weak joins and readings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from sqlalchemy import Connection, and_, exists, func, select
from sqlalchemy.orm import aliased

from pipeline.models import (
    Count,
    Decision,
    Event,
    Evidence,
    Initiative,
    InitiativeAlias,
    InitiativeRegion,
    Mention,
    Node,
    Revision,
)

LITTLE = 0.5  # confidence below which an event is doubtful
WEAK = 0.7  # score below which the joining of two mentions is doubtful
TELLING = 25  # characters from which two initiatives of one region with one name are likely one

Why = Literal["stale", "lost", "confidence", "contradiction", "join", "merge"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """`subject` is the id of an event (stale, confidence), of a decision (lost) or of an initiative.

    `other` is what it is held against; of a lost decision the document whose former text had the words.
    """

    why: Why
    subject: str
    detail: str
    other: str | None = None


def doubts(connection: Connection, limit: int = 50) -> list[Doubt]:
    """The most pressing doubts: corrections whose text has gone, contradictions, possible merges, weak readings."""
    kinds = (_stale, _lost, _contradictions, _merges, _joins, _weak)
    return [doubt for kind in kinds for doubt in islice(kind(connection, limit), limit)][:limit]


def _events(connection: Connection, why: Why, limit: int, *where: object) -> Iterator[Doubt]:
    query = (
        select(Event.id, Event.type, Event.confidence, Evidence.quotation)
        .join(Evidence, and_(Evidence.event_id == Event.id, Evidence.role == "event"))
        .where(*where)  # type: ignore[arg-type]
        .order_by(Event.confidence, Event.id)
        .limit(limit)
    )
    for row in connection.execute(query):
        yield Doubt(why, row.id, f"{row.type} ({row.confidence:.2f}): {' '.join(row.quotation.split())}")


def _stale(connection: Connection, limit: int) -> Iterator[Doubt]:
    return _events(connection, "stale", limit, Event.review == "stale")


def _lost(connection: Connection, limit: int) -> Iterator[Doubt]:
    """Facts that a person vouched for or put right, which neither their text nor the machine tells any more."""
    query = (
        select(Decision.id, Decision.reviewer, Decision.changes, Decision.quotation)
        .where(
            Decision.target == "event",
            Decision.action.in_(("confirm", "edit")),
            Decision.undone_at.is_(None),
            ~exists().where(Event.id == Decision.target_id),
        )
        .order_by(Decision.decided_at, Decision.id)
        .limit(limit)
    )
    for id_, reviewer, changes, quotation in connection.execute(query):
        former = select(Revision.document_id).where(Revision.text.contains(quotation, autoescape=True)).limit(1)
        said = f"«{' '.join(quotation.split())}»" + (f" {json.dumps(changes, ensure_ascii=False)}" if changes else "")
        yield Doubt("lost", id_, f"{said} ({reviewer})", connection.scalar(former))


def _weak(connection: Connection, limit: int) -> Iterator[Doubt]:
    return _events(connection, "confidence", limit, Event.review == "unreviewed", Event.confidence < LITTLE)


def _contradictions(connection: Connection, limit: int) -> Iterator[Doubt]:
    """Two exact numbers of one thing of an initiative for one date."""
    one, other, a, b = aliased(Event), aliased(Event), aliased(Count), aliased(Count)
    query = (
        select(Initiative.id, Initiative.name, one.date, a.unit, func.min(a.value), func.max(b.value))
        .join(one, one.initiative_id == Initiative.id)
        .join(other, and_(other.initiative_id == one.initiative_id, other.type == one.type, other.date == one.date))
        .join(a, a.event_id == one.id)
        .join(b, and_(b.event_id == other.id, b.unit == a.unit, b.value > a.value))
        .where(
            one.type == "enterprise_count",
            one.status == "done",
            other.status == "done",
            a.comparator == "eq",
            b.comparator == "eq",
            one.review != "rejected",
            other.review != "rejected",
        )
        .group_by(Initiative.id, Initiative.name, one.date, a.unit)
        .order_by(Initiative.id)
        .limit(limit)
    )
    for id_, name, date, unit, least, most in connection.execute(query):
        yield Doubt("contradiction", id_, f"{name}: {least} and {most} {unit} at {date}")


def _merges(connection: Connection, limit: int) -> Iterator[Doubt]:
    """Two initiatives of one region that go by one telling name."""
    a, b = aliased(InitiativeAlias), aliased(InitiativeAlias)
    here, there = aliased(InitiativeRegion), aliased(InitiativeRegion)
    query = (
        select(a.initiative_id, b.initiative_id, a.name)
        .join(b, and_(b.name == a.name, b.initiative_id > a.initiative_id))
        .join(here, here.initiative_id == a.initiative_id)
        .join(there, and_(there.initiative_id == b.initiative_id, there.region == here.region))
        .where(func.length(a.name) >= TELLING)
        .distinct()
        .order_by(a.initiative_id, b.initiative_id)
        .limit(limit)
    )
    for one, other, name in connection.execute(query):
        yield Doubt("merge", one, f"both go by «{name}»", other)


def _joins(connection: Connection, limit: int) -> Iterator[Doubt]:
    query = (
        select(Event.initiative_id, Node.rule, Node.score, Node.detail, Event.id)
        .join(Mention, and_(Mention.node_id == Node.id, Mention.matter == "initiative"))
        .join(Event, Event.id == Mention.subject)
        .where(Node.matter == "initiative", Node.score < WEAK)
        .order_by(Node.score, Event.id)
        .limit(limit)
    )
    for initiative, rule, score, detail, event in connection.execute(query):
        if initiative:
            yield Doubt("join", initiative, f"{rule} ({score:.2f}): {detail}", event)
