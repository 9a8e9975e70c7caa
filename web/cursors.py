"""The API's lists in parts: a cursor is the place in the list of the last item that was answered.

So a list that grows while it is walked through repeats and skips nothing that was there.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Query
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from pipeline.lemmas import search_number

Limit = Annotated[int, Query(ge=1, le=200, description="Most items of an answer.")]
# as long as the longest name makes it
Cursor = Annotated[str | None, Query(max_length=4000, description="`next` of the former answer.")]
# Of an item in its list: by day, the latest first and the undated last, or by the key of the name; then by id.
Place = tuple[dt.date | str | None, str]


@dataclass(frozen=True, slots=True)
class PartAsked:
    """Which part of a list is asked for."""

    limit: Limit = 50
    cursor: Cursor = None


Part = Annotated[PartAsked, Depends()]


def told(first: dt.date | str | None, id_: str) -> str:
    """The cursor of a place."""
    return base64.urlsafe_b64encode(f"{id_}|{first or ''}".encode()).decode()


def after_day(
    cursor: str | None, day: InstrumentedAttribute[dt.date | None], id_: InstrumentedAttribute[str]
) -> list[ColumnElement[bool]]:
    """What comes after the cursor in the order: latest day first, undated last, then by id."""
    if cursor is None:
        return []
    first, last = _place(cursor)
    at = _day(first)
    if at is None:
        return [and_(day.is_(None), id_ > last)]
    return [or_(day < at, and_(day == at, id_ > last), day.is_(None))]


def after_name(
    cursor: str | None, key: InstrumentedAttribute[str], id_: InstrumentedAttribute[str]
) -> list[ColumnElement[bool]]:
    """What comes after the cursor in the order of names, then of ids."""
    if cursor is None:
        return []
    first, last = _place(cursor)
    return [or_(key > first, and_(key == first, id_ > last))]


def number(cursor: str | None) -> int | None:
    """The search number of the last hit that was answered."""
    if cursor is None:
        return None
    first, id_ = _place(cursor)
    if not re.fullmatch("[0-9a-f]{20}", id_):  # what a document's id is
        raise _no_such_cursor()
    return search_number(id_, _day(first))


def _place(cursor: str) -> tuple[str, str]:
    """What the list is ordered by and the id, of the last item that was answered."""
    try:
        id_, _, first = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
    except ValueError:
        raise _no_such_cursor() from None
    if "\x00" in id_ or "\x00" in first:
        raise _no_such_cursor()
    return first, id_


def _day(first: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(first) if first else None
    except ValueError:
        raise _no_such_cursor() from None


def _no_such_cursor() -> HTTPException:
    return HTTPException(404, "No list has this cursor.")
