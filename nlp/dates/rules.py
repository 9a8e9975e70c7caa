"""How a rule reads a date: what it knows of the text, and what it makes of its match."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from nlp.analysis import Analysis
from nlp.dates.chronology import Moment, dated
from nlp.dates.cues import preposition, tense
from nlp.dates.mention import DateMention
from nlp.dates.vocabulary import MONTHS, YEARS


@dataclass(slots=True)
class Reader:
    """What the rules know while they go through one text."""

    low: str  # the text in lower case, ё as е, of the same length
    reference: date | None
    analysis: Analysis
    found: list[DateMention]

    def before(self, precision: int) -> DateMention | None:
        """The date told last that is at least as precise (4 year, 7 month, 10 day) and no deadline."""
        recent = islice(reversed(self.found), _MEMORY)
        return next((m for m in recent if len(m.iso) >= precision and m.kind in ("point", "as_of")), None)

    def ahead(self, start: int, stop: int) -> bool | None:
        """Whether what is dated lies ahead, as its preposition or the verb nearest to it says."""
        if preposition(self.low, start) == "deadline":
            return True
        return tense(self.analysis.sentences, start, stop)


_MEMORY = 20  # dates back that «в тот же день» can mean

Rule = Callable[[Reader, "re.Match[str]"], DateMention | None]
RULES: list[tuple[str, re.Pattern[str], Rule]] = []  # what it begins with, how it goes on, what it means


def rule(begins: str, pattern: str) -> Callable[[Rule], Rule]:
    """Enters a function as the reading of a pattern; `begins` says with what words (reading.py)."""

    def register(read: Rule) -> Rule:
        RULES.append((begins, re.compile(pattern), read))
        return read

    return register


def point(found: re.Match[str], moment: Moment, *, relative: bool = False) -> DateMention:
    return DateMention(found.start(), found.end(), moment.iso, moment.precision, "point", relative)


def yearless(reader: Reader, found: re.Match[str], moment: Moment) -> DateMention | None:
    """A day or month whose year must be understood."""
    if reader.reference is None:
        return None
    past, future = (dated(moment, reader.reference, ahead) for ahead in (False, True))
    ahead = reader.ahead(found.start(), found.end())
    best = dated(moment, reader.reference, ahead)
    return DateMention(found.start(), found.end(), best.iso, best.precision, "point", past=past.iso, future=future.iso)


def range_of(reader: Reader, found: re.Match[str], first: Moment, last: Moment) -> DateMention | None:
    """A range as what both ends share; year 0 stands for a year to be understood."""
    if first.year == 0 or last.year == 0:
        if reader.reference is None:
            return None
        ahead = reader.ahead(found.start(), found.end())
        last = last if last.year else dated(last, reader.reference, ahead)
        first = replace(first, year=last.year - ((first.month or 0) > (last.month or 0)))
    shared = last.month if first.year == last.year and first.month == last.month else None
    whole = Moment(last.year, shared)
    if not (first.valid(reader.reference) and last.valid(reader.reference)):
        return None
    return DateMention(found.start(), found.end(), whole.iso, whole.precision, "range", first=first.iso, last=last.iso)


def month_of(word: str) -> int:
    return next(number for stem, number in MONTHS.items() if word.startswith(stem[:3]))


def year_of(reader: Reader, found: re.Match[str]) -> tuple[int | None, bool]:
    """The year written after a month, and whether it is told relatively."""
    if found["y"]:
        return int(found["y"]), False
    if found["ty"] == "того же года":
        return (int(reader.found[-1].iso[:4]), True) if reader.found else (None, False)
    if reader.reference and found["ry"]:
        return reader.reference.year + YEARS[found["ry"]], True
    if reader.reference and found["ty"]:
        return reader.reference.year, True
    return None, False
