"""Which story, initiative, person and organisation each document, event, party and official belongs to.

The deciding is pipeline.resolve's; here its answers become foreign keys (pipeline.pointers), and the rows of the
canonical things are made again from their members (pipeline.canonical).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, delete, select

from nlp.schema import Official as ReadOfficial
from pipeline import canonical, outcomes, pointers, tallies
from pipeline.database import chunks, delete_where, insert_all, lock, optimise
from pipeline.models import Document, Event, Mention, Node, NodeKey, Official, Source
from pipeline.readings import corrected_events
from pipeline.resolve import DocumentRow, EventRow, read, resolve
from pipeline.resolve import Node as ReadNode
from pipeline.store import IN, DatabaseStore

BATCH = 500  # documents resolved together when all are


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What documents left behind that are about to change: to be looked at again."""

    nodes: list[ReadNode] = field(default_factory=list)
    touched: dict[str, set[str]] = field(default_factory=dict)  # matter -> ids of canonical things


def forget(connection: Connection, document_ids: Sequence[str]) -> Forgotten:
    """Before documents change: take back what they told the resolver. Hand the answer to `assign`."""
    if not document_ids:
        return Forgotten()
    touched = pointers.pointed_at(connection, document_ids)
    mentions = [m for document in document_rows(connection, document_ids) for m in read(document)]
    delete_where(connection, Mention.document_id, document_ids)
    return Forgotten(DatabaseStore(connection).forget(mentions), touched)


def assign(connection: Connection, document_ids: Sequence[str], forgotten: Forgotten) -> None:
    """After documents changed: resolve what they mention, and bring all that this touches up to date."""
    mentions = [(d.id, m) for d in document_rows(connection, document_ids) for m in read(d)]
    store = DatabaseStore(connection)
    resolve(store, [m.node for _, m in mentions], forgotten.nodes)
    insert_all(
        connection,
        Mention,
        [
            {"document_id": id_, "matter": m.node.matter, "subject": m.subject, "node_id": m.node.id}
            for id_, m in mentions
        ],
    )
    refresh(connection, document_ids, store.moved, forgotten.touched)


def assign_again(engine: Engine, on_batch: Callable[[int], None] = lambda _: None) -> Counter[str]:
    """After the rules of resolution changed: forget what the resolver remembers and assign all documents anew.

    In one transaction. Answers how many documents came into another story ("story"), events into another initiative
    ("initiative"). What people decided holds, and ids that give way lead on.
    """
    with engine.begin() as connection:
        lock(connection)
        before = _pointers(connection)
        for memory in (Mention, NodeKey, Node):
            connection.execute(delete(memory))
        documents = connection.scalars(select(Document.id).order_by(Document.id)).all()
        for ids in chunks(documents, BATCH):
            assign(connection, ids, Forgotten())
            on_batch(len(ids))
        after = _pointers(connection)
    optimise(engine)
    return Counter({m: sum(after[m][id_] != old for id_, old in before[m].items()) for m in before})


def _pointers(connection: Connection) -> dict[str, dict[str, str | None]]:
    """Story of each document, initiative of each event."""
    stories, initiatives = select(Document.id, Document.story_id), select(Event.id, Event.initiative_id)
    return {
        matter: dict(connection.execute(query).all())
        for matter, query in (("story", stories), ("initiative", initiatives))
    }


def refresh(
    connection: Connection,
    document_ids: Collection[str],
    nodes: Collection[str],
    touched: Mapping[str, Iterable[str]],
) -> None:
    """Point what these documents or nodes mention at its canonical things, and make those anew that this touches."""
    again = pointers.point(connection, document_ids, nodes)
    for matter, ids in touched.items():
        again.remade[matter].update(ids)
    grown, remade = ({m: side[m] for m in pointers.MATTERS} for side in (again.grown, again.remade))
    for matter in pointers.MATTERS:
        grown[matter] -= remade[matter]
    # organisations before people, whose offices are where organisations' names tell
    empty, renamed = tallies.refresh_organizations(
        connection, remade["organization"], grown["organization"], document_ids
    )
    empty |= tallies.refresh_people(connection, remade["person"], grown["person"], document_ids, renamed)
    initiatives = grown["initiative"] | remade["initiative"]
    empty |= canonical.refresh_initiatives(connection, initiatives)
    outcomes.refresh_promises(connection, initiatives)
    empty |= canonical.refresh_stories(connection, grown["story"] | remade["story"])
    pointers.redirect(connection, empty, again)


def document_rows(connection: Connection, document_ids: Collection[str]) -> list[DocumentRow]:
    """Documents as the resolver wants them, with corrected events."""
    events: dict[str, list[EventRow]] = defaultdict(list)
    for row, event in corrected_events(connection, Event.document_id, document_ids):
        events[row.document_id].append(EventRow(row.id, event))
    people: dict[str, list[ReadOfficial]] = defaultdict(list)
    out = []
    for ids in chunks(document_ids, IN):
        officials = select(Official.__table__).where(Official.document_id.in_(ids))
        for o in connection.execute(officials.order_by(Official.document_id, Official.number)):
            people[o.document_id].append(ReadOfficial(o.name, o.position, o.organization, o.quotation, o.start, o.stop))
        documents = (
            select(Document.id, Document.text, Document.published_on, Document.region, Source.name)
            .join(Source, Source.id == Document.source_id)
            .where(Document.id.in_(ids))
            .order_by(Document.id)
        )
        out += [
            DocumentRow(
                d.id,
                d.text,
                d.published_on,
                d.name,
                d.region,
                tuple(events.get(d.id, ())),
                tuple(people.get(d.id, ())),
            )
            for d in connection.execute(documents)
        ]
    return out
