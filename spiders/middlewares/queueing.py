"""Waits for the host's turn: many sources share one, as the channels of Telegram do, and crawls run side by side."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from spiders.middlewares.patience import LONGEST, retry_after
from spiders.queues import HostQueue


class QueueingMiddleware:
    """Nearest to the downloader: the turn lasts no longer than the host needs to answer.

    A crawl without a delay, as tests and measurements have it, queues for nothing.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._folder = Path(crawler.settings["ARCHIVE"]) / ".queues"
        self._who = f"{os.getpid()}-{id(crawler)}"
        self._held: dict[Request, HostQueue] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.engine_stopped, signal=signals.engine_stopped)
        return middleware

    async def process_request(self, request: Request) -> None:
        if self._delay(request):
            queue = HostQueue(self._folder, urlsplit(request.url).netloc.lower(), self._who)
            await queue.enter()
            self._held[request] = queue

    def process_response(self, request: Request, response: Response) -> Response:
        asked = retry_after(response) if response.status in {429, 503} else None
        since = request.meta.get("download_latency", 0.0)  # seconds since it was sent
        self._leave(request, max(self._delay(request) - since, min(asked or 0.0, LONGEST)))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        self._leave(request, self._delay(request))

    def engine_stopped(self) -> None:
        for request in list(self._held):
            self._leave(request, self._delay(request))

    def _leave(self, request: Request, pause: float) -> None:
        if queue := self._held.pop(request, None):
            queue.leave(max(0.0, pause))

    def _delay(self, request: Request) -> float:
        """Seconds between two requests: the declaration's, or what robots.txt or the host's slowness made of it."""
        least: float = self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        engine = self._crawler.engine
        slot = engine.downloader.slots.get(request.meta.get("download_slot", "")) if engine else None
        return max(least, slot.delay) if slot else least
