"""In what manner a page is written: its dates, its encoding, its markup, its version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from babel.dates import format_date

from playground.hosts import DateStyle, Declared, Host

Precision = Literal["minute", "day"] | None
Version = Literal["normal", "print", "special", "amp"]


@dataclass(frozen=True, slots=True)
class Manner:
    """All that varies between pages of one platform. A host has one manner; hostile pages take every other."""

    date_style: DateStyle = "long"
    date_on_page: bool = True
    updated: bool = False  # a second date, of the last change, stands beside the first
    encoding: str = "utf-8"
    declared: Declared = "both"
    version: Version = "normal"
    damage: int | None = None  # seed of what is broken in the markup

    @classmethod
    def of(cls, host: Host) -> Manner:
        return cls(host.date_style, host.date_on_page, encoding=host.encoding, declared=host.declared)

    @staticmethod
    def later(at: datetime) -> datetime:
        """When a release was changed or commented on: some days after its publication."""
        return at + timedelta(days=3, hours=2)

    @property
    def content_type(self) -> str:
        charset = self._other if self.declared == "wrong" else self.encoding
        return "text/html" + (f"; charset={charset}" if self.declared in ("both", "header", "wrong") else "")

    @property
    def _other(self) -> str:
        return "utf-8" if self.encoding != "utf-8" else "windows-1251"

    @property
    def meta_charset(self) -> str | None:
        return self.encoding if self.declared in ("both", "meta") else None


def precision(style: DateStyle) -> Precision:
    """What a reader can learn from a date in this style."""
    if style == "none":
        return None
    return "minute" if style in ("long_time", "time_first", "dots_time", "relative") else "day"


def write_date(at: datetime | None, style: DateStyle, now: datetime) -> str:
    """A local time in a site's own words; empty where the style or the release has none."""
    if at is None or style == "none":
        return ""
    day, clock = format_date(at, "d MMMM y", locale="ru"), f"{at:%H:%M}"
    match style:
        case "long":
            return day.title()
        case "long_time":
            return f"{day} {clock}"
        case "time_first":
            number, month, year = day.split()
            return f"{clock} | {number} {month}, {year}"
        case "dots":
            return f"{at:%d.%m.%Y}"
        case "dots_time":
            return f"{at:%d.%m.%Y}, {clock}"
        case "dashes":
            return f"{at:%d-%m-%Y}"
        case "prefixed":
            return f"Опубликовано: {day.title()}"
        case "upper":
            return format_date(at, "d MMMM", locale="ru").upper()
        case "relative":
            days = (now.date() - at.date()).days
            return f"{({0: 'Сегодня', 1: 'Вчера'}).get(days, day)}, {clock}"
