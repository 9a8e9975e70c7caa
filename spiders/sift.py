"""Releases in a heap of archived responses: what is one, whose it is, and why the others are none.

What a crawl learnt from a source's lists is learnt again from the lists in the archive, so that a release read from
there equals the one that the crawl brought: the same address, text and date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import urljoin

import py3langid
from w3lib.url import safe_url_string

from spiders.archive import Archived
from spiders.article import Article
from spiders.belonging import Belonging
from spiders.blocks import find_block
from spiders.dating import Dating, choose, of_list, of_page
from spiders.extraction import Hints, decode, extract_article
from spiders.hosts import host_of
from spiders.listing import ListItem, ListPage, UnknownShape
from spiders.platforms import platform_of, read_list
from spiders.platforms.feed import feeds_of, is_feed
from spiders.registry import Source

PASSED = {  # why a response is passed over
    "given": "a document that was given as a file: `zamena ingest --documents` reads it",
    "status": "no page: another HTTP status than 200",
    "type": "no page: something else than HTML",
    "blocked": "a challenge, a login wall or an empty answer",
    "list": "a list of releases; what its entries say of themselves is used for their pages",
    "language": "not in Russian",
    "text": "no text was found on the page",
    "undated": "no date of publication was found, and no list names the page",
    "topic": "of no declared regional site, and nothing in it that the reader's gate would let in",
}
ZONE = "Europe/Moscow"  # of sites that nobody declared
_LETTER = re.compile("[А-яЁё]")
LEAST = 200  # Cyrillic letters in the markup: a page with fewer is not worth parsing


class Passed(Exception):  # noqa: N818 - no error: the way of most responses
    """The response holds no release; `reason` is a key of PASSED."""

    def __init__(self, reason: str) -> None:
        super().__init__(PASSED[reason])
        self.reason = reason


class Sieve:
    """Looks through the responses of one file in their order, in which lists come before what they list.

    `owner` is the source whose own crawl wrote the file; in other files each address tells whose it is.
    """

    def __init__(self, sources: Iterable[Source], owner: Source | None = None) -> None:
        self._belonging = Belonging(sources)
        self._owner = owner
        self._seen: dict[str, _Lists] = {}

    def take(self, page: Archived) -> list[Article]:
        """The releases that a response holds; where they lie is left to the caller. Raises Passed."""
        if page.kind != "response":
            raise Passed("given")
        source = self._owner or self._belonging.source(page.url)
        lists = self._seen.setdefault(source.id, _Lists(source)) if source else None
        if page.status != 200:
            if lists:
                lists.moved(page)
            raise Passed("status")
        if find_block(page.status, page.headers, page.body, page.url):
            raise Passed("blocked")
        if lists and page.url in lists.addresses:
            return lists.read(page)
        if "html" not in (page.content_type or "text/html"):
            raise Passed("type")
        return [self._release(page, source, lists)]

    def _release(self, page: Archived, source: Source | None, lists: _Lists | None) -> Article:
        if self._owner is None and _cyrillic(decode(page.body, page.content_type)) < LEAST:
            raise Passed("language")
        read = extract_article(
            page.body,
            page.url,
            content_type=page.content_type,
            hints=lists.hints if lists else Hints(),
            zone=source.zone if source else ZONE,
            fetched_at=page.fetched_at,
        )
        if not _cyrillic(read.body):
            raise Passed("text")
        if self._owner is None and py3langid.classify(read.body)[0] != "ru":
            raise Passed("language")
        item, sign = lists.items.get(page.url, (None, "")) if lists else (None, "")
        if item is None and self._owner is None and read.published_on is None:
            raise Passed("undated")
        dating = choose(item, read, sign) if item else of_page(read)
        title = read.title or (item.title if item else "")
        author = read.author or (item.author if item else None)
        name, region = (source.name, source.region) if source else (None, self._belonging.region(page.url))
        return _article(
            page,
            item.url if item else page.url,
            read.canonical_url,
            title,
            read.body,
            dating,
            source=source.id if source else host_of(page.url),
            region=region,
            author=author or name,
        )


class _Lists:
    """What the lists of one source have said so far."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._platform = platform_of(source)
        self.addresses = dict.fromkeys(self._platform.doors(), True)  # of lists: whether a list begins there
        self.items: dict[str, tuple[ListItem, str]] = {}  # by address, with the sign of a list or a feed

    @cached_property
    def hints(self) -> Hints:
        return self._platform.hints()

    def read(self, page: Archived) -> list[Article]:
        """The releases that a list carries whole. What it says of others is kept for their pages."""
        shown = ListPage(
            self._source, page.url, page.body, page.content_type, page.fetched_at, self.addresses[page.url]
        )
        try:
            listing = read_list(self._platform, shown)
        except UnknownShape:
            raise Passed("list") from None
        self.addresses |= dict.fromkeys((*listing.parts, *feeds_of(shown)), True)
        if listing.next:
            self.addresses.setdefault(listing.next, False)
        sign = "feed" if is_feed(shown) else "list"
        self.items.update((safe_url_string(item.url), (item, sign)) for item in listing.items)
        whole = [item for item in listing.items if item.text and _cyrillic(item.text)]
        if not whole:
            raise Passed("list")
        return [
            _article(
                page,
                item.url,
                item.url,
                item.title,
                item.text or "",
                of_list(item, sign),
                source=self._source.id,
                region=self._source.region,
                author=item.author or self._source.name,
            )
            for item in whole
        ]

    def moved(self, page: Archived) -> None:
        """A page or list that answers with another address: what is known of the one holds for the other."""
        if target := page.headers.get("location"):
            there = urljoin(page.url, target)
            if page.url in self.addresses:
                self.addresses[there] = self.addresses[page.url]
            if page.url in self.items:
                self.items[there] = self.items[page.url]


def _article(
    page: Archived,
    listed: str,
    url: str,
    title: str,
    body: str,
    dating: Dating,
    *,
    source: str,
    region: str | None,
    author: str | None,
) -> Article:
    return Article(
        source=source,
        url=url,
        page=listed,
        title=title,
        text=f"{title}\n\n{body}" if title else body,
        published_on=dating.day,
        published_at=dating.at,
        date_source=dating.source,
        date_precision=dating.precision,
        author=author,
        source_region=region,
        fetched_at=page.fetched_at,
    )


def _cyrillic(text: str) -> int:
    return len(_LETTER.findall(text))
