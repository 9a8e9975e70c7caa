"""What a list of releases says, whatever platform it is on: the types between platforms and the spider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from spiders.extraction import Moment
from spiders.registry import Source


class UnknownShape(ValueError):  # noqa: N818 - named for what was met, as it is told to people
    """A page that is not the list its platform should show. Never to be taken for an empty list."""


def one_line(text: str) -> str:
    """A headline as it is written, no-break spaces included, without line breaks and spaces around it."""
    return " ".join(text.split("\n")).strip(" ")


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list as it was fetched."""

    source: Source
    url: str
    body: bytes
    content_type: str | None
    fetched_at: datetime  # aware
    first: bool = True  # of its list


@dataclass(frozen=True, slots=True)
class ListItem:
    """An entry of a list. Where the list carries the whole release, `text` spares fetching its page."""

    url: str
    title: str = ""
    moment: Moment | None = None  # when it was published, as the list has it
    yearless: bool = False  # the list names no year (or says «вчера»): the moment is a reading, not a quotation
    modified: date | None = None  # last change, as sitemaps have it: not before its publication
    text: str | None = None  # whole plain text without the title
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page of a list holds, in the page's order. `next` leads to older entries."""

    items: tuple[ListItem, ...]
    next: str | None = None
    parts: tuple[str, ...] = ()  # further lists, newest first: what a sitemap's index points at
