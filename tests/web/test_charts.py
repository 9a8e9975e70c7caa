"""What the drawing of an initiative's numbers shows."""

from __future__ import annotations

from datetime import date

import pytest

from web.charts import JOINED, count_charts
from web.queries.registry import Figure


def figure(day: str, value: int, type_: str = "enterprise_count", status: str = "done", unit: str = "завод") -> Figure:
    return Figure(date.fromisoformat(day), type_, status, value, "eq", unit)


GROWN = [figure("2024-07-22", 227), figure("2025-09-30", 386)]


@pytest.mark.parametrize(
    ("more", "values"),
    [
        ([], [227, 386]),
        ([figure("2025-10-01", 12, status="cancelled")], [227, 386]),  # what was called off is no number
        ([figure("2025-10-01", 386)], [227, 386, 386]),
        ([figure("2025-09-30", 386)], [227, 386]),  # the same, told twice
        ([figure("2025-09-30", 350)], [227, 386, 350]),  # another number for the same day
    ],
)
def test_every_number_stands_where_it_was_told(more: list[Figure], values: list[int]) -> None:
    [chart] = count_charts([*GROWN, *more])
    assert [point.figure.value for point in chart.points] == values


def test_a_promise_is_no_part_of_the_line() -> None:
    [chart] = count_charts([*GROWN, figure("2026-01-01", 900, status="planned")])
    assert [point.promised for point in chart.points] == [False, False, True]
    assert chart.path.count("L") == 1


def test_who_joined_stands_beside_the_line() -> None:
    """Releases tell by «joined» of all there are as well as of the new ones alone."""
    [chart] = count_charts([*GROWN, figure("2025-10-01", 12, "charter_accession")])
    assert [point.joined for point in chart.points] == [False, False, True]
    assert chart.path.count("L") == 1
    assert count_charts([figure("2024-07-22", 3, JOINED), figure("2025-10-01", 12, JOINED)]) == []


def test_one_number_and_numbers_of_one_day_make_no_drawing() -> None:
    assert count_charts(GROWN[:1]) == []
    assert count_charts([figure("2024-07-22", 227), figure("2024-07-22", 250)]) == []


def test_what_is_told_most_is_drawn_first() -> None:
    others = [figure("2024-01-01", 1, unit="верфь"), figure("2025-01-01", 2, unit="верфь")]
    assert [chart.unit for chart in count_charts([*others, *GROWN, figure("2025-12-01", 390)])] == ["завод", "верфь"]


def test_numbers_stand_beside_where_there_is_room() -> None:
    crowd = [figure(f"2024-01-{day:02}", 100 + day) for day in range(1, 29)]
    [chart] = count_charts(crowd)
    labelled = [point for point in chart.points if point.labelled]
    assert chart.points[0] in labelled
    assert chart.points[-1] in labelled
    assert len(labelled) < len(crowd) / 2
