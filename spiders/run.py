"""Crawls in a process of their own: `python -m spiders.run < orders.json`; spiders.crawl starts it and waits.

Twisted's reactor cannot be started twice, nor beside another event loop; a process of their own also bounds what
hostile pages can do. Each crawl keeps to its own queue, limits and report; one that fails harms no other.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.settings import Settings
from twisted.python.failure import Failure

from spiders import registry
from spiders.conclusion import conclude
from spiders.known import read_done, read_known
from spiders.loader import spider_class
from spiders.order import Order
from spiders.report import CrawlReport
from spiders.spider import SourceSpider

ORDERS = TypeAdapter(list[Order])

# What these tell, of each crawl the same, is not worth a line: every line passes by a counter of every crawl.
_TALKATIVE = ("scrapy.middleware", "scrapy.crawler", "scrapy.addons")


def run(orders: Sequence[Order]) -> None:
    """Runs all orders side by side; each report is written when its crawl ends. All must agree on `allow_private`."""
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.set("ALLOW_PRIVATE", orders[0].allow_private, priority="project")  # the resolver serves all
    process = CrawlerProcess(settings)
    _quieten(orders, settings["LOG_LEVEL"])
    for order in orders:
        source = registry.get(order.source, *order.sources)
        try:
            known, done = read_known(order.known), read_done(order.articles)
        except ValueError as error:  # before the crawl: the first to begin is the one that sets the reactor up
            _write(_crashed(order, source.region, str(error)), order)
            continue
        crawler = process.create_crawler(spider_class(source, _settings(order)))
        ended = process.crawl(
            crawler,
            since=order.since,
            until=order.until,
            known=known,
            done=done,
            stop_when_known=order.stop_when_known,
        )
        ended.addBoth(_ended, crawler, order, source.region)
    if process.crawlers:
        process.start()


def _quieten(orders: Sequence[Order], usual: str) -> None:
    """Lines below what any crawl asks for are not even made: Scrapy writes two for every page."""
    levels = [logging.getLevelName(order.settings.get("LOG_LEVEL", usual)) for order in orders]
    logging.getLogger("scrapy").setLevel(min(levels))
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, *levels))


def _settings(order: Order) -> dict[str, Any]:
    return {
        "ARCHIVE": str(order.archive),
        "ARTICLES": str(order.articles),
        "CONTACT": order.contact,
        "USER_AGENT": f"zamena/0.1 (+{order.contact})",
        "CLOSESPIDER_PAGECOUNT": order.page_limit,
        "CLOSESPIDER_TIMEOUT": order.time_limit,
        **order.settings,
    }


def _ended(failure: Failure | None, crawler: Crawler, order: Order, region: str) -> None:
    spider = crawler.spider
    if isinstance(spider, SourceSpider) and failure is None:
        conclude(spider.report, spider.ends)
        _write(spider.report, order)
    else:
        _write(_crashed(order, region, str(failure.value) if failure else "no spider"), order)


def _crashed(order: Order, region: str, detail: str) -> CrawlReport:
    report = CrawlReport(source=order.source, region=region, started_at=datetime.now(UTC))
    report.conclude("crashed", detail)
    return report


def _write(report: CrawlReport, order: Order) -> None:
    report.finished_at = datetime.now(UTC)
    draft = order.report.with_suffix(".part")
    draft.write_text(report.model_dump_json(indent=1), encoding="utf-8")
    draft.replace(order.report)


def main(life: str | None = None) -> None:
    """`life` is a file descriptor that is closed when whoever waits for us is gone: then we go too, at once."""
    if life is not None:
        threading.Thread(target=_die_with, args=[int(life)], daemon=True).start()
    run(ORDERS.validate_json(sys.stdin.read()))


def _die_with(life: int) -> None:
    """An orphan would crawl on beside the crawl that takes its place; what it has written is whole all the same."""
    os.read(life, 1)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
