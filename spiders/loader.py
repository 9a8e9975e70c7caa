"""Makes scrapy's spiders out of the registry: one for each source, under the source's id."""

from __future__ import annotations

from typing import Any, Self

from scrapy.http import Request
from scrapy.settings import BaseSettings

from spiders import registry
from spiders.hosts import same_site
from spiders.registry import Source
from spiders.spider import SourceSpider


def spider_class(source: Source, settings: dict[str, Any] | None = None) -> type[SourceSpider]:
    """A class for one source; `settings` are Scrapy's, for its crawl alone."""
    fields = {"name": source.id, "source": source, "custom_settings": settings or {}}
    return type(f"Spider_{source.id.replace('-', '_')}", (SourceSpider,), fields)


class RegistryLoader:
    """Scrapy's SPIDER_LOADER_CLASS. The registry is the one that `spiders.registry.load` finds."""

    def __init__(self, sources: dict[str, Source]) -> None:
        self._sources = sources

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls(registry.load())

    def load(self, spider_name: str) -> type[SourceSpider]:
        if spider_name not in self._sources:
            raise KeyError(f"Spider not found: {spider_name}")
        return spider_class(self._sources[spider_name])

    def find_by_request(self, request: Request) -> list[str]:
        return [name for name, source in self._sources.items() if same_site(source.homepage, request.url)]

    def list(self) -> list[str]:
        return list(self._sources)
