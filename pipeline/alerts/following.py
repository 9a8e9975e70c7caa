"""Saved filters: made when an address is confirmed, gone when its owner no longer wants them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator
from sqlalchemy import Connection, Engine, Row, delete, func, select

from pipeline.database import lock, upsert
from pipeline.filters import Filter
from pipeline.models import Digest, SavedFilter, stable_id
from pipeline.models.following import Channel, Frequency

ADDRESSES: dict[Channel, str] = {
    "email": r"^[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z][A-Za-z0-9-]{1,62}$",
    "telegram": r"^-?\d{1,20}$",
}
MOST_ADDRESS = 254  # characters: what SMTP can carry


class Wish(BaseModel):
    """What somebody asks to be told, how often and where. Raises pydantic's ValidationError for what cannot be."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    channel: Channel
    address: str
    query: str
    frequency: Frequency

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not re.fullmatch(ADDRESSES[self.channel], self.address) or len(self.address) > MOST_ADDRESS:
            raise ValueError(f"no address of {self.channel}")
        Filter.of(self.query)
        return self

    @property
    def id(self) -> str:
        return stable_id("saved filter", self.channel, self.address, self.query)


def save(engine: Engine, wish: Wish, at: datetime) -> str:
    """Keep a confirmed wish; the same wish again changes only how often. Answers the saved filter's id."""
    row = {"id": wish.id, **wish.model_dump(), "saved_at": at, "failures": 0}
    with engine.begin() as connection:
        lock(connection)
        upsert(connection, SavedFilter, [row], keep=("saved_at",))
    return wish.id


def remove(engine: Engine, filter_id: str) -> bool:
    """Forget a saved filter, its address and all it was told; answers whether there was one."""
    with engine.begin() as connection:
        lock(connection)
        return connection.execute(delete(SavedFilter).where(SavedFilter.id == filter_id)).rowcount > 0


def listed(connection: Connection) -> Sequence[Row[Any]]:
    """All saved filters, each with `last` (when a digest was sent), `sent` and `in_doubt` (numbers of digests)."""
    return connection.execute(
        select(
            SavedFilter.__table__,
            func.max(Digest.sent_at).label("last"),
            func.count(Digest.sent_at).label("sent"),
            (func.count(Digest.id) - func.count(Digest.sent_at)).label("in_doubt"),
        )
        .outerjoin(Digest, Digest.saved_filter_id == SavedFilter.id)
        .group_by(SavedFilter.id)
        .order_by(SavedFilter.saved_at, SavedFilter.id)
    ).all()
