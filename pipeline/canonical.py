"""The rows of stories, initiatives, people and organisations, made again from their members."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, union_all

from pipeline.database import chunks, delete_where, insert_all, upsert
from pipeline.models import (
    Base,
    Document,
    DocumentRegion,
    Event,
    EventRegion,
    Initiative,
    InitiativeAlias,
    InitiativeRegion,
    Office,
    Official,
    Organization,
    OrganizationAlias,
    Party,
    Person,
    PersonAlias,
    Story,
    stable_id,
)
from pipeline.resolve.places import regions_named

IN = 10_000
Query = Select[*tuple[Any, ...]]
ELSEWHERE = re.compile(r"\b(РФ|Росси[ияйю]|Российской|[Фф]едеральн|Республики [А-ЯЁ])")  # where no region is named
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
    return _sweep(connection, Story, ids, members)


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
                "name": _fullest(names) or "без названия",
                "kind": max(kinds, key=lambda k: (kinds[k], k), default=None),
                "first_on": min(days, default=None),
                "last_on": max(days, default=None),
                "events": sum(form.events for form in forms),
                "documents": documents[id_][0].documents,
            }
        )
        aliases += [{"initiative_id": id_, "name": name, "mentions": n} for name, n in sorted(names.items())]
    upsert(connection, Initiative, rows)
    _replace(connection, InitiativeAlias, InitiativeAlias.initiative_id, ids, aliases)
    _replace(
        connection,
        InitiativeRegion,
        InitiativeRegion.initiative_id,
        ids,
        [{"initiative_id": id_, "region": r.region} for id_, some in sorted(regions.items()) for r in some],
    )
    return _sweep(connection, Initiative, ids, named)


def refresh_people(connection: Connection, ids: Collection[str]) -> set[str]:
    """Names of people, and their offices with the time in which releases show them."""
    forms = _forms_of_people()
    grouped = _grouped(
        connection,
        ids,
        forms.c.person_id,
        select(
            forms.c.person_id,
            forms.c.name,
            forms.c.position,
            forms.c.organization_id,
            Organization.name.label("organization"),
            func.count().label("mentions"),
            func.min(Document.published_on).label("first_on"),
            func.max(Document.published_on).label("last_on"),
        )
        .join(Document, Document.id == forms.c.document_id)
        .outerjoin(Organization, Organization.id == forms.c.organization_id)
        .group_by(forms.c.person_id, forms.c.name, forms.c.position, forms.c.organization_id, Organization.name),
    )
    where = _grouped(
        connection,
        ids,
        forms.c.person_id,
        select(forms.c.person_id, DocumentRegion.region, func.count().label("mentions"))
        .join(DocumentRegion, DocumentRegion.document_id == forms.c.document_id)
        .group_by(forms.c.person_id, DocumentRegion.region),
    )
    rows, aliases = [], []
    offices: dict[str, dict[str, Any]] = {}
    for id_, some in grouped.items():
        names: dict[str, int] = defaultdict(int)
        home = max(where.get(id_, ()), key=lambda w: (w.mentions, w.region), default=None)
        for form in some:
            names[form.name] += form.mentions
            if form.position:
                _extend(offices, id_, form, home.region if home else None)
        rows.append({"id": id_, "name": _fullest(names)})
        aliases += [{"person_id": id_, "name": name} for name in sorted(names)]
    upsert(connection, Person, rows)
    _replace(connection, PersonAlias, PersonAlias.person_id, ids, aliases)
    _replace(connection, Office, Office.person_id, ids, list(offices.values()))
    return _sweep(connection, Person, ids, grouped)


def _forms_of_people() -> Any:
    return union_all(
        select(Party.person_id, Party.name, Party.position, Party.organization_id, Event.document_id).join(
            Event, Event.id == Party.event_id
        ),
        select(Official.person_id, Official.name, Official.position, Official.organization_id, Official.document_id),
    ).subquery()


def _extend(offices: dict[str, dict[str, Any]], person_id: str, form: Any, home: str | None) -> None:
    key = stable_id("office", person_id, form.position, form.organization_id)
    office = offices.setdefault(
        key,
        {
            "id": key,
            "person_id": person_id,
            "position": form.position,
            "organization_id": form.organization_id,
            "region": _held_in(f"{form.position} {form.organization or ''}", home),
            "from_on": None,
            "to_on": None,
            "mentions": 0,
        },
    )
    days = [d for d in (office["from_on"], office["to_on"], form.first_on, form.last_on) if d]
    office |= {
        "from_on": min(days, default=None),
        "to_on": max(days, default=None),
        "mentions": office["mentions"] + form.mentions,
    }


def _held_in(office: str, home: str | None) -> str | None:
    """The region an office names; one that names no place at all is held where releases mostly show the person."""
    named = regions_named(office)
    if len(named) == 1:
        return next(iter(named))
    return None if named or ELSEWHERE.search(office) else home


def refresh_organizations(connection: Connection, ids: Collection[str]) -> set[str]:
    """Names of organisations, and the one region in whose events they take part."""
    forms = union_all(
        select(Party.organization_id, Party.name, Party.event_id).where(Party.kind == "organization"),
        select(Official.organization_id, Official.organization.label("name"), Official.id.label("event_id")),
    ).subquery()
    grouped = _grouped(
        connection,
        ids,
        forms.c.organization_id,
        select(forms.c.organization_id, forms.c.name, func.count().label("mentions")).group_by(
            forms.c.organization_id, forms.c.name
        ),
    )
    regions = _grouped(
        connection,
        ids,
        Party.organization_id,
        select(Party.organization_id, EventRegion.region)
        .join(EventRegion, EventRegion.event_id == Party.event_id)
        .distinct(),
    )
    rows, aliases = [], []
    for id_, some in grouped.items():
        names = {form.name: form.mentions for form in some}
        where = regions.get(id_, [])
        rows.append({"id": id_, "name": _fullest(names), "region": where[0].region if len(where) == 1 else None})
        aliases += [{"organization_id": id_, "name": name} for name in sorted(names)]
    upsert(connection, Organization, rows)
    _replace(connection, OrganizationAlias, OrganizationAlias.organization_id, ids, aliases)
    return _sweep(connection, Organization, ids, grouped)


def _grouped(connection: Connection, ids: Collection[str], column: Any, query: Query) -> dict[str, list[Any]]:
    """Rows of the query whose first column, `column`, is among the ids, by it."""
    out: dict[str, list[Any]] = defaultdict(list)
    for some in chunks(ids, IN):
        for row in connection.execute(query.where(column.in_(some))):
            out[row[0]].append(row)
    return out


def _replace(
    connection: Connection, model: type[Base], column: Any, ids: Iterable[str], rows: list[dict[str, Any]]
) -> None:
    delete_where(connection, column, ids)
    insert_all(connection, model, rows)


def _sweep(connection: Connection, model: type[Base], ids: Collection[str], members: Collection[str]) -> set[str]:
    empty = {*ids} - {*members}
    delete_where(connection, model.id, empty)  # type: ignore[attr-defined]
    return empty


def _fullest(names: dict[str, int]) -> str:
    """The longest of the names in frequent use: of those used at least half as often as the commonest."""
    most = max(names.values(), default=0)
    return max((n for n, times in names.items() if times * 2 >= most), key=lambda n: (len(n), n), default="")
