"""Extraction of one article page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from lxml.html import HtmlElement
from pydantic import AwareDatetime, BaseModel, ConfigDict

from spiders.extraction.body import find_body, trim
from spiders.extraction.canonical import canonical_url, clean_url
from spiders.extraction.encoding import decode
from spiders.extraction.hints import Hints
from spiders.extraction.metadata import json_ld, meta
from spiders.extraction.published import find_date
from spiders.extraction.text import parse, to_text
from spiders.extraction.title import find_title


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
    moment, source = find_date(root, url, hints.date, zone, fetched_at)
    address = canonical_url(root, url)
    author = _first(root, hints.author) or json_ld(root, "author") or meta(root, "author", "article:author")
    title = _first(root, hints.title) or find_title(root)
    for selector in hints.drop:
        _drop(root.cssselect(selector))
    body = find_body(root, hints.body)
    return Extracted(
        title=title,
        body=trim(body, title),
        published_on=moment.day if moment else None,
        published_at=moment.at if moment else None,
        date_source=source if moment else None,
        date_precision=moment.precision if moment else None,
        author=author,
        canonical_url=address,
    )


def _first(root: HtmlElement, selectors: Iterable[str]) -> str:
    """Text of the first element, in the selectors' order of trust, that has any; on one line."""
    for selector in selectors:
        for element in root.cssselect(selector):
            if text := to_text(element).replace("\n", " "):
                return text
    return ""


def _drop(elements: Iterable[HtmlElement]) -> None:
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()
