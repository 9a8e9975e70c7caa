"""Going through a text for its dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import nlp.dates.absolute
import nlp.dates.relative  # noqa: F401  both enter their rules
from nlp.analysis import Analysis
from nlp.dates.chronology import Moment, as_date, parse
from nlp.dates.cues import with_kind
from nlp.dates.mention import DateMention
from nlp.dates.rules import RULES, Reader, Rule
from nlp.dates.vocabulary import DAYS, MONTHS, SEASONS, TABLE, WEEKDAYS, YEARS
from nlp.numerals import ORDINALS

_WORD = re.compile(r"(?<![\w.-])\w+")
_PREFIX = 3  # letters of a word by which the rules for it are found
_BEGINNINGS: dict[str, Iterable[str]] = {
    "digit": "0123456789",
    "now": TABLE["now"],
    "same": TABLE["same"],
    "month": (*MONTHS, "май", "мая", "маю", "мае", "маем"),
    "quarter": ("квартал", "полугодие"),
    "season": SEASONS,
    "day": DAYS,
    "year": (*YEARS, "прошлогодний"),
    "part": ("начало", "середина", "конец", "исход", "завершение", "нового", "года"),
    "ago": ("тому", "назад", "ранее", "раньше", "позже", "спустя"),
    "through": ("через", "в"),
    "months": ("за",),
    "weekday": WEEKDAYS,
    "event": TABLE["events"],
    "ordinal": ORDINALS,
}


def _by_beginning() -> dict[str, list[tuple[re.Pattern[str], Rule]]]:
    """The rules that can read what begins with a digit or with these letters."""
    found: dict[str, list[tuple[re.Pattern[str], Rule]]] = {}
    for kind, words in _BEGINNINGS.items():
        for beginning in dict.fromkeys(word.split()[0][:_PREFIX] for word in words):
            found.setdefault(beginning, []).extend((pattern, read) for begins, pattern, read in RULES if begins == kind)
    return found


_RULES = _by_beginning()


def find_dates(analysis: Analysis) -> list[DateMention]:
    """The dates of a release in order of position; those that make no sense are left out."""
    reader = Reader(_lowered(analysis.text), None, analysis, [])
    reader.reference = analysis.published or _written(reader)
    _read(reader)
    return reader.found


def document_date(analysis: Analysis) -> date | None:
    """When the release was published: as given, or as its dateline or address says."""
    if analysis.published:
        return analysis.published
    return _dateline(analysis.text) or (url_date(analysis.url) if analysis.url else None)


def url_date(url: str) -> date | None:
    """A day written in an address: /2024/07/22/, 2024-07-22, 20240722, 22-07-2024."""
    for pattern in _URL:
        for found in pattern.finditer(url):
            moment = Moment(int(found["y"]), int(found["m"]), int(found["d"]))
            if moment.valid(None):
                return as_date(moment)
    return None


_URL = [
    re.compile(r"(?<!\d)(?P<y>20\d\d)([-/_.]?)(?P<m>\d\d)\2(?P<d>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d\d)([-/_.]?)(?P<m>\d\d)\2(?P<y>20\d\d)(?!\d)"),
]
_DATELINE_LENGTH = 90  # a line longer than this is prose
_DATELINE_LINES = 5


def _dateline(text: str) -> date | None:
    """A whole date in one of the short lines a release opens or closes with."""
    lines = [line for line in text.split("\n") if line.strip()]
    for line in lines[:_DATELINE_LINES] + lines[: -_DATELINE_LINES - 1 : -1]:
        if len(line) <= _DATELINE_LENGTH and (day := _first_day(Analysis(line, None, None), 10)):
            return day
    return None


def _written(reader: Reader) -> date | None:
    """Against what to resolve when the publication day is not known: the dateline, or the first whole date."""
    return document_date(reader.analysis) or _first_day(reader.analysis)


def _first_day(analysis: Analysis, precision: int = 7) -> date | None:
    """The first day written out with its year; with precision 7 a month will do."""
    reader = Reader(_lowered(analysis.text), None, analysis, [])
    _read(reader)
    precise = sorted((m for m in reader.found if len(m.iso) >= precision), key=lambda m: -len(m.iso))
    return as_date(parse(precise[0].iso)) if precise else None


def _read(reader: Reader) -> None:
    low, done = reader.low, 0
    for word in _WORD.finditer(low):
        start = word.start()
        rules = _RULES.get(low[start] if low[start].isdigit() else word[0][:_PREFIX])
        if rules is None or start < done:
            continue
        for pattern, read in rules:
            found = pattern.match(low, start)
            mention = read(reader, found) if found else None
            if mention and mention.start >= done:  # a rule may reach back, but not into what was read
                if _sane(mention, reader.reference):
                    reader.found.append(with_kind(mention, low))
                done = mention.stop
                break


def _sane(mention: DateMention, reference: date | None) -> bool:
    """Whether the calendar has it and a release can speak of it."""
    return all(parse(iso).valid(reference) for iso in (mention.iso, mention.first, mention.last) if iso)


def _lowered(text: str) -> str:
    """The text in lower case, ё as е, of the same length."""
    low = text.lower().replace("ё", "е")
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
