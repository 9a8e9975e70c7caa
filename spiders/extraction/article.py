"""Extraction of one article page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from lxml.html import HtmlElement
from pydantic import AwareDatetime, BaseModel, ConfigDict

from spiders.extraction.body import found_body, selected_body
from spiders.extraction.canonical import canonical_url, clean_url
from spiders.extraction.embedded import embedded_release
from spiders.extraction.encoding import decode
from spiders.extraction.furniture import clear, trim
from spiders.extraction.hints import Hints, select
from spiders.extraction.metadata import Head
from spiders.extraction.published import Found, selected_date, shown_date, written_date
from spiders.extraction.text import line_of, parse
from spiders.extraction.title import find_heading, written_title


class Extracted(BaseModel):
    """What one page holds. `body` is plain text, one paragraph a line, without the title; empty if there is none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    body: str
    published_on: date | None = None  # in the source's own zone
    published_at: AwareDatetime | None = None  # where the minute is known
    date_source: str | None = None  # selector, json-ld, meta, time, text, url, htmldate
    date_precision: Literal["minute", "day", "month", "year"] | None = None
    author: str | None = None  # the body or person the page names as its source
    canonical_url: str


def extract_article(
    html: bytes | str,
    url: str,
    *,
    content_type: str | None = None,
    hints: Hints | None = None,
    zone: str = "Europe/Moscow",
    fetched_at: datetime | None = None,
) -> Extracted:
    """Read one page. `content_type` is the response's header, `zone` where the source keeps its clock, `fetched_at`
    (aware) what «вчера» counts from. Never fails on a bad page: what cannot be found is empty or None.
    """
    hints = hints or Hints()
    root = parse(decode(html, content_type) if isinstance(html, bytes) else html)
    if root is None:
        return Extracted(title="", body="", canonical_url=clean_url(url))
    head = Head(root)
    address, author = canonical_url(root, url), first_text(root, hints.author) or head.author()
    title = first_text(root, hints.title)
    date = _finest(selected_date(root, hints.date, zone, fetched_at), written_date(head.dates(), zone, fetched_at))
    body = selected_body(root, hints.body, hints.drop)
    if not (body and date and (title or not hints.titled)):
        carried = None if body else embedded_release(root)
        clear(root)
        heading = find_heading(root, head)
        date = date or shown_date(root, heading, url, zone, fetched_at)
        title = title or (line_of(heading) if heading is not None else written_title(head.headlines()))
        body = body or found_body(root, heading, date.element if date else None)
        if carried and len(carried.body) > 2 * len(body):  # what is shown is a frame without its picture
            title, body = carried.title, carried.body
            date = written_date([("meta", carried.date)], zone, fetched_at) or date
        body = body or head.description()
    title = title if hints.titled else ""
    return Extracted(
        title=title,
        body=trim(body, title),
        published_on=date.moment.day if date else None,
        published_at=date.moment.at if date else None,
        date_source=date.source if date else None,
        date_precision=date.moment.precision if date else None,
        author=author,
        canonical_url=address,
    )


def first_text(root: HtmlElement, selectors: Iterable[str]) -> str:
    """Text of the first element, in the selectors' order of trust, that has any; on one line."""
    for selector in selectors:
        for element in select(root, selector):
            if text := line_of(element):
                return text
    return ""


def _finest(shown: Found | None, named: Found | None) -> Found | None:
    """What a selector shows, unless the head tells the minute of the very same day."""
    if shown and named and named.moment.day == shown.moment.day and shown.moment.at is None and named.moment.at:
        return Found(named.moment, named.source, shown.element)
    return shown or named
