"""The growth of an initiative's numbers as a drawing: plain SVG, made on the server. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from web.queries.registry import Figure

COUNTED = {"enterprise_count", "charter_signing"}  # events whose number is of all there are
JOINED = "charter_accession"  # its number may be of all, or of those alone who came: it stands beside the line
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 700, 240, 16, 60, 34, 30  # of the drawing and its margins, in its own units
LABEL, LINE = 120, 24  # room that a number takes


@dataclass(slots=True)
class Point:
    x: float
    y: float
    figure: Figure
    labelled: bool = False  # whether its number stands beside it: not where it would stand upon another

    @property
    def at_the_end(self) -> bool:
        """Whether the number must stand left of the point to be seen whole."""
        return self.x > WIDTH - LABEL

    @property
    def promised(self) -> bool:
        return self.figure.status == "planned"

    @property
    def joined(self) -> bool:
        return self.figure.type == JOINED


@dataclass(frozen=True, slots=True)
class Chart:
    """One unit's figures over time. Contradicting figures of one day stand one above the other."""

    unit: str
    points: list[Point]
    path: str  # SVG path through what was counted, promises and those who joined left out
    years: list[tuple[float, int]]  # where each year begins

    @property
    def promised(self) -> bool:
        return any(point.promised for point in self.points)

    @property
    def joined(self) -> bool:
        return any(point.joined for point in self.points)


def count_charts(figures: Iterable[Figure]) -> list[Chart]:
    """A chart for each unit with at least two figures that are stated at different times, the one told most first.

    One of them at least is of all there are; what was called off is no figure. The figures are in order of time.
    """
    by_unit: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.type in {*COUNTED, JOINED} and figure.status != "cancelled":
            by_unit[figure.unit].append(figure)
    told_most = sorted(by_unit.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        _chart(unit, some)
        for unit, some in told_most
        if some[0].when < some[-1].when and any(figure.type in COUNTED for figure in some)
    ]


def _chart(unit: str, figures: Sequence[Figure]) -> Chart:
    first, last = figures[0].when, figures[-1].when
    top = max(figure.value for figure in figures)

    def across(day: dt.date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first) / (last - first), 1)

    points = _labelled(
        [
            Point(
                across(figure.when),
                round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * figure.value / (top or 1), 1),
                figure,
            )
            for figure in _distinct(figures)
        ]
    )
    counted = [point for point in points if not point.promised and not point.joined]
    path = " ".join(f"{'L' if n else 'M'}{point.x} {point.y}" for n, point in enumerate(counted))
    begins = [dt.date(year, 1, 1) for year in range(first.year, last.year + 1)]
    return Chart(unit, points, path, [(across(begin), begin.year) for begin in begins if first <= begin])


def _labelled(points: list[Point]) -> list[Point]:
    """The points, as many labelled as there is room for; the last, the first and the greatest come first."""
    order = sorted(points, key=lambda p: (p is not points[-1], p is not points[0], -p.figure.value))
    shown: list[Point] = []
    for point in order:
        if all(abs(point.x - other.x) > LABEL or abs(point.y - other.y) > LINE for other in shown):
            shown.append(point)
            point.labelled = True
    return points


def _distinct(figures: Iterable[Figure]) -> list[Figure]:
    """One figure of those that state the same of the same day."""
    return list({(f.when, f.status, f.value, f.comparator, f.type == JOINED): f for f in figures}.values())
