"""RSS and Atom, with the dialects of Yandex: `yandex:full-text`, `turbo:content`, `content:encoded`."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import feedparser

from spiders.extraction import Moment, clean_url, decode, fragment_text, html_to_text, parse_date
from spiders.extraction.text import parse
from spiders.listing import Listing, ListItem, ListPage, UnknownShape, one_line
from spiders.platforms.base import Platform

# Shorter texts are leads: the page has the rest.
WHOLE = 400  # characters
_MARKUP = re.compile(r"<(?:p|br|div|li|ul|ol|h\d|span|a|b|strong|em|i|table|figure|img)\b[^>]*>", re.IGNORECASE)
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[&hellip;\]|Читать далее.{0,40})\s*$")


class Feed(Platform):
    """The feed itself is the list: there is nothing better to walk."""

    name = "feed"

    def doors(self) -> tuple[str, ...]:
        assert self.source.feed
        return (self.source.feed, *(door for door in super().doors() if door != self.source.feed))

    def read(self, page: ListPage) -> Listing:
        return read_feed(page)


def is_feed(page: ListPage) -> bool:
    head = page.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1000].lower()
    return b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head


def read_feed(page: ListPage) -> Listing:
    """Entries of a feed. Raises UnknownShape for what is not one; an empty feed is an empty list."""
    headers = {"content-type": page.content_type} if page.content_type else {}
    parsed = feedparser.parse(page.body, response_headers=headers)
    if not parsed.get("version"):
        raise UnknownShape("neither RSS nor Atom")
    return Listing(tuple(item for entry in parsed.entries if (item := _item(entry, page))), _next(parsed.feed))


def _item(entry: dict[str, Any], page: ListPage) -> ListItem | None:
    address = entry.get("link") or (entry.get("id") if str(entry.get("id", "")).startswith("http") else None)
    if not address:
        return None
    return ListItem(
        clean_url(str(address)),
        title := one_line(html_to_text(entry.get("title", ""))),
        _moment(entry, page),
        text=_text(entry, title),
        author=entry.get("author") or None,
    )


def _text(entry: dict[str, Any], title: str) -> str | None:
    """The whole text where the feed carries it, richest dialect first."""
    content = [part.get("value", "") for part in entry.get("content", [])]
    for value in (entry.get("turbo_content"), entry.get("yandex_full-text"), *content, entry.get("summary")):
        text = _plain(value or "", title)
        if len(text) >= WHOLE and not _CUT.search(text):
            return text
    return None


def _plain(value: str, title: str) -> str:
    """Text of a field that is markup or is not: only markup's white space may be folded."""
    if not _MARKUP.search(value):
        value = "".join(f"<p>{line}</p>" for line in value.splitlines())
    return fragment_text(value, title)


def _moment(entry: dict[str, Any], page: ListPage) -> Moment | None:
    written = str(entry.get("published") or entry.get("updated") or entry.get("date") or "")
    try:
        stamp = parsedate_to_datetime(written)
    except (TypeError, ValueError):
        return parse_date(written, zone=page.source.zone, now=page.fetched_at)
    # "-0000" and no zone at all alike mean that the writer's clock is all that is known.
    zoned: datetime = stamp if stamp.tzinfo else stamp.replace(tzinfo=page.source.tz)
    return parse_date(zoned.isoformat(), zone=page.source.zone, now=page.fetched_at)


def _next(feed: dict[str, Any]) -> str | None:
    """Feeds of many pages say so (RFC 5005)."""
    return next((str(link["href"]) for link in feed.get("links", []) if link.get("rel") == "next"), None)


def feeds_of(page: ListPage) -> list[str]:
    """Feeds that a page of HTML names in its head."""
    root = parse(decode(page.body, page.content_type)) if b"alternate" in page.body else None
    if root is None:
        return []
    links = root.xpath("//link[@rel='alternate'][@type='application/rss+xml' or @type='application/atom+xml']/@href")
    return [urljoin(page.url, link) for link in links]
