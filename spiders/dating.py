"""One date out of two: what the list says of an entry and what its page says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple

from spiders.extraction import Extracted
from spiders.listing import ListItem

Precision = Literal["minute", "day", "month", "year"]

# Signs on a page that are surely of the release itself; a list with a whole date is trusted more than the others.
_SURE = {"selector", "json-ld", "meta", "time"}


class Dating(NamedTuple):
    """When a release was published and how that was found."""

    day: date | None
    at: datetime | None
    source: str | None
    precision: Precision | None


def of_list(item: ListItem, sign: str) -> Dating:
    """`sign`: feed or list."""
    if item.moment is None:
        return Dating(None, None, None, None)
    return Dating(item.moment.day, item.moment.at, sign, item.moment.precision)


def of_page(page: Extracted) -> Dating:
    return Dating(page.published_on, page.published_at, page.date_source, page.date_precision)


def choose(item: ListItem, page: Extracted, sign: str) -> Dating:
    """The surer of the two; the one with the minute where both name the same day."""
    there, here = of_list(item, sign), of_page(page)
    if there.day is None or here.day is None:
        return there if here.day is None else here
    if there.day == here.day:
        return here if here.precision == "minute" or there.precision != "minute" else there
    if sign == "feed":
        return there
    # A list without years was read by the clock: a page that spells the date out is right.
    return here if here.source in _SURE or item.yearless else there
