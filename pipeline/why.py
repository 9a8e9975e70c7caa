"""Why an initiative is one: which mentions, tied by which rule, how surely, and what people decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, select

from pipeline.models import Decision, Document, Event, Evidence, Initiative, Mention, Node


@dataclass(frozen=True, slots=True)
class Tie:
    """One way of naming the initiative, and what ties it to the others."""

    node: str
    names: tuple[str, ...]  # as releases have them
    rule: str
    score: float
    detail: str
    linked_to: str | None  # another node
    events: tuple[tuple[str, str, str], ...]  # id, document, quotation


@dataclass(frozen=True, slots=True)
class Explanation:
    id: str
    name: str
    ties: tuple[Tie, ...]
    decisions: tuple[Any, ...]  # rows of `decisions` that hold


def why(connection: Connection, initiative_id: str) -> Explanation:
    """Explain a living initiative (review.living tells which that is)."""
    name = connection.scalars(select(Initiative.name).where(Initiative.id == initiative_id)).one()
    query = (
        select(
            Node, Event.id.label("event"), Event.initiative_text, Document.external_id, Document.url, Evidence.quotation
        )
        .join(Mention, and_(Mention.node_id == Node.id, Mention.matter == "initiative"))
        .join(Event, Event.id == Mention.subject)
        .join(Document, Document.id == Event.document_id)
        .join(Evidence, and_(Evidence.event_id == Event.id, Evidence.role == "event"))
        .where(Event.initiative_id == initiative_id)
        .order_by(Node.first, Node.id, Document.published_on, Event.id)
    )
    by_node: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        by_node.setdefault(row.id, []).append(row)
    ties = tuple(
        Tie(
            node=id_,
            names=tuple(dict.fromkeys(row.initiative_text for row in rows if row.initiative_text)),
            rule=rows[0].rule,
            score=rows[0].score,
            detail=rows[0].detail or "",
            linked_to=rows[0].linked_to,
            events=tuple((r.event, r.external_id or r.url or "", r.quotation) for r in rows),
        )
        for id_, rows in by_node.items()
    )
    events = {event for tie in ties for event, _, _ in tie.events}
    return Explanation(initiative_id, name, ties, tuple(d for d in _decisions(connection) if _bears_on(d, events)))


def _decisions(connection: Connection) -> list[Any]:
    query = select(Decision.__table__).where(Decision.undone_at.is_(None)).order_by(Decision.decided_at)
    return list(connection.execute(query))


def _bears_on(decision: Any, events: set[str]) -> bool:
    changes = decision.changes
    named = {changes.get("into"), changes.get("from"), *changes.get("events", ()), *changes.get("stay", ())}
    return decision.target_id in events or bool(events & named)
