"""A date as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nlp.dates.chronology import Precision

DateKind = Literal["point", "deadline", "since", "range", "as_of"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written at `[start, stop)` of `Analysis.text`, without its preposition."""

    start: int
    stop: int
    iso: str  # as precise as it is known; of a range what both ends share, or its last year
    precision: Precision
    kind: DateKind
    relative: bool = False  # told by its distance from the publication or from another date
    first: str | None = None  # the ends of a range
    last: str | None = None
    past: str | None = None  # of a date without a year: the last such day, and the next
    future: str | None = None

    def resolved(self, future: bool) -> str:
        """The ISO date if the happening is known to be ahead (True) or behind (False)."""
        return (self.future if future else self.past) or self.iso
