"""Foreign keys from documents, events, parties and officials to the canonical things they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select, update

from pipeline import overrides
from pipeline.database import chunks, delete_where, execute, upsert
from pipeline.models import (
    Base,
    Decision,
    Document,
    Event,
    Initiative,
    Mention,
    Node,
    Official,
    Organization,
    Party,
    Person,
    Redirect,
    Story,
)
from pipeline.store import IN

MATTERS = ("story", "initiative", "person", "organization")
MODELS: dict[str, type[Base]] = {
    "story": Story,
    "initiative": Initiative,
    "person": Person,
    "organization": Organization,
}
STUBS: dict[str, dict[str, Any]] = {  # a row that can be pointed at before it is made from its members
    "story": {"first_document_id": "", "documents": 0},
    "initiative": {"name": "", "events": 0, "documents": 0},
    "person": {"name": ""},
    "organization": {"name": ""},
}
Key = tuple[str, int] | tuple[str]
Place = tuple[str, str, Key]  # table, its column that points, primary or unique key of the row
KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("id",),
    "events": ("id",),
    "parties": ("event_id", "number"),
    "officials": ("document_id", "number"),
}


@dataclass(slots=True)
class Again:
    """Canonical things whose rows are to be made anew, by matter; and which gave way to which.

    `grown` gained mentions that pointed nowhere before; `remade` gained or lost others, and may be in `grown` too.
    """

    grown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    remade: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    moves: dict[str, str] = field(default_factory=dict)


def place(matter: str, document_id: str, subject: str) -> Place:
    """Which row and column a mention's subject is."""
    if matter == "story":
        return "documents", "story_id", (subject,)
    if matter == "initiative":
        return "events", "initiative_id", (subject,)
    of, number = subject.split("#")
    if of == "official":
        return "officials", f"{matter}_id", (document_id, int(number))
    return "parties", f"{matter}_id", (of, int(number))


def pointed_at(connection: Connection, document_ids: Collection[str]) -> dict[str, set[str]]:
    """The canonical things that documents and all in them point at, by matter."""
    out: dict[str, set[str]] = {matter: set() for matter in MATTERS}
    for ids in chunks(document_ids, IN):
        of_parties = select(Party.person_id, Party.organization_id).join(Event).where(Event.document_id.in_(ids))
        of_officials = select(Official.person_id, Official.organization_id).where(Official.document_id.in_(ids))
        for person, organization in (*connection.execute(of_parties), *connection.execute(of_officials)):
            out["person"].add(person)
            out["organization"].add(organization)
        out["initiative"].update(connection.scalars(select(Event.initiative_id).where(Event.document_id.in_(ids))))
        out["story"].update(connection.scalars(select(Document.story_id).where(Document.id.in_(ids))))
    for ids_ in out.values():
        ids_.discard(None)
    return out


def point(connection: Connection, document_ids: Collection[str], nodes: Collection[str]) -> Again:
    """Point what these documents or nodes mention at its clusters; answers what gained or lost a member."""
    wanted = _clusters(connection, document_ids, nodes)
    again = Again()
    for matter in MATTERS:
        by_column: dict[tuple[str, str], dict[Key, str]] = defaultdict(dict)
        for (document_id, subject), cluster in wanted[matter].items():
            table, column, key = place(matter, document_id, subject)
            by_column[table, column][key] = cluster
        ids = sorted(set(wanted[matter].values()))
        upsert(connection, MODELS[matter], [{"id": id_, **STUBS[matter]} for id_ in ids], keep=STUBS[matter])
        for (table, column), clusters in by_column.items():
            _set(connection, again, matter, (table, column), clusters)
    return again


def _set(
    connection: Connection, again: Again, matter: str, where: tuple[str, str], clusters: Mapping[Key, str]
) -> None:
    table, column = Base.metadata.tables[where[0]], where[1]
    keys = [table.c[name] for name in KEYS[where[0]]]
    former: dict[Key, str | None] = {}
    for some in chunks({key[0] for key in clusters}, IN):
        for *key, old in connection.execute(select(*keys, table.c[column]).where(keys[0].in_(some))):
            former[tuple(key)] = old
    moved = [(key, former[key], new) for key, new in clusters.items() if key in former and former[key] != new]
    execute(
        connection,
        update(table).where(and_(*(c == bindparam(f"key_{c.name}") for c in keys))).values({column: bindparam("new")}),
        [{**{f"key_{c.name}": k for c, k in zip(keys, key, strict=True)}, "new": new} for key, _, new in moved],
    )
    for _, old, new in moved:
        if old:
            again.remade[matter] |= {old, new}
            again.moves[old] = new
        else:
            again.grown[matter].add(new)
    if matter == "organization" and where[0] == "officials":  # offices tell where they are held
        held = {document for (document, *_), old, _ in moved if old}
        for some in chunks(held, IN):
            people = select(Official.person_id).where(Official.document_id.in_(some), Official.person_id.is_not(None))
            again.remade["person"].update(p for p in connection.scalars(people) if p)


def _clusters(
    connection: Connection, document_ids: Collection[str], nodes: Collection[str]
) -> dict[str, dict[tuple[str, str], str]]:
    """Cluster by matter and (document, subject), people's merges and splits applied."""
    decided = _overrides(connection)
    anchors = _machine_clusters(connection, overrides.anchors(decided))
    out: dict[str, dict[tuple[str, str], str]] = {matter: {} for matter in MATTERS}
    selections: list[tuple[Any, Iterable[str]]] = [(Mention.document_id, document_ids), (Mention.node_id, nodes)]
    if anchors:  # what was merged moves together, even if only one side of it was touched
        selections.append((Node.cluster, set(anchors.values())))
    for column, values in selections:
        for some in chunks(values, IN):
            query = (
                select(Mention.matter, Mention.document_id, Mention.subject, Node.cluster)
                .join(Node, Node.id == Mention.node_id)
                .where(column.in_(some), Node.cluster.is_not(None))
            )
            for row in connection.execute(query):
                out[row.matter][row.document_id, row.subject] = str(row.cluster)
    if decided:
        final = overrides.apply(decided, anchors)
        out["initiative"] = {key: final(key[1], cluster) for key, cluster in out["initiative"].items()}
    return out


def _overrides(connection: Connection) -> list[overrides.Override]:
    rows = connection.execute(
        select(Decision.id, Decision.action, Decision.changes)
        .where(Decision.target == "initiative", Decision.undone_at.is_(None))
        .order_by(Decision.decided_at, Decision.id)
    )
    return [overrides.Override(*row) for row in rows]


def _machine_clusters(connection: Connection, events: Collection[str]) -> dict[str, str]:
    rows = connection.execute(
        select(Mention.subject, Node.cluster)
        .join(Node, Node.id == Mention.node_id)
        .where(Mention.matter == "initiative", Mention.subject.in_(events))
    )
    return {subject: cluster for subject, cluster in rows if cluster is not None}


def redirect(connection: Connection, empty: Collection[str], again: Again) -> None:
    """Let the ids of things that are no more lead to what took their members; forget redirections of what lives."""
    living = set().union(*again.grown.values(), *again.remade.values()) - {*empty}
    delete_where(connection, Redirect.old_id, living)
    moves = {old: new for old, new in again.moves.items() if old in empty and new in living}
    for old, new in moves.items():
        connection.execute(update(Redirect).where(Redirect.new_id == old).values(new_id=new))
    upsert(connection, Redirect, [{"old_id": old, "new_id": new} for old, new in moves.items()])
