"""The growth of an initiative's numbers as a drawing: plain SVG, made on the server. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from web.queries.events import EventView

COUNTED = {"enterprise_count", "charter_signing"}  # events whose number is of all there are; who joined is not
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 700, 240, 16, 60, 34, 30  # of the drawing and its margins, in its own units
LABEL, LINE = 120, 24  # room that a number takes


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    value: int
    event: EventView
    labelled: bool = True  # whether its number stands beside it: not where it would stand upon another

    @property
    def at_the_end(self) -> bool:
        """Whether the number must stand left of the point to be seen whole."""
        return self.x > WIDTH - LABEL

    @property
    def promised(self) -> bool:
        return self.event.status == "planned"


@dataclass(frozen=True, slots=True)
class Chart:
    """One unit's figures over time. Contradicting figures of one day stand one above the other."""

    unit: str
    points: list[Point]
    path: str  # SVG path through what was counted, promises left out
    years: list[tuple[float, int]]  # where each year begins


def count_charts(timeline: Sequence[EventView]) -> list[Chart]:
    """A chart for each unit with at least two figures that are stated at different times."""
    by_unit: dict[str, list[EventView]] = defaultdict(list)
    for event in timeline:
        if (
            event.count
            and event.when > dt.date.min
            and event.type in {"enterprise_count", "charter_accession", "charter_signing"}
        ):
            by_unit[event.count.unit].append(event)
    return [_chart(unit, events) for unit, events in sorted(by_unit.items()) if len({e.when for e in events}) > 1]


def _chart(unit: str, events: Sequence[EventView]) -> Chart:
    days = [event.when.toordinal() for event in events]
    first, last = min(days), max(days)
    top = max(event.count.value for event in events if event.count)

    def across(day: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first) / (last - first), 1)

    points = [
        Point(
            across(event.when.toordinal()),
            round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * event.count.value / (top or 1), 1),
            event.count.value,
            event,
        )
        for event in _distinct(events)
        if event.count
    ]
    points = _labelled(points)
    counted = [point for point in points if not point.promised]
    path = " ".join(f"{'L' if n else 'M'}{point.x} {point.y}" for n, point in enumerate(counted))
    begins = [
        dt.date(year, 1, 1) for year in range(dt.date.fromordinal(first).year, dt.date.fromordinal(last).year + 1)
    ]
    years = [(across(begin.toordinal()), begin.year) for begin in begins if first <= begin.toordinal() <= last]
    return Chart(unit, points, path, years)


def _labelled(points: Sequence[Point]) -> list[Point]:
    """The points with numbers beside as many as there is room for; the last, the first and the greatest come first."""
    if not points:
        return []
    order = sorted(points, key=lambda p: (p is not points[-1], p is not points[0], -p.value))
    shown: list[Point] = []
    for point in order:
        if all(abs(point.x - other.x) > LABEL or abs(point.y - other.y) > LINE for other in shown):
            shown.append(point)
    return [replace(point, labelled=point in shown) for point in points]


def _distinct(events: Sequence[EventView]) -> list[EventView]:
    """One event of those that state the same of the same day."""
    seen = {(e.when, e.status, e.count and (e.count.value, e.count.comparator)): e for e in reversed(events)}
    return sorted(seen.values(), key=lambda event: event.when)
