"""What the database knows, for people to read in a terminal: per region its initiatives, each with its timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from sqlalchemy import Connection, func, select

from pipeline import records
from pipeline.lemmas import agreeing
from pipeline.models import Document, Event, Initiative, InitiativeRegion, Region

Record = dict[str, Any]
TYPES = {
    "charter_signing": "charter signed",
    "charter_accession": "joined the charter",
    "agreement_signing": "agreement",
    "cluster_announcement": "cluster or park",
    "enterprise_count": "count",
    "production_launch": "production",
    "support_measure": "support",
}
SIGNS = {"eq": "", "gt": "> ", "ge": "≥ ", "lt": "< ", "le": "≤ ", "approx": "≈ "}
COLOURS = {"done": "green", "planned": "yellow", "ongoing": "cyan", "cancelled": "red"}
OUTCOMES = {"kept": "green", "late": "yellow", "broken": "red", "open": "cyan"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of an initiative, with every document of a story that tells it just so."""

    event: Record
    documents: list[str] = field(default_factory=list)


def render(connection: Connection, region: str | None = None) -> Iterator[RenderableType]:
    """The report piece by piece, region after region; `region`: of that ISO 3166-2 code alone."""
    yield _totals(connection)
    regions = select(Region.code, Region.name).order_by(Region.name)
    if region:
        regions = regions.where(Region.code == region)
    for code, name in connection.execute(regions).all():
        ids = connection.scalars(
            select(InitiativeRegion.initiative_id)
            .join(Initiative, Initiative.id == InitiativeRegion.initiative_id)
            .where(InitiativeRegion.region == code)
            .order_by(Initiative.first_on, Initiative.id)
        ).all()
        if ids:
            yield Text(f"\n{name} ({code})", style="bold reverse")
            yield from _initiatives(connection, list(ids))
    if not region:
        homeless = select(Initiative.id).where(
            ~select(InitiativeRegion).where(InitiativeRegion.initiative_id == Initiative.id).exists()
        )
        ids = connection.scalars(homeless.order_by(Initiative.first_on, Initiative.id)).all()
        if ids:
            yield Text("\nRegion not stated", style="bold reverse")
            yield from _initiatives(connection, list(ids))


def _totals(connection: Connection) -> Text:
    def number(model: Any) -> int:
        return connection.scalar(select(func.count()).select_from(model)) or 0

    return Text(f"{number(Document)} documents, {number(Event)} events, {number(Initiative)} initiatives", style="bold")


def _initiatives(connection: Connection, ids: list[str]) -> Iterator[RenderableType]:
    found = {record["id"]: record for record in records.initiatives(connection, Initiative.id.in_(ids))}
    events = defaultdict(list)
    for event in records.events(connection, Event.initiative_id.in_(ids)):
        events[event["initiative_id"]].append(event)
    for id_ in ids:
        yield initiative(found[id_], events[id_])


def initiative(record: Record, events: list[Record]) -> RenderableType:
    """An initiative with its events in order of time, each with the sentence it was read from."""
    head = Text("\n")
    head.append(record["name"], style="bold")
    head.append(f"  {record['kind'] or 'other'} · {record['id']}", style="dim")
    by_id = {event["id"]: event for event in events}
    lines = [_event(happening) for happening in happenings(events)]
    lines += [_promise(promise, by_id) for promise in record["promises"]]
    return Group(head, *lines)


def happenings(events: list[Record]) -> list[Happening]:
    """Events in order of time; those that several documents tell alike come once, with the fullest sentence."""
    out: dict[tuple[Any, ...], Happening] = {}
    for event in sorted(events, key=_when):
        count = event["count"] or {}
        key = (
            event["type"],
            event["status"],
            event["date"],
            count.get("value"),
            count.get("unit"),
            (event["money"] or {}).get("value"),
            tuple(party["name"] for party in event["parties"]),
        )
        documents = out.setdefault(key, Happening(event)).documents
        if event["document_id"] not in documents:
            documents.append(event["document_id"])
    return list(out.values())


def _when(event: Record) -> tuple[str, str, str]:
    return event["date"] or event["published"] or "9999", event["published"] or "9999", event["id"]


def _event(happening: Happening) -> RenderableType:
    event = happening.event
    line = Text(f"{event['date'] or '—':<10} ")
    line.append(f"{event['status']:<9} ", style=COLOURS[event["status"]])
    line.append(TYPES[event["type"]])
    if event["count"]:
        line.append(f"  {quantity(event['count'])}", style="bold")
    if event["money"]:
        line.append(f"  {sum_of(event['money'])}", style="bold")
    if event["parties"]:
        line.append("  " + "; ".join(_party(party) for party in event["parties"]))
    return Group(Padding(line, (0, 0, 0, 2)), _quote(event, happening.documents))


def _quote(event: Record, documents: list[str]) -> RenderableType:
    quote = " ".join(event["quote"].split())
    line = Text(quote if quote[0] == "«" else f"«{quote}»", style="italic")
    line.append(
        f"  {event['source']}, {event['published'] or 'undated'} · {', '.join(documents)}", style="not italic dim"
    )
    return Padding(line, (0, 0, 0, 13))


def _party(party: Record) -> str:
    return f"{party['name']} ({party['position']})" if party["position"] else party["name"]


def quantity(count: Record) -> str:
    """A count as it is said: «более 150» of предприятие is "> 150 предприятий"."""
    unit = " ".join(agreeing(word, count["value"]) for word in count["unit"].split())
    return f"{SIGNS[count['comparator']]}{count['value']:,} {unit}".replace(",", " ")


def sum_of(money: Record) -> str:
    return f"{SIGNS[money['comparator']]}{money['value']:,} {money['currency']}".replace(",", " ")


def _promise(promise: Record, events: dict[str, Record]) -> RenderableType:
    event = events.get(promise["event_id"])
    line = Text("promise    ")
    line.append(f"{promise['outcome']:<9} ", style=OUTCOMES[promise["outcome"]])
    if event and event["count"]:
        line.append(f"{quantity(event['count'])}  ", style="bold")
    if promise["deadline"]:
        line.append(f"by {promise['deadline']}")
    lines: list[RenderableType] = [Padding(line, (0, 0, 0, 2))]
    if proof := events.get(promise["outcome_event_id"] or ""):
        lines.append(_quote(proof, [proof["document_id"]]))
    return Group(*lines)
