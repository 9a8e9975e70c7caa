"""The one spider: walks a source's list, fetches what is wanted, hands over articles and a report.

What a list looks like is the platform's business (spiders/platforms), how far to walk spiders/walk's, what a page says
spiders/extraction's. Here they meet Scrapy's requests.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from spiders.article import Article
from spiders.conclusion import Ends
from spiders.dating import Dating, choose, of_list
from spiders.doors import Doors
from spiders.extraction import extract_article
from spiders.failures import code_of
from spiders.hosts import same_site
from spiders.known import KnownPage
from spiders.listing import Listing, ListItem, ListPage, UnknownShape
from spiders.lists import ListMemory, Remembered
from spiders.platforms import platform_of, read_list
from spiders.platforms.feed import feeds_of, is_feed
from spiders.reasons import reasons
from spiders.registry import Source
from spiders.report import CrawlReport
from spiders.responses import content_type, from_archive, header
from spiders.walk import Walk

# Articles come before further pages of the list: newest first, and never more than a page of them in memory.
ARTICLE, LIST = 10, 0

ENOUGH_FAILURES = 5  # articles in a row that cannot be fetched
TRUSTED = timedelta(days=7)  # the widest window in which a list may answer that it has not changed


class SourceSpider(scrapy.Spider):
    """A class of its own for each source is made by spiders.loader."""

    source: ClassVar[Source]
    lists: ListMemory

    def __init__(
        self,
        *,
        since: date | str | None = None,
        until: date | str | None = None,
        known: Mapping[str, KnownPage] | None = None,
        done: Collection[str] = (),
        stop_when_known: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.platform = platform_of(self.source)
        self.hints = self.platform.hints()
        self.known = known or {}
        self.walk = Walk(_day(since), _day(until), self.known, done, stop_when_known)
        self.report = CrawlReport(source=self.source.id, region=self.source.region, started_at=datetime.now(UTC))
        self.report.resumed = self.report.articles = len(done)
        self.ends = Ends()
        self.fetched = self.read = 0  # article pages that are not gone; those of them with a text
        self.doors = Doors(self.platform.doors(), self.source.homepage)
        self._parts: deque[str] = deque()
        self._failures = 0  # in a row

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        settings.set("DOWNLOAD_DELAY", cls.source.delay, priority="spider")
        settings.set("AUTOTHROTTLE_START_DELAY", cls.source.delay, priority="spider")
        super().update_settings(settings)  # a crawl's own settings come last

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.item_error, signal=signals.item_error)
        spider.lists = ListMemory(Path(crawler.settings["ARCHIVE"]), spider.source.id)
        return spider

    def item_error(self) -> None:
        """An article that could not be written."""
        self.ends.exceptions += 1

    async def start(self) -> AsyncIterator[Request]:
        for request in self._next_door():
            yield request

    # -- lists ---------------------------------------------------------------------------------------------------

    def _list_request(self, url: str, *, first: bool) -> Request:
        last = self.lists.recall(url) if first and self._asks_whether_changed else None
        return Request(
            url,
            self.parse_list,
            errback=self.list_failed,
            headers=last.validators.headers if last else {},
            cb_kwargs={"first": first, "asked": url, "last": last},
            meta={"handle_httpstatus_list": [304]} if last else {},
            priority=LIST,
            dont_filter=True,  # the walk knows what it has seen; a filtered redirect would be lost without a word
        )

    @property
    def _asks_whether_changed(self) -> bool:
        """Lists are asked afresh by the wider windows, so that a validator that is wrong hides nothing for long."""
        since = self.walk.since
        return since is None or datetime.now(self.source.tz).date() - since <= TRUSTED

    def parse_list(
        self, response: Response, first: bool, asked: str, last: Remembered | None
    ) -> Iterator[Request | Article]:
        if response.status == 304 and last is not None:
            self.report.lists_unchanged += 1
            response = from_archive(response, last)
        elif first:
            archive = response.meta["archive"]
            self.lists.note(asked, header(response, "ETag"), header(response, "Last-Modified"), archive)
        page = ListPage(
            self.source,
            response.url,
            response.body,
            content_type(response),
            response.meta["fetched_at"],
            first=first,
        )
        try:
            listing = read_list(self.platform, page)
        except UnknownShape as problem:
            yield from self._lost(response.url, "unknown_shape", str(problem), first=first)
            return
        self.ends.opened = True
        if first:
            self.doors.discover(feeds_of(page))
        step = self.walk.step(listing, first=first)
        feed = is_feed(page)
        for item in step.wanted:
            yield from self._take(item, response, "feed" if feed else "list")
        if step.end:
            self.ends.reach(step.end)
        elif listing.next:
            yield self._list_request(listing.next, first=False)
        else:
            yield from self._list_ended(listing, feed=feed)

    def _list_ended(self, listing: Listing, *, feed: bool) -> Iterator[Request]:
        self._parts.extend(listing.parts)
        if self._parts:
            yield self._list_request(self._parts.popleft(), first=True)
        elif feed and self.walk.passed_since:
            self.ends.reach("reached_since")
        elif feed and (self.ends.trouble or self.walk.since):
            # A feed is a window: its end is not the end of what there is.
            self.ends.windowed = True
            yield from self._next_door()
        else:
            self.ends.reach("exhausted")

    def list_failed(self, failure: Failure) -> Iterator[Request]:
        request, code, detail = self._reason(failure)
        yield from self._lost(request.url, code, detail, first=bool(request.cb_kwargs.get("first")))

    def _lost(self, url: str, code: str, detail: str, *, first: bool) -> Iterator[Request]:
        self.report.problem(url, code, detail)
        where = f"{detail} ({url})" if detail else url
        leave = reasons()[code].leave != "never"
        if first or leave:
            self.ends.lose(code, where)
        else:
            self.ends.lose("robots_pages" if code == "robots_forbidden" else "list_broken", f"{code}: {where}")
        if leave:
            raise CloseSpider(code)  # the host is asked for nothing more
        yield from self._next_door()

    def _next_door(self) -> Iterator[Request]:
        if door := self.doors.next(self.report.robots):
            yield self._list_request(door, first=True)

    def _reason(self, failure: Failure) -> tuple[Request, str, str]:
        """What was asked, the reason's code and a detail."""
        request = failure.request  # type: ignore[attr-defined]  # scrapy puts it there
        assert isinstance(request, Request)
        code, detail = code_of(failure.value, request.url)
        if code == "exception":  # not the site's doing: a full disk, or a defect of ours
            self.ends.exceptions += 1
            self.logger.error("%s: %s", request.url, failure.getTraceback())
        return request, code, detail

    # -- articles ------------------------------------------------------------------------------------------------

    def _take(self, item: ListItem, response: Response, sign: str) -> Iterator[Request | Article]:
        """An entry's article: from the list itself where that has all of it, else from its page."""
        if item.text:
            self.walk.dated(item.url, None)
            yield from self._article(item, response, item.title, item.text, of_list(item, sign), url=item.url)
            return
        if not same_site(item.url, self.source.list or self.source.homepage):
            self.report.outside += 1
            return
        known = self.known.get(item.url)
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
        yield Request(
            item.url,
            self.parse_article,
            errback=self.article_failed,
            headers={name: value for name, value in headers.items() if value},
            cb_kwargs={"item": item, "sign": sign},
            meta={"handle_httpstatus_list": [304]},
            priority=ARTICLE,
            dont_filter=True,
        )

    def parse_article(self, response: Response, item: ListItem, sign: str) -> Iterator[Article]:
        self._failures = 0
        if response.status == 304:
            self.walk.dated(item.url, None)
            self.report.unchanged.append(item.url)
            return
        self.fetched += 1
        page = extract_article(
            response.body,
            response.url,
            content_type=content_type(response),
            hints=self.hints,
            zone=self.source.zone,
            fetched_at=response.meta["fetched_at"],
        )
        if not _has_words(page.body):
            self.walk.dated(item.url, None)
            self.report.unreadable += 1
            self.report.problem(response.url, "unreadable", f"archived as {response.meta['archive'].file}")
            return
        self.read += 1
        dating = choose(item, page, sign)
        if self.walk.dated(item.url, dating.day):
            yield from self._article(
                item,
                response,
                page.title or item.title,
                page.body,
                dating,
                url=page.canonical_url,
                author=page.author,
                etag=header(response, "ETag"),
                last_modified=header(response, "Last-Modified"),
            )

    def _article(
        self, item: ListItem, response: Response, title: str, body: str, dating: Dating, *, url: str, **more: Any
    ) -> Iterator[Article]:
        more["author"] = more.get("author") or item.author or self.source.name
        article = Article(
            source=self.source.id,
            url=url,
            page=item.url,
            title=title,
            text=f"{title}\n\n{body}" if title else body,
            published_on=dating.day,
            published_at=dating.at,
            date_source=dating.source,
            date_precision=dating.precision,
            source_region=self.source.region,
            fetched_at=response.meta["fetched_at"],
            archive=response.meta["archive"],
            **more,
        )
        known = self.known.get(item.url)
        if known and known.fingerprint == article.fingerprint:
            self.report.unchanged.append(item.url)
            return
        self.report.articles += 1
        yield article

    def article_failed(self, failure: Failure) -> None:
        request, code, detail = self._reason(failure)
        self.report.problem(request.url, code, detail)
        if code == "not_found":
            self.report.gone += 1
            self._failures = 0
            return
        self.fetched += 1
        # What asking again will not mend is a problem of that page, and no gap that the next crawl could close.
        self.ends.missed += reasons()[code].severity == "temporary" or code == "forbidden"
        self._failures += 1
        if reasons()[code].leave == "always":
            self.ends.lose(code, f"{detail} ({request.url})")
            raise CloseSpider(code)  # the host is asked for nothing more
        if self._failures >= ENOUGH_FAILURES:
            self.ends.lose(code, f"{self._failures} pages in a row, the last {request.url}")
            raise CloseSpider(code)  # the host is asked for nothing more

    # -- the end -------------------------------------------------------------------------------------------------

    def closed(self, reason: str) -> None:
        self.report.listed, self.report.known = self.walk.listed, self.walk.seen_known
        stats = self.crawler.stats
        for name, value in (("listed", self.walk.listed), ("fetched", self.fetched), ("read", self.read)):
            stats.set_value(f"zamena/{name}", value)
        stats.set_value("zamena/expected", self._expected())
        self.ends.finish_reason = reason
        self.ends.exceptions += stats.get_value("spider_exceptions/count", 0)
        self.lists.save()

    def _expected(self) -> float:
        """Entries that a window of some weeks should list.

        An estimate nobody has checked alarms nobody, and none holds for years back.
        """
        days = (datetime.now(self.source.tz).date() - self.walk.since).days if self.walk.since else 0
        return self.source.weekly * days / 7 if 7 <= days <= 31 and self.source.status == "enabled" else 0


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _has_words(text: str) -> bool:
    return any("а" <= letter.lower() <= "я" for letter in text)
