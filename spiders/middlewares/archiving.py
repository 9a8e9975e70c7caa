"""Archives each response as it came, before anything reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Headers, Request, Response

from spiders.archive import ArchiveWriter, mend
from spiders.report import report_of


class ArchivingMiddleware:
    """Sits next to the downloader. Leaves in the request's meta where the response lies and when it came."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._root = Path(crawler.settings["ARCHIVE"])
        self._writer: ArchiveWriter | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(middleware.engine_stopped, signal=signals.engine_stopped)
        return middleware

    def spider_opened(self) -> None:
        report = report_of(self._crawler)
        name = report.source
        report.mended = [f"{torn.file}: {torn.cut} bytes" for torn in mend(self._root, name)]
        self._writer = ArchiveWriter(self._root, name, contact=self._crawler.settings["CONTACT"])

    def engine_stopped(self) -> None:
        if self._writer is not None:
            self._writer.close()

    def process_response(self, request: Request, response: Response) -> Response:
        assert self._writer is not None
        parts = urlsplit(request.url)
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        ref = self._writer.response(
            request.url,
            status=f"{response.status} {_phrase(response.status)}",
            headers=_pairs(response.headers),
            body=response.body,
            request=(f"{request.method} {target}", [("Host", parts.netloc), *_pairs(request.headers)], request.body),
            ip=str(response.ip_address) if response.ip_address else None,
        )
        request.meta["archive"] = ref
        request.meta["fetched_at"] = datetime.now(UTC)
        report = report_of(self._crawler)
        report.pages += 1
        report.bytes += len(response.body)
        return response


def _pairs(headers: Headers) -> Iterator[tuple[str, str]]:
    for name, values in headers.items():
        for value in values:
            yield name.decode("latin-1"), value.decode("latin-1").replace("\r", " ").replace("\n", " ")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
