"""One crawl in one process: `python -m spiders.run < order.json`. Started by spiders.crawl, which waits for it.

Twisted's reactor cannot be started twice, nor beside another event loop; a process a crawl also bounds what a hostile
page can do, and lets the certificates a source needs count for that source alone.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from spiders import registry
from spiders.conclusion import conclude
from spiders.loader import spider_class
from spiders.order import Order
from spiders.registry import Source
from spiders.report import CrawlReport
from spiders.spider import SourceSpider


def run(order: Order) -> CrawlReport:
    source = registry.get(order.source, *order.sources)
    trust(source)
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.update(
        {
            "ARCHIVE": str(order.archive),
            "ARTICLES": str(order.articles),
            "ALLOW_PRIVATE": order.allow_private,
            "CONTACT": order.contact,
            "USER_AGENT": f"zamena/0.1 (+{order.contact})",
            **order.settings,
        },
        priority="cmdline",
    )
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(spider_class(source))
    process.crawl(
        crawler,
        since=order.since,
        until=order.until,
        known=order.known,
        articles=order.articles,
        stop_when_known=order.stop_when_known,
    )
    process.start()
    spider = crawler.spider
    assert isinstance(spider, SourceSpider)
    report = spider.report
    conclude(report, spider.ends)
    report.finished_at = datetime.now(UTC)
    return report


def trust(source: Source) -> None:
    """Makes OpenSSL of this process trust the CA this source needs, besides those of the system's folder."""
    if source.certificates:
        file = source.path.parent / source.certificates
        if not file.is_file():
            raise registry.RegistryError(f"{source.path}: {source.id}.certificates: no file {file}")
        os.environ["SSL_CERT_FILE"] = str(file)


def main() -> None:
    order = Order.model_validate_json(sys.stdin.read())
    report = run(order)
    draft = order.report.with_suffix(".part")
    draft.write_text(report.model_dump_json(indent=1), encoding="utf-8")
    draft.replace(order.report)


if __name__ == "__main__":
    main()
