"""Sitemaps: those for news (titles, dates of publication) and plain ones (addresses, dates of change)."""

from __future__ import annotations

import gzip
import zlib
from urllib.parse import urlsplit

from lxml import etree

from spiders.extraction import clean_url, parse_date
from spiders.listing import Listing, ListItem, ListPage, UnknownShape
from spiders.platforms.base import Platform

MAX_UNPACKED = 50 * 1024 * 1024  # bytes: the protocol's own limit for one sitemap


class Sitemap(Platform):
    name = "sitemap"

    def doors(self) -> tuple[str, ...]:
        assert self.source.sitemap
        return (self.source.sitemap,)

    def read(self, page: ListPage) -> Listing:
        return read_sitemap(page)


def is_sitemap(page: ListPage) -> bool:
    head = page.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1000].lower()
    return b"<urlset" in head or b"<sitemapindex" in head or page.body.startswith(b"\x1f\x8b")


def read_sitemap(page: ListPage) -> Listing:
    """Entries of a sitemap or, of an index, its parts; both newest first. Raises UnknownShape.

    Of a sitemap of the whole site only what lies below the source's list is a release.
    """
    # No entity is resolved and nothing is loaded: the file comes from outside.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(_unpacked(page.body), parser)
    except etree.XMLSyntaxError as error:
        raise UnknownShape(f"no XML: {error}") from error
    kind = etree.QName(root).localname if root is not None else ""
    if kind == "sitemapindex":
        parts = [(text(entry, "lastmod"), text(entry, "loc")) for entry in root]
        return Listing((), parts=tuple(loc for _, loc in sorted(parts, reverse=True) if loc))
    if kind != "urlset":
        raise UnknownShape(f"a sitemap is wanted, here is <{kind}>")
    items = [_item(entry, page) for entry in root if isinstance(entry.tag, str) and _is_release(entry, page)]
    return Listing(tuple(sorted(items, key=_newest, reverse=True)))


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = unpacker.decompress(body, MAX_UNPACKED)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise UnknownShape(f"a broken gzip: {error}") from error
    if unpacker.unconsumed_tail:
        raise UnknownShape("a sitemap larger than the protocol allows")
    return data


def _is_release(entry: etree._Element, page: ListPage) -> bool:
    loc = text(entry, "loc")
    if not loc:
        return False
    if text(entry, "publication_date") or not page.source.list:
        return True
    there, home = urlsplit(loc).path, urlsplit(page.source.list).path
    return there.startswith(home) and there.rstrip("/") != home.rstrip("/")


def _item(entry: etree._Element, page: ListPage) -> ListItem:
    published, changed = text(entry, "publication_date"), text(entry, "lastmod")
    modified = parse_date(changed, zone=page.source.zone, now=page.fetched_at) if changed else None
    return ListItem(
        clean_url(text(entry, "loc")),
        text(entry, "title"),
        parse_date(published, zone=page.source.zone, now=page.fetched_at) if published else None,
        modified=modified.day if modified else None,
    )


def text(entry: etree._Element, name: str) -> str:
    """Text of a descendant, whatever its namespace."""
    return str(entry.xpath(f"string(.//*[local-name()='{name}'])")).strip()


def _newest(item: ListItem) -> str:
    day = item.moment.day if item.moment else item.modified
    return day.isoformat() if day else ""
