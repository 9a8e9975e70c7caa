"""The yardstick of collecting: a Scrapy spider that only fetches. `python -m benchmarks.bare PORT RELEASES`."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Request, Response

from benchmarks.loopback import address

AT_ONCE = {"CONCURRENT_REQUESTS": 8, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "LOG_LEVEL": "WARNING"}


class Bare(scrapy.Spider):
    name = "bare"

    async def start(self) -> AsyncIterator[Request]:
        for number in range(1, int(sys.argv[2]) + 1):
            yield Request(f"{address(0, int(sys.argv[1]))}/news/{number}/")

    def parse(self, response: Response) -> None:
        pass


if __name__ == "__main__":
    process = CrawlerProcess(AT_ONCE | {"TELNETCONSOLE_ENABLED": False})
    process.crawl(Bare)
    process.start()
