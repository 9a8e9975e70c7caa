"""Scrapy's settings: honest, polite, bounded. `spiders.crawl` overrides what differs from crawl to crawl."""

from __future__ import annotations

import os
from pathlib import Path

BOT_NAME = "zamena"
SPIDER_LOADER_CLASS = "spiders.loader.RegistryLoader"

# Ours. A crawl by hand (`scrapy crawl NAME`) takes them from the environment.
ARCHIVE = str(Path(os.environ.get("ZAMENA_DATA") or "data") / "archive")
ARTICLES = ""  # file of JSON lines; empty: only what `-o` asks for
ALLOW_PRIVATE = os.environ.get("ZAMENA_ALLOW_PRIVATE", "").lower() in {"1", "true", "yes"}
CONTACT = os.environ.get("ZAMENA_CONTACT") or "https://example.org/zamena"

USER_AGENT = f"zamena/0.1 (+{CONTACT})"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8",
    "Accept-Language": "ru",
    "Accept-Encoding": "gzip, deflate",  # what every reader of the archive can undo
}
REFERRER_POLICY = "no-referrer"
COOKIES_ENABLED = False
HTTPPROXY_ENABLED = False  # addresses are checked where the connection is made: here
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}  # the web and nothing else
TWISTED_DNS_RESOLVER = "spiders.middlewares.address.PublicResolver"
DNS_TIMEOUT = 20

# One request at a time; the delay comes from the declaration and robots.txt, and grows with the host's own slowness.
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # as the list has them: newest first
CONCURRENT_ITEMS = 1  # each of a hundred would be a task to make and throw away, for every response
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_MAX_DELAY = 60

DOWNLOAD_TIMEOUT = 30  # seconds, for the whole answer
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # bytes, packed or unpacked: no list or release is larger
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # script stubs use it
URLLENGTH_LIMIT = 2083
RETRY_TIMES = 2
RETRY_GIVE_UP_WARN_ON_GENERATOR_RETURN_VALUE = False  # ours return nothing; looking costs more than archiving
LOG_LEVEL = "INFO"
CLOSESPIDER_PAGECOUNT = 20_000
CLOSESPIDER_TIMEOUT = 6 * 3600

ROBOTSTXT_OBEY = False  # our own middleware obeys, and records what it decided
DOWNLOADER_MIDDLEWARES = {
    "spiders.middlewares.address.AddressMiddleware": 20,
    "spiders.middlewares.robots.RobotsMiddleware": 100,
    "spiders.middlewares.patience.PatienceMiddleware": 560,  # before the retry asks again
    "spiders.middlewares.blocks.BlocksMiddleware": 570,  # unpacked, but before a retry
    "spiders.middlewares.archiving.ArchivingMiddleware": 950,  # as it came
    "spiders.middlewares.queueing.QueueingMiddleware": 960,
    "spiders.middlewares.unpacking.UnpackingMiddleware": 590,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
}
ITEM_PIPELINES = {"spiders.pipelines.ArticleWriter": 900}

EXTENSIONS = {
    "spidermon.contrib.scrapy.extensions.Spidermon": 500,
    "scrapy.extensions.logstats.LogStats": None,  # a line a minute of each crawl
}
SPIDERMON_ENABLED = True
SPIDERMON_ENGINE_STOP_MONITORS = ["spiders.monitors.YieldSuite"]

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
WARN_ON_GENERATOR_RETURN_VALUE = False  # ours return nothing; looking costs more than archiving
LOG_LEVEL = "INFO"
STATS_DUMP = False
