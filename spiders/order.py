"""What a crawling process is told to do: it crosses the border between two processes as JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Order(BaseModel):
    """What to crawl and how."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    sources: list[Path] = Field(default_factory=list)  # folders of the registry; none: the usual one
    archive: Path
    articles: Path
    report: Path
    known: Path | None = None
    since: date | None = None
    until: date | None = None
    stop_when_known: bool = True
    allow_private: bool = False
    contact: str
    settings: dict[str, Any] = Field(default_factory=dict)  # Scrapy's, beyond what is named above
