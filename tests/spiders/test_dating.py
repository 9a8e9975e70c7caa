"""One date out of what the list and what the page says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from spiders.dating import choose
from spiders.extraction import Extracted, Moment
from spiders.listing import ListItem

MINUTE = datetime(2024, 6, 5, 10, 30, tzinfo=UTC)


def page(day: int | None, source: str = "selector", at: datetime | None = None) -> Extracted:
    return Extracted(
        title="",
        body="",
        canonical_url="http://s/1",
        published_on=date(2024, 6, day) if day else None,
        published_at=at,
        date_source=source if day else None,
        date_precision=("minute" if at else "day") if day else None,
    )


def entry(day: int | None, at: datetime | None = None, *, yearless: bool = False) -> ListItem:
    moment = Moment(date(2024, 6, day), at, "minute" if at else "day") if day else None
    return ListItem("http://s/1", moment=moment, yearless=yearless)


@pytest.mark.parametrize(
    ("item", "read", "sign", "expected"),
    [
        (entry(None), page(5), "list", (5, "selector")),
        (entry(5), page(None), "list", (5, "list")),
        (entry(None), page(None), "list", (None, None)),
        (entry(5), page(5, at=MINUTE), "list", (5, "selector")),
        (entry(5, MINUTE), page(5), "list", (5, "list")),
        (entry(5), page(6, "text"), "list", (5, "list")),  # a widget's date
        (entry(5), page(6, "htmldate"), "list", (5, "list")),
        (entry(5), page(6), "list", (6, "selector")),
        (entry(5, yearless=True), page(6, "text"), "list", (6, "text")),
        (entry(5, MINUTE), page(6), "feed", (5, "feed")),
    ],
)
def test_the_surer_date_is_taken(
    item: ListItem, read: Extracted, sign: str, expected: tuple[int | None, str | None]
) -> None:
    dating = choose(item, read, sign)
    assert (dating.day.day if dating.day else None, dating.source) == expected
