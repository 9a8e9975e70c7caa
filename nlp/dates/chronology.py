"""Arithmetic of partial dates: a year, a month or a day, and which one a text means when it leaves the year out."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "month", "year"]

EARLIEST = 1991  # initiatives of the regions begin with the regions; before that a year is history
HORIZON = 30  # years ahead of publication that a plan can reach


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A date as precise as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """ISO 8601: 2024, 2024-07 or 2024-07-22."""
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def precision(self) -> Precision:
        return "day" if self.day else "month" if self.month else "year"

    def valid(self, reference: date | None) -> bool:
        """Whether the calendar has it and a release could speak of it."""
        latest = (reference or date(2030, 1, 1)).year + HORIZON
        if not EARLIEST <= self.year <= latest or not 1 <= (self.month or 1) <= 12:
            return False
        return self.day is None or 1 <= self.day <= monthrange(self.year, self.month or 1)[1]


def parse(iso: str) -> Moment:
    """The moment of an ISO date of any precision."""
    return Moment(*map(int, iso.split("-")))


def of(day: date) -> Moment:
    return Moment(day.year, day.month, day.day)


def as_date(moment: Moment) -> date:
    """The middle of what the moment may mean, for measuring distances."""
    month = moment.month or 7
    return date(moment.year, month, moment.day or min(15, monthrange(moment.year, month)[1]))


def shifted(reference: date, *, years: float = 0, months: int = 0, weeks: int = 0, days: int = 0) -> Moment:
    """A span away from a day, no more precise than the span's unit; a week is given as its month."""
    if days:
        return of(reference + timedelta(days=days))
    if weeks:
        day = reference + timedelta(weeks=weeks)
        return Moment(day.year, day.month)
    total = reference.year * 12 + reference.month - 1 + months + round(years * 12)
    return Moment(total // 12, total % 12 + 1) if months else Moment(total // 12)


def weekday(reference: date, number: int, *, weeks: int | None, future: bool) -> Moment:
    """The day of the week nearest to the reference, or in the week that is `weeks` from its own."""
    distance = number - reference.weekday()
    if weeks is not None and weeks > 0:
        distance += 7 if distance <= 0 else 0
    elif weeks is not None and weeks < 0:
        distance -= 7 if distance >= 0 else 0
    elif weeks is None:
        distance = distance % 7 if future else -(-distance % 7)
    return of(reference + timedelta(days=distance))


def dated(moment: Moment, reference: date, future: bool | None) -> Moment:
    """A month or day with the year it must be of: the next, the last, or the nearest to the reference."""
    own = moment if moment.month else Moment(moment.year)
    candidates = [replace(own, year=reference.year + shift) for shift in (-1, 0, 1)]
    candidates = [c for c in candidates if c.valid(reference)]
    now = Moment(reference.year, reference.month if own.month else None, reference.day if own.day else None)
    if future is True:
        candidates = [c for c in candidates if c >= now]
    elif future is False:
        candidates = [c for c in candidates if c <= now]
    return min(candidates, key=lambda c: abs((as_date(c) - reference).days), default=own)
