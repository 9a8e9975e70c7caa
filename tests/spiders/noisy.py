"""A part of Scrapy that complains: at its worst, and by raising where nobody listens."""

from __future__ import annotations

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler


class Noisy:
    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        noisy = cls()
        crawler.signals.connect(noisy.response_received, signal=signals.response_received)
        return noisy

    def response_received(self) -> None:
        logging.getLogger("twisted").critical("Unhandled error in Deferred")
        raise RuntimeError("no crawl's own")
