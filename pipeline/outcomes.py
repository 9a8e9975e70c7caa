"""The promises of initiatives and what became of them, judged anew from the initiatives' events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, select

from pipeline.database import chunks, delete_where, insert_all
from pipeline.models import Document, Event, Promise
from pipeline.readings import corrected_events
from pipeline.resolve import Told, promises

IN = 10_000


def refresh_promises(connection: Connection, initiative_ids: Collection[str]) -> None:
    """Judge the promises of these initiatives; one that is repeated is kept with the event that made it first."""
    delete_where(connection, Promise.initiative_id, initiative_ids)
    promising: set[str] = set()
    for ids in chunks(initiative_ids, IN):
        planned = select(Event.initiative_id).where(Event.initiative_id.in_(ids), Event.status == "planned").distinct()
        promising.update(id_ for id_ in connection.scalars(planned) if id_)
    told: dict[str, list[Told]] = defaultdict(list)
    for ids in chunks(sorted(promising), IN):
        published = {
            row.id: row.published_on
            for row in connection.execute(
                select(Event.id, Document.published_on)
                .join(Document, Document.id == Event.document_id)
                .where(Event.initiative_id.in_(ids))
            )
        }
        for row, event in corrected_events(connection, Event.initiative_id, ids):
            told[row.initiative_id].append(Told(row.id, row.document_id, published[row.id], event))
    insert_all(
        connection,
        Promise,
        [
            {
                "event_id": promise.events[0],
                "initiative_id": initiative_id,
                "deadline": promise.deadline,
                "outcome": promise.outcome,
                "outcome_event_id": promise.evidence,
            }
            for initiative_id, events in told.items()
            for promise in promises(events)
        ],
    )
