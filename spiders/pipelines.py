"""Writes articles as JSON lines, each whole and at once: what a killed crawl had read is not read again."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from spiders.appending import append_whole
from spiders.article import Article
from spiders.known import cut_torn_line


class ArticleWriter:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings["ARTICLES"]:
            raise NotConfigured
        return cls(Path(crawler.settings["ARTICLES"]))

    def open_spider(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        cut_torn_line(self._path)
        self._file = self._path.open("ab", buffering=0)

    def close_spider(self) -> None:
        if self._file is not None:
            self._file.close()

    def process_item(self, item: Article) -> Article:
        assert self._file is not None
        append_whole(self._file, item.model_dump_json(exclude_none=True).encode() + b"\n")
        return item
