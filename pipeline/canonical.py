"""The rows of stories and initiatives, made again from their members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from pipeline.database import chunks, delete_where, insert_all, upsert
from pipeline.models import (
    Base,
    Document,
    Event,
    EventRegion,
    Initiative,
    InitiativeAlias,
    InitiativeRegion,
    Party,
    Story,
)
from pipeline.resolve.local import is_authority
from pipeline.resolve.words import name

IN = 10_000
SIDES = 2  # counterparts in the name of an initiative that has none of its own
Query = Select[*tuple[Any, ...]]
NEVER = datetime.max.replace(tzinfo=UTC)


def refresh_stories(connection: Connection, ids: Collection[str]) -> set[str]:
    """Count and date stories. Here and below: answers those that have no member any more; their rows are gone."""
    query = select(Document.story_id, Document.id, Document.published_on, Document.published_at)
    members = _grouped(connection, ids, Document.story_id, query)
    rows = []
    for id_, documents in members.items():
        first = min(documents, key=lambda d: (d.published_on or date.max, d.published_at or NEVER, d.id))
        rows.append(
            {
                "id": id_,
                "first_document_id": first.id,
                "published_on": first.published_on,
                "documents": len(documents),
            }
        )
    upsert(connection, Story, rows)
    return sweep(connection, Story, ids, members)


def refresh_initiatives(connection: Connection, ids: Collection[str]) -> set[str]:
    """Names, kinds, regions, aliases and span of initiatives."""
    named = _grouped(
        connection,
        ids,
        Event.initiative_id,
        select(
            Event.initiative_id,
            Event.initiative_text,
            Event.kind,
            func.count().label("events"),
            func.min(Document.published_on).label("first_on"),
            func.max(Document.published_on).label("last_on"),
        )
        .join(Document, Document.id == Event.document_id)
        .where(Event.review != "rejected")
        .group_by(Event.initiative_id, Event.initiative_text, Event.kind),
    )
    documents = _grouped(
        connection,
        ids,
        Event.initiative_id,
        select(Event.initiative_id, func.count(Event.document_id.distinct()).label("documents"))
        .where(Event.review != "rejected")
        .group_by(Event.initiative_id),
    )
    regions = _grouped(
        connection,
        ids,
        Event.initiative_id,
        select(Event.initiative_id, EventRegion.region)
        .join(EventRegion, EventRegion.event_id == Event.id)
        .where(Event.review != "rejected")
        .distinct(),
    )
    counterparts = _counterparts(connection, [id_ for id_, forms in named.items() if not any(map(_tells, forms))])
    aliases: list[dict[str, Any]] = []
    rows = []
    for id_, forms in named.items():
        names: dict[str, int] = defaultdict(int)
        kinds: dict[str, int] = defaultdict(int)
        for form in forms:
            if form.initiative_text:
                names[form.initiative_text] += form.events
            if form.kind:
                kinds[form.kind] += form.events
        days = [day for form in forms for day in (form.first_on, form.last_on) if day]
        rows.append(
            {
                "id": id_,
                "name": _called(names, counterparts.get(id_, ())),
                "kind": max(kinds, key=lambda k: (kinds[k], k), default=None),
                "first_on": min(days, default=None),
                "last_on": max(days, default=None),
                "events": sum(form.events for form in forms),
                "documents": documents[id_][0].documents,
            }
        )
        aliases += [{"initiative_id": id_, "name": name, "mentions": n} for name, n in sorted(names.items())]
    upsert(connection, Initiative, rows)
    replace(connection, InitiativeAlias, InitiativeAlias.initiative_id, ids, aliases)
    replace(
        connection,
        InitiativeRegion,
        InitiativeRegion.initiative_id,
        ids,
        [{"initiative_id": id_, "region": r.region} for id_, some in sorted(regions.items()) for r in some],
    )
    return sweep(connection, Initiative, ids, named)


def _tells(form: Any) -> bool:
    return bool(form.initiative_text) and name(form.initiative_text).tells


def _called(names: Mapping[str, int], counterparts: Sequence[str]) -> str:
    """The fullest of the names that tell; where none does («договор»), with whom it is, as its namesakes are not."""
    telling = {n: times for n, times in names.items() if name(n).tells}
    return " — ".join(filter(None, [fullest(telling or names) or "без названия", ", ".join(counterparts)]))


def _counterparts(connection: Connection, ids: Collection[str]) -> dict[str, list[str]]:
    """The organisations most often named with each of these initiatives, authorities aside."""
    told = _grouped(
        connection,
        ids,
        Event.initiative_id,
        select(Event.initiative_id, Party.name, func.count().label("times"))
        .join(Party, Party.event_id == Event.id)
        .where(Event.review != "rejected", Party.kind == "organization")
        .group_by(Event.initiative_id, Party.name),
    )
    sides = {id_: [p for p in parties if not is_authority(p.name)] for id_, parties in told.items()}
    return {
        id_: [p.name for p in sorted(parties, key=lambda p: (-p.times, p.name))[:SIDES]]
        for id_, parties in sides.items()
    }


def _grouped(connection: Connection, ids: Collection[str], column: Any, query: Query) -> dict[str, list[Any]]:
    """Rows of the query whose first column, `column`, is among the ids, by it."""
    out: dict[str, list[Any]] = defaultdict(list)
    for some in chunks(ids, IN):
        for row in connection.execute(query.where(column.in_(some))):
            out[row[0]].append(row)
    return out


def replace(
    connection: Connection, model: type[Base], column: Any, ids: Iterable[str], rows: list[dict[str, Any]]
) -> None:
    """Make these rows those whose `column` is among the ids."""
    delete_where(connection, column, ids)
    insert_all(connection, model, rows)


def sweep(connection: Connection, model: type[Base], ids: Collection[str], members: Collection[str]) -> set[str]:
    """Delete the rows of those that are no members; answers their ids."""
    empty = {*ids} - {*members}
    delete_where(connection, model.id, empty)  # type: ignore[attr-defined]
    return empty


def fullest(names: Mapping[str, int]) -> str:
    """The longest of the names in frequent use: of those used at least half as often as the commonest."""
    most = max(names.values(), default=0)
    return max((n for n, times in names.items() if times * 2 >= most), key=lambda n: (len(n), n), default="")
