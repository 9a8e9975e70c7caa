"""How far a list is walked, told as pages of entries."""

from __future__ import annotations

from datetime import date

import pytest

from spiders.extraction import Moment
from spiders.known import KnownPage
from spiders.listing import Listing, ListItem
from spiders.walk import ENOUGH_BARREN, ENOUGH_KNOWN, Walk


def item(number: int, day: str | None = None, *, yearless: bool = False) -> ListItem:
    moment = Moment(date.fromisoformat(day), None, "day") if day else None
    return ListItem(f"http://s/{number}", f"Новость {number}", moment, yearless)


def page(*items: ListItem) -> Listing:
    return Listing(items, next="http://s/more")


def known(*numbers: int) -> dict[str, KnownPage]:
    return {f"http://s/{number}": KnownPage(url=f"http://s/{number}") for number in numbers}


def wanted(walk: Walk, listing: Listing, *, first: bool = False) -> tuple[list[int], str | None]:
    step = walk.step(listing, first=first)
    return [int(one.url.rsplit("/", 1)[1]) for one in step.wanted], step.end


def test_a_first_crawl_wants_everything() -> None:
    walk = Walk()
    assert wanted(walk, page(item(1), item(2)), first=True) == ([1, 2], None)
    assert wanted(walk, page(item(2), item(3))) == ([3], None)
    assert walk.listed == 3


def test_the_last_page_again_is_the_end() -> None:
    walk = Walk()
    wanted(walk, page(item(1), item(2)), first=True)
    assert wanted(walk, page(item(1), item(2))) == ([], "repeated_page")


def test_another_list_may_repeat_the_first_one() -> None:
    walk = Walk()
    wanted(walk, page(item(1)), first=True)
    assert wanted(walk, page(item(1)), first=True) == ([], None)


def test_a_page_of_known_ones_ends_an_incremental_crawl() -> None:
    walk = Walk(known=known(2, 3, 4))
    assert wanted(walk, page(item(1), item(2)), first=True) == ([1], None)
    assert wanted(walk, page(item(3), item(4))) == ([], "reached_known")


def test_known_ones_among_new_ones_do_not_end_it_before_there_are_enough() -> None:
    numbers = range(1, 2 * ENOUGH_KNOWN)
    walk = Walk(known=known(*range(2, 2 + ENOUGH_KNOWN - 1)))
    assert wanted(walk, page(*map(item, numbers)), first=True)[1] is None
    walk = Walk(known=known(*range(2, 2 + ENOUGH_KNOWN)))
    got, end = wanted(walk, page(*map(item, numbers[: ENOUGH_KNOWN + 1])), first=True)
    assert (got, end) == ([1], "reached_known")


def test_after_a_crawl_that_was_not_complete_known_ones_end_nothing() -> None:
    walk = Walk(known=known(1, 2), stop_when_known=False)
    assert wanted(walk, page(item(1), item(2)), first=True) == ([], None)
    assert wanted(walk, page(item(3))) == ([3], None)


def test_what_an_interrupted_crawl_had_is_not_wanted_again_and_ends_nothing() -> None:
    walk = Walk(done={"http://s/1", "http://s/2"}, known=known(4))
    assert wanted(walk, page(item(1), item(2)), first=True) == ([], None)
    assert wanted(walk, page(item(3), item(4))) == ([3], None)


def test_a_window_looks_again_at_what_is_known_and_ends_behind_its_first_day() -> None:
    walk = Walk(since=date(2024, 6, 1), known=known(1, 2))
    assert wanted(walk, page(item(1, "2024-06-02"), item(2, "2024-06-01")), first=True) == ([1, 2], None)
    assert wanted(walk, page(item(3, "2024-05-31"), item(4, "2024-05-30"))) == ([], "reached_since")


def test_a_pinned_old_entry_does_not_end_a_window() -> None:
    walk = Walk(since=date(2024, 6, 1))
    assert wanted(walk, page(item(1, "2023-01-01"), item(2, "2024-06-05")), first=True) == ([2], None)


def test_a_list_without_dates_ends_when_its_articles_are_too_old() -> None:
    walk = Walk(since=date(2024, 6, 1))
    wanted(walk, page(item(1), item(2)), first=True)
    assert walk.dated("http://s/1", date(2024, 6, 2))
    assert not walk.dated("http://s/2", date(2024, 5, 2))
    assert wanted(walk, page(item(3), item(4))) == ([3, 4], None)
    assert not walk.dated("http://s/3", date(2024, 5, 1))
    assert not walk.dated("http://s/4", date(2024, 5, 1))
    assert wanted(walk, page(item(5))) == ([], "reached_since")


def test_one_old_article_of_many_still_being_fetched_ends_nothing() -> None:
    walk = Walk(since=date(2024, 6, 1))
    wanted(walk, page(item(1), item(2)), first=True)
    walk.dated("http://s/1", date(2024, 5, 2))
    assert wanted(walk, page(item(3))) == ([3], None)


def test_what_is_newer_than_the_window_is_passed_by_unless_its_year_was_guessed() -> None:
    walk = Walk(until=date(2024, 6, 30))
    listing = page(item(1, "2024-07-01"), item(2, "2024-07-01", yearless=True), item(3, "2024-06-30"))
    assert wanted(walk, listing, first=True) == ([2, 3], None)
    assert not walk.dated("http://s/2", date(2024, 7, 1))


def test_a_calendar_without_end_is_left() -> None:
    walk = Walk()
    wanted(walk, page(item(1)), first=True)
    ends = [wanted(walk, page())[1] for _ in range(ENOUGH_BARREN)]
    assert ends == [None] * (ENOUGH_BARREN - 1) + ["endless_calendar"]


@pytest.mark.parametrize("precision", ["month", "year"])
def test_a_month_is_not_precise_enough_to_pass_an_entry_by(precision: str) -> None:
    vague = ListItem("http://s/1", "Новость", Moment(date(2024, 6, 1), None, precision))  # type: ignore[arg-type]
    assert wanted(Walk(since=date(2024, 6, 15)), page(vague), first=True) == ([1], None)
