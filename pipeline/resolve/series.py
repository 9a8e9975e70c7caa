"""An initiative's numbers in time: each as it was stated, contradictions side by side, nothing averaged."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from nlp.schema import Comparator, Event


@dataclass(frozen=True, slots=True)
class Told:
    """An event of an initiative with where and when it was told."""

    id: str
    document: str
    published: date | None
    event: Event


@dataclass(frozen=True, slots=True)
class CountPoint:
    """A stated number. `contradicts`: events that state another for the same time."""

    event: str
    as_of: str | None  # ISO 8601, as precise as known
    basis: Literal["stated", "published"]  # the day of publication stands in where the text gives no date
    value: int
    comparator: Comparator
    unit: str
    contradicts: tuple[str, ...] = ()


def period(day: str) -> tuple[date, date]:
    """First and last day that an ISO date of any precision can mean."""
    year, *rest = (int(p) for p in day.split("-"))
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    if len(rest) == 1:
        after = date(year + rest[0] // 12, rest[0] % 12 + 1, 1)
        return date(year, rest[0], 1), after - timedelta(days=1)
    return (day_ := date(year, rest[0], rest[1])), day_


def count_series(told: Iterable[Told]) -> list[CountPoint]:
    """Members, residents, signatories of one initiative, in order of time: counts, and the founders of a charter."""
    points = []
    for t in told:
        event = t.event
        counted = event.type in ("enterprise_count", "charter_signing") and event.status in ("done", "ongoing")
        if counted and event.count:
            published = t.published.isoformat() if t.published else None
            as_of, basis = (event.date, "stated") if event.date else (published, "published")
            points.append(
                CountPoint(t.id, as_of, basis, event.count.value, event.count.comparator, event.count.unit)  # type: ignore[arg-type]
            )
    points.sort(key=lambda p: (p.as_of or "9999", p.value, p.event))
    return [_contradicted(p, points) for p in points]


def _contradicted(point: CountPoint, points: Collection[CountPoint]) -> CountPoint:
    against = tuple(p.event for p in points if p.unit == point.unit and p.as_of == point.as_of and _disagree(point, p))
    return CountPoint(
        point.event, point.as_of, point.basis, point.value, point.comparator, point.unit, contradicts=against
    )


def bounds(value: int, comparator: Comparator) -> tuple[float, float]:
    """Least and greatest number that a stated one can mean; «около» and «порядка» leave a tenth."""
    low = {"eq": value, "gt": value + 1, "ge": value, "approx": value * 0.9}.get(comparator, 0)
    high = {"eq": value, "lt": value - 1, "le": value, "approx": value * 1.1}.get(comparator, float("inf"))
    return low, high


def _disagree(a: CountPoint, b: CountPoint) -> bool:
    (low_a, high_a), (low_b, high_b) = bounds(a.value, a.comparator), bounds(b.value, b.comparator)
    return low_a > high_b or low_b > high_a
