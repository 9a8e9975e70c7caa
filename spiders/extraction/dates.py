"""Dates as Russian pages write them.

Where in a text a date stands, and how precise it is, is told by the patterns here; what it means, by dateparser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import dateparser

Precision = Literal["minute", "day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was published: the day in the source's zone, and the instant where the minute is known too."""

    day: date
    at: datetime | None
    precision: Precision


_MONTH = (
    r"(?:янв(?:ар[ья])?|февр?(?:ал[ья])?|мар(?:та?)?|апр(?:ел[ья])?|ма[йя]|июн[ья]?|июл[ья]?|авг(?:уста?)?"
    r"|сент?(?:ябр[ья])?|окт(?:ябр[ья])?|нояб?(?:р[ья])?|дек(?:абр[ья])?)\.?"
)
# Dates that mean the same whenever they are read.
_WHOLE = re.compile(r"\d{4}|\d\d[./-]\d\d[./-]\d\d")
_TIME = re.compile(r"(?<![\d.:])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d.])")

_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)([-/.])(?P<month>\d\d)\2(?P<day>\d\d)"
    r"(?:[T ](?P<clock>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(?P<offset>Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
# Each pattern with the precision of what it finds, more telling ones first.
_FORMS: tuple[tuple[re.Pattern[str], Precision], ...] = (
    (re.compile(rf"(?<!\d)(?:[0-3]?\d)\s+{_MONTH}\s*,?\s*(?:19|20)\d\d(?!\d)"), "day"),
    (re.compile(r"(?<![\d.])[0-3]?\d([./-])[01]?\d\1(?:19|20)\d\d(?!\d)"), "day"),
    (re.compile(r"(?<![\d.])[0-3]\d([./-])[01]\d\1\d\d(?![\d.])"), "day"),
    (re.compile(rf"(?<!\d)(?:[0-3]?\d)\s+{_MONTH}(?![а-яё])"), "day"),
    (re.compile(r"(?<![а-яё])(?:сегодня|вчера|позавчера)(?![а-яё])"), "day"),
    (re.compile(r"(?<!\d)\d{1,2}\s+(?:минут[уы]?|час(?:а|ов)?)\s+назад"), "minute"),
    (re.compile(r"(?<!\d)\d{1,2}\s+(?:дн(?:я|ей)|день)\s+назад"), "day"),
    (re.compile(rf"(?<!\d\s)(?<![а-яё]){_MONTH}\s+(?:19|20)\d\d(?!\d)"), "month"),
)


def parse_date(text: str, *, zone: str, now: datetime | None = None) -> Moment | None:
    """The first date in a short text («Опубликовано: 16 Марта 2018», «Вчера, 12:30», «17 МАРТА», ISO 8601).

    `now` (aware) is when the page was fetched: relative dates and those without a year are counted back from it, and
    without it they are not read. Nothing later than a day after `now` is a date of publication.
    """
    tz = ZoneInfo(zone)
    text = " ".join(text.replace("\xa0", " ").split())
    moment = _iso(text, tz) or _written(text.lower().replace("ё", "е"), tz, now)
    if moment and now and moment.day > now.astimezone(tz).date() + timedelta(days=1):
        return None
    return moment


def _iso(text: str, tz: ZoneInfo) -> Moment | None:
    found = _ISO.search(text)
    if not found:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        clock = time.fromisoformat(found["clock"]) if found["clock"] else time()
    except ValueError:
        return None
    return _moment(datetime.combine(day, clock), found["offset"], tz)


def _moment(naive: datetime, offset: str | None, tz: ZoneInfo) -> Moment:
    # Midnight on the dot is how content systems write "no time": the day is meant, whatever the offset says of it.
    if naive.time() == time():
        return Moment(naive.date(), None, "day")
    if offset:
        zoned = datetime.fromisoformat(naive.isoformat() + ("+00:00" if offset == "Z" else offset)).astimezone(tz)
    else:
        zoned = naive.replace(tzinfo=tz)
    return Moment(zoned.date(), zoned, "minute")


def _written(text: str, tz: ZoneInfo, now: datetime | None) -> Moment | None:
    for pattern, precision in _FORMS:
        found = pattern.search(text)
        if not found:
            continue
        value = _meaning(found.group(), tz, now)
        if value is None:
            continue
        if precision == "minute":
            return Moment(value.date(), value.replace(tzinfo=tz), "minute")
        clock = _TIME.search(text[: found.start()] + "|" + text[found.end() :])
        if clock and precision == "day":
            at = datetime.combine(value.date(), time(int(clock["hour"]), int(clock["minute"])), tz)
            return Moment(at.date(), at, "minute")
        return Moment(value.date(), None, precision)
    return None


def _meaning(words: str, tz: ZoneInfo, now: datetime | None) -> datetime | None:
    if _WHOLE.search(words):
        return _read(words, None)
    return _read(words, now.astimezone(tz).replace(tzinfo=None)) if now else None


@lru_cache(maxsize=4096)
def _read(words: str, base: datetime | None) -> datetime | None:
    """dateparser's reading of a date; relative ones count from `base` (local, naive)."""
    settings = {"DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past", "PREFER_DAY_OF_MONTH": "first"}
    parsed: datetime | None = dateparser.parse(
        words, languages=["ru"], settings=settings | ({"RELATIVE_BASE": base} if base else {})
    )
    return parsed
