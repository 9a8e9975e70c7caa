"""Promises and what became of them; numbers in time."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.schema import Comparator, Count, Event, EventType, Status
from pipeline.resolve import Told, count_series, promises
from pipeline.resolve.series import period


def told(
    n: int,
    published: str,
    type_: EventType,
    status: Status,
    day: str | None,
    value: int | None = None,
    comparator: Comparator = "eq",
    quote: str = "",
) -> Told:
    count = Count(value, comparator, "резидент") if value is not None else None
    event = Event(type_, status, quote, 0, 1, (0, 1), day, ("RU-OMS",), "парк", "industrial_park", count=count)
    return Told(f"e{n}", f"d{n}", date.fromisoformat(published), event)


PROMISE = told(0, "2020-06-18", "enterprise_count", "planned", "2023", 15)
OPENING = told(0, "2020-02-19", "cluster_announcement", "planned", "2022-09", quote="технопарк откроют")


@pytest.mark.parametrize(
    ("later", "outcome", "evidence"),
    [
        ([], "open", None),
        ([told(1, "2022-06-07", "enterprise_count", "done", "2022-06-07", 9)], "open", None),
        ([told(1, "2023-12-01", "enterprise_count", "done", "2023-12-01", 15)], "kept", "e1"),
        ([told(1, "2024-01-20", "enterprise_count", "done", "2024-01-01", 16)], "kept", "e1"),
        ([told(1, "2024-04-18", "enterprise_count", "done", "2024-04-18", 10)], "broken", "e1"),
        (
            [
                told(1, "2024-01-18", "enterprise_count", "done", "2024-01-01", 10),
                told(2, "2024-09-18", "enterprise_count", "done", "2024-09-18", 15),
            ],
            "late",
            "e2",
        ),
        ([told(1, "2023-12-01", "enterprise_count", "done", "2023-12-01", 10, "gt")], "open", None),
        ([told(1, "2023-12-01", "enterprise_count", "done", "2023-12-01", 14, "gt")], "kept", "e1"),
    ],
)
def test_number(later: list[Told], outcome: str, evidence: str | None) -> None:
    (promise,) = promises([PROMISE, *later])
    assert (promise.outcome, promise.evidence, promise.target) == (outcome, evidence, 15)
    assert promise.deadline == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("later", "outcome"),
    [
        (told(1, "2022-09-30", "cluster_announcement", "done", "2022-09-29", quote="открыт технопарк"), "kept"),
        (told(1, "2024-03-15", "cluster_announcement", "done", "2024-03-14", quote="открыт технопарк"), "late"),
        (told(1, "2022-10-04", "cluster_announcement", "planned", "2024", quote="открытие отложено"), "broken"),
        (told(1, "2022-10-04", "cluster_announcement", "cancelled", None, quote="технопарк не откроют"), "broken"),
        (told(1, "2021-10-04", "cluster_announcement", "done", "2019", quote="создан в 2019 году"), "open"),
    ],
)
def test_deed(later: Told, outcome: str) -> None:
    assert promises([later, OPENING])[0].outcome == outcome


def test_a_promise_repeated_is_one_and_a_moved_deadline_another() -> None:
    again = told(1, "2021-07-15", "cluster_announcement", "planned", "2022-09", quote="срок открытия прежний")
    moved = told(2, "2022-10-04", "cluster_announcement", "planned", "2024", quote="открытие отложено")
    done = told(3, "2024-03-15", "cluster_announcement", "done", "2024-03-14", quote="открыт технопарк")
    first, second = promises([done, moved, again, OPENING])
    assert (first.events, first.outcome) == (("e0", "e1"), "late")
    assert (second.events, second.outcome) == (("e2",), "kept")


def test_series_keeps_contradictions_side_by_side() -> None:
    points = count_series(
        [
            told(1, "2024-05-02", "enterprise_count", "done", "2024-05-01", 22),
            told(2, "2024-05-03", "enterprise_count", "done", "2024-05-01", 30),
            told(3, "2024-05-04", "enterprise_count", "done", "2024-05-01", 20, "gt"),
            told(4, "2024-06-01", "enterprise_count", "done", None, 31),
            told(5, "2024-06-01", "enterprise_count", "planned", "2025", 40),
        ]
    )
    assert [(p.event, p.as_of, p.basis) for p in points] == [
        ("e3", "2024-05-01", "stated"),
        ("e1", "2024-05-01", "stated"),
        ("e2", "2024-05-01", "stated"),
        ("e4", "2024-06-01", "published"),
    ]
    assert {p.event: p.contradicts for p in points} == {"e3": (), "e1": ("e2",), "e2": ("e1",), "e4": ()}


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-07-22", "2024-07-22", "2024-07-22"),
    ],
)
def test_period(day: str, first: str, last: str) -> None:
    assert period(day) == (date.fromisoformat(first), date.fromisoformat(last))
