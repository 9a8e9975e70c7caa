"""Obeys robots.txt (RFC 9309, read by protego) and records each decision in the crawl's report."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from spiders.extraction import decode
from spiders.failures import code_of
from spiders.reasons import Refused
from spiders.report import RobotsDecision, report_of

AGENT = "zamena"  # the product token by which robots.txt may name us
MAX_URLS = 50  # refused addresses kept by name


@dataclass(slots=True)
class _Rules:
    parsed: Protego
    decision: RobotsDecision
    barred: Refused | None = None  # the whole host: robots.txt exists and could not be had


class RobotsMiddleware:
    """Asks each host for its robots.txt once."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[_Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("robots_exempt"):
            return
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._fetch(site))
        rules = await self._rules[site]
        if rules.barred is None and rules.parsed.can_fetch(request.url, AGENT):
            rules.decision.allowed += 1
            return
        rules.decision.refused += 1
        if len(rules.decision.refused_urls) < MAX_URLS:
            rules.decision.refused_urls.append(request.url)
        raise rules.barred or Refused("robots_forbidden", request.url)

    async def _fetch(self, site: str) -> _Rules:
        request = Request(f"{site}/robots.txt", callback=NO_CALLBACK, meta={"robots_exempt": True})
        decision = RobotsDecision(host=urlsplit(site).netloc)
        report_of(self._crawler).robots.append(decision)
        try:
            response: Response = await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever the network does: the report names it
            code, detail = code_of(error, request.url)
            if code == "redirect_loop":  # there is no such file (RFC 9309, 2.3.1.2)
                return _Rules(Protego.parse(""), decision)
            return _Rules(Protego.parse(""), decision, Refused(code, f"robots.txt: {detail}"))
        decision.status = response.status
        if response.status >= 500 or response.status == 429:
            return _Rules(Protego.parse(""), decision, Refused("robots_unreachable", f"status {response.status}"))
        parsed = Protego.parse(decode(response.body) if response.status == 200 else "")
        decision.crawl_delay = parsed.crawl_delay(AGENT)
        decision.sitemaps = list(parsed.sitemaps)[:MAX_URLS]
        self._slow_down(request, decision.crawl_delay)
        return _Rules(parsed, decision)

    def _slow_down(self, request: Request, delay: float | None) -> None:
        """Makes what the host asks for the least delay between two requests."""
        throttle = self._crawler.get_extension(AutoThrottle)
        if not delay or throttle is None:
            return
        throttle.mindelay = max(throttle.mindelay, delay)
        throttle.maxdelay = max(throttle.maxdelay, delay)
        slot = self._crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot is not None:
            slot.delay = max(slot.delay, delay)
