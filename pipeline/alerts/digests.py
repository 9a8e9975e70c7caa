"""Digests: what is new in a saved filter is set aside for it first, then sent, then noted as sent.

So nobody is told the same twice. After a crash between sending and noting nobody knows whether the message went out;
its facts stay set aside and are not told again (at most once). A message that was not accepted gives its facts back,
and they go into the next digest.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, delete, exists, or_, select, update

from pipeline import records
from pipeline.alerts.channels import Sender
from pipeline.alerts.following import Wish
from pipeline.alerts.links import Links
from pipeline.alerts.messages import digest
from pipeline.database import insert_all, lock
from pipeline.filters import Filter
from pipeline.models import Count, Digest, DigestItem, Document, Event, SavedFilter, stable_id
from pipeline.models.following import Frequency
from pipeline.names import named

RECENT = timedelta(days=60)  # since publication: what is older is history that we have only now read, not news
MOST_ITEMS = 1_000  # facts of one digest
MOST_FAILURES = 20  # in a row; an address that has refused so many is left alone until its owner follows again
Outcome = Literal["sent", "nothing new", "refused", "in doubt"]
Progress = Callable[[int, int], None]  # told how many of how many lists are behind
log = logging.getLogger(__name__)


def send_due(
    engine: Engine,
    frequency: Frequency,
    sender: Sender,
    links: Links,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> Counter[Outcome]:
    """Send every reader of this frequency what is new in their list; answers how it went, by number.

    One that fails harms no other. In doubt is a digest whose sending broke off: it is not sent again.
    """
    wanted = select(SavedFilter.__table__).where(
        SavedFilter.frequency == frequency,
        SavedFilter.channel.in_(sender.channels),
        SavedFilter.failures < MOST_FAILURES,
    )
    with engine.connect() as connection:
        saved = connection.execute(wanted.order_by(SavedFilter.id)).all()
    out: Counter[Outcome] = Counter()
    for done, row in enumerate(saved, 1):
        try:
            out[_send_one(engine, row, sender, links, now)] += 1
        except Exception:
            log.exception("the digest for the saved filter %s broke off", row.id)
            out["in doubt"] += 1
        progress(done, len(saved))
    return out


def _send_one(engine: Engine, saved: Row[Any], sender: Sender, links: Links, now: datetime) -> Outcome:
    wish = Wish(channel=saved.channel, address=saved.address, query=saved.query, frequency=saved.frequency)
    with engine.begin() as connection:
        lock(connection)
        set_aside = _set_aside(connection, saved, now)
        names = named(connection, Filter.of(saved.query))
    if set_aside is None:
        return "nothing new"
    digest_id, told = set_aside
    accepted = sender.send(wish.channel, wish.address, digest(wish, names, told, links))
    with engine.begin() as connection:
        lock(connection)
        _note(connection, saved.id, digest_id, accepted, now)
    return "sent" if accepted else "refused"


def _set_aside(connection: Connection, saved: Row[Any], now: datetime) -> tuple[str, list[records.Record]] | None:
    """Claim what is new for a saved filter; answers the digest's id and the facts to tell, reprints left out."""
    if not connection.scalar(select(exists().where(SavedFilter.id == saved.id))):
        return None  # unsubscribed a moment ago
    found = _new(connection, saved, now)
    if not found:
        return None
    tellings = {row.id: _telling(row) for row in found}
    had = set(
        connection.scalars(
            select(DigestItem.telling).where(
                DigestItem.saved_filter_id == saved.id, DigestItem.telling.in_(set(tellings.values()))
            )
        )
    )
    fresh: dict[str, str] = {}  # telling -> its first event
    for event_id, telling in tellings.items():
        if telling not in had:
            fresh.setdefault(telling, event_id)
    digest_id = stable_id("digest", saved.id, *tellings)
    state = {"id": digest_id, "saved_filter_id": saved.id, "begun_at": now, "sent_at": None if fresh else now}
    insert_all(connection, Digest, [state])
    insert_all(
        connection,
        DigestItem,
        [
            {"saved_filter_id": saved.id, "event_id": event_id, "telling": telling, "digest_id": digest_id}
            for event_id, telling in tellings.items()
        ],
    )
    if not fresh:
        return None  # reprints of what was told already
    events = {event["id"]: event for event in records.events(connection, Event.id.in_(fresh.values()))}
    return digest_id, [events[id_] for id_ in fresh.values()]


def _new(connection: Connection, saved: Row[Any], now: datetime) -> list[Row[Any]]:
    told = exists().where(DigestItem.saved_filter_id == saved.id, DigestItem.event_id == Event.id)
    query = (
        select(Event.id, Document.story_id, Event.type, Event.status, Event.initiative_id, Count.value, Count.unit)
        .join(Document, Document.id == Event.document_id)
        .outerjoin(Count, Count.event_id == Event.id)
        .where(
            *Filter.of(saved.query).events(),
            Document.first_seen_at >= saved.saved_at,
            or_(Document.published_on.is_(None), Document.published_on >= (now - RECENT).date()),
            ~told,
        )
        .order_by(Document.published_on.desc().nulls_last(), Event.id)
        .limit(MOST_ITEMS)
    )
    return list(connection.execute(query))


def _telling(row: Row[Any]) -> str:
    return stable_id(row.story_id, row.type, row.status, row.initiative_id, row.value, row.unit)


def _note(connection: Connection, filter_id: str, digest_id: str, accepted: bool, now: datetime) -> None:
    mine = update(SavedFilter).where(SavedFilter.id == filter_id)
    if accepted:
        connection.execute(update(Digest).where(Digest.id == digest_id).values(sent_at=now))
        connection.execute(mine.values(failures=0))
    else:
        connection.execute(delete(Digest).where(Digest.id == digest_id))
        connection.execute(mine.values(failures=SavedFilter.failures + 1))
