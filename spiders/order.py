"""What a crawling process is told to do: it crosses the border between two processes as JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Order(BaseModel):
    """One crawl of one source.

    With `since` everything published from that day on is looked at again, asking with the known validators; without it
    the crawl ends where enough is known, unless `stop_when_known` is off, as it must be after a crawl that was not
    complete. A crawl that was interrupted goes on when ordered again with the same `articles`: what lies there is not
    fetched again. Beside the articles lies the report (`.report.json`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str  # id in the registry
    sources: tuple[Path, ...] = ()  # folders of the registry; none: the usual one
    archive: Path
    articles: Path  # JSON lines, appended to
    known: Path | None = None  # file of KnownPage lines
    since: date | None = None
    until: date | None = None
    stop_when_known: bool = True
    allow_private: bool = False
    contact: str
    page_limit: int = Field(20_000, gt=0)
    time_limit: float = Field(6 * 3600, gt=0)  # seconds
    settings: dict[str, Any] = Field(default_factory=dict)  # Scrapy's own, for tests and measurements

    @property
    def report(self) -> Path:
        return self.articles.with_suffix(".report.json")

    @property
    def log(self) -> Path:
        return self.articles.with_suffix(".log")
