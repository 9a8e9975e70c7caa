"""The rows of people and organisations, made from tallies of their mentions.

A good part of all releases names the governor and the ministry. So what new mentions tell is added to the rows there
are ("grown"); rows are made from all mentions only where some were taken away or moved ("remade"). Both ways end in
the same rows, and the cost of a batch does not grow with the database.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, select, union_all

from pipeline.canonical import IN, fullest, replace, sweep
from pipeline.collation import organization_key, person_key
from pipeline.database import chunks, upsert
from pipeline.models import (
    Document,
    DocumentRegion,
    Event,
    EventRegion,
    Office,
    Official,
    Organization,
    OrganizationAlias,
    OrganizationRegion,
    Party,
    Person,
    PersonAlias,
    PersonRegion,
    stable_id,
)
from pipeline.resolve.places import regions_named

Query = Select[*tuple[Any, ...]]
Tallies = dict[str, Counter[str]]  # owner -> value -> mentions
ELSEWHERE = re.compile(r"\b(РФ|Росси[ияйю]|Российской|[Фф]едеральн|Республики [А-ЯЁ])")  # where no region is named


def refresh_organizations(
    connection: Connection, remade: Collection[str], grown: Collection[str], documents: Collection[str]
) -> tuple[set[str], set[str]]:
    """Names of organisations, and the one region in whose events they take part.

    `documents` hold all new mentions of the grown. Answers the ids of those that have no mention any more, whose rows
    are gone, and of those that go by another name now.
    """
    parties = select(Party.organization_id, Party.name, Event.document_id).join(Event, Event.id == Party.event_id)
    officials = select(Official.organization_id, Official.organization.label("name"), Official.document_id)
    forms = union_all(parties.where(Party.kind == "organization"), officials).subquery()
    named = select(forms.c.organization_id, forms.c.name, func.count()).group_by(forms.c.organization_id, forms.c.name)
    acting = (
        select(Party.organization_id, EventRegion.region, func.count())
        .join(Event, Event.id == Party.event_id)
        .join(EventRegion, EventRegion.event_id == Party.event_id)
        .group_by(Party.organization_id, EventRegion.region)
    )
    found = _gathered(connection, named, forms.c.organization_id, forms.c.document_id, remade, grown, documents)
    names = _added(connection, OrganizationAlias, OrganizationAlias.organization_id, "name", grown, found)
    found = _gathered(connection, acting, Party.organization_id, Event.document_id, remade, grown, documents)
    regions = _added(connection, OrganizationRegion, OrganizationRegion.organization_id, "region", grown, found)
    rows: list[dict[str, Any]] = [
        {
            "id": id_,
            "name": (name := fullest(some)),
            "sort_key": organization_key(name),
            "region": next(iter(regions[id_])) if len(regions[id_]) == 1 else None,
        }
        for id_, some in names.items()
    ]
    former = _names(connection, [row["id"] for row in rows])
    upsert(connection, Organization, rows)
    ids = {*remade, *grown}
    _write(connection, OrganizationAlias, OrganizationAlias.organization_id, "name", ids, names)
    _write(connection, OrganizationRegion, OrganizationRegion.organization_id, "region", ids, regions)
    return sweep(connection, Organization, ids, names), {
        row["id"] for row in rows if former.get(row["id"]) != row["name"]
    }


def refresh_people(
    connection: Connection,
    remade: Collection[str],
    grown: Collection[str],
    documents: Collection[str],
    renamed: Collection[str],
) -> set[str]:
    """Names of people, and their offices with the time in which releases show them.

    `renamed`: organisations whose office-holders' regions may be others now. Answers as above who is gone.
    """
    grown = {*grown, *_holders(connection, renamed)} - {*remade}
    forms = union_all(
        select(Party.person_id, Party.name, Party.position, Party.organization_id, Event.document_id).join(
            Event, Event.id == Party.event_id
        ),
        select(Official.person_id, Official.name, Official.position, Official.organization_id, Official.document_id),
    ).subquery()
    form = (forms.c.person_id, forms.c.name, forms.c.position, forms.c.organization_id)
    shown = (
        select(
            *form,
            func.count().label("mentions"),
            func.min(Document.published_on).label("first_on"),
            func.max(Document.published_on).label("last_on"),
        )
        .join(Document, Document.id == forms.c.document_id)
        .group_by(*form)
    )
    about = (
        select(forms.c.person_id, DocumentRegion.region, func.count())
        .join(DocumentRegion, DocumentRegion.document_id == forms.c.document_id)
        .group_by(forms.c.person_id, DocumentRegion.region)
    )
    of, where = forms.c.person_id, forms.c.document_id
    found = _gathered(connection, shown, of, where, remade, grown, documents)
    spoken = [(row.person_id, row.name, row.mentions) for row in found]
    names = _added(connection, PersonAlias, PersonAlias.person_id, "name", grown, spoken)
    regions = _added(
        connection,
        PersonRegion,
        PersonRegion.person_id,
        "region",
        grown,
        _gathered(connection, about, of, where, remade, grown, documents),
    )
    offices = _offices(connection, grown)
    for row in found:
        if row.position:
            _extend(offices, row)
    _place(connection, offices, regions)
    called = {id_: fullest(some) for id_, some in names.items()}
    rows = [{"id": id_, "name": name, "sort_key": person_key(name)} for id_, name in called.items()]
    upsert(connection, Person, rows)
    ids = {*remade, *grown}
    _write(connection, PersonAlias, PersonAlias.person_id, "name", ids, names)
    _write(connection, PersonRegion, PersonRegion.person_id, "region", ids, regions)
    replace(connection, Office, Office.person_id, ids, list(offices.values()))
    return sweep(connection, Person, ids, names)


def _gathered(
    connection: Connection,
    query: Query,
    owner: Any,
    document: Any,
    remade: Collection[str],
    grown: Collection[str],
    documents: Collection[str],
) -> list[Any]:
    """Rows of the query, whose first column is the owner: of all mentions of the remade, of new ones of the grown."""
    rows: list[Any] = []
    for ids in chunks(remade, IN):
        rows += connection.execute(query.where(owner.in_(ids)))
    for ids in chunks(documents if grown else (), IN):  # by documents alone: by owner all mentions would be looked at
        rows += [row for row in connection.execute(query.where(document.in_(ids))) if row[0] in grown]
    return rows


def _added(
    connection: Connection, model: Any, owner: Any, value: str, grown: Collection[str], rows: Iterable[Any]
) -> Tallies:
    """What rows (owner, value, mentions) tell, added to what is stored of the grown."""
    out: Tallies = defaultdict(Counter)
    for ids in chunks(grown, IN):
        stored = select(owner, getattr(model, value), model.mentions).where(owner.in_(ids))
        for id_, item, mentions in connection.execute(stored):
            out[id_][item] = mentions
    for id_, item, mentions in rows:
        out[id_][item] += mentions
    return out


def _write(connection: Connection, model: Any, owner: Any, value: str, ids: Collection[str], tallies: Tallies) -> None:
    rows = [{owner.key: id_, value: item, "mentions": n} for id_, some in tallies.items() for item, n in some.items()]
    replace(connection, model, owner, ids, rows)


def _names(connection: Connection, organizations: Iterable[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for ids in chunks(organizations, IN):
        query = select(Organization.id, Organization.name).where(Organization.id.in_(ids))
        out |= {row.id: row.name for row in connection.execute(query)}
    return out


def _holders(connection: Connection, organizations: Iterable[str]) -> set[str]:
    out: set[str] = set()
    for ids in chunks(organizations, IN):
        out.update(connection.scalars(select(Office.person_id).where(Office.organization_id.in_(ids)).distinct()))
    return out


def _offices(connection: Connection, people: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The offices that are stored of people, by id."""
    out: dict[str, dict[str, Any]] = {}
    for ids in chunks(people, IN):
        rows = connection.execute(select(Office.__table__).where(Office.person_id.in_(ids)))
        out |= {row.id: dict(row._mapping) for row in rows}
    return out


def _extend(offices: dict[str, dict[str, Any]], form: Any) -> None:
    key = stable_id("office", form.person_id, form.position, form.organization_id)
    office = offices.setdefault(
        key,
        {
            "id": key,
            "person_id": form.person_id,
            "position": form.position,
            "organization_id": form.organization_id,
            "region": None,
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


def _place(connection: Connection, offices: dict[str, dict[str, Any]], regions: Tallies) -> None:
    """Say of each office in which region it is held."""
    names = _names(connection, {o["organization_id"] for o in offices.values() if o["organization_id"]})
    for office in offices.values():
        told = regions[office["person_id"]]
        home = max(told, key=lambda r: (told[r], r), default=None)
        office["region"] = _held_in(f"{office['position']} {names.get(office['organization_id'], '')}", home)


def _held_in(office: str, home: str | None) -> str | None:
    """The region an office names; one that names no place at all is held where releases mostly show the person."""
    named = regions_named(office)
    if len(named) == 1:
        return next(iter(named))
    return None if named or ELSEWHERE.search(office) else home
