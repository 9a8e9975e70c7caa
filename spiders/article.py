"""What the spiders hand over: the type that other rooms may know."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class ArchiveRef(BaseModel):
    """Where a response lies in the archive: a WARC file, relative to the archive's root, and a byte offset."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    offset: int = Field(ge=0)


class Article(BaseModel):
    """A release as read from one page, feed entry or given document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str  # id in the source registry, or the name a given document came with
    url: str | None  # canonical address
    page: str | None = None  # address as the source's list has it: by it the page is known again
    etag: str | None = None  # validators of the page, for asking again whether it has changed
    last_modified: str | None = None
    external_id: str | None = None  # the id a given document came with
    title: str  # empty where the platform has none (Telegram)
    text: str  # whole plain text: title, blank line, body; offsets of all facts point into it
    published_on: date | None = None  # in the source's own time zone
    published_at: AwareDatetime | None = None  # where the hour is known too
    date_source: str | None = (
        None  # how the date was found: feed, list, selector, json-ld, meta, time, text, url, htmldate, given
    )
    date_precision: Literal["minute", "day", "month", "year"] | None = None
    author: str | None = None  # the body that speaks
    source_region: str | None = None  # ISO 3166-2 code
    fetched_at: AwareDatetime | None = None
    archive: ArchiveRef | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the text, blind to Unicode composition and white space: equal for an unchanged release."""
        folded = " ".join(unicodedata.normalize("NFC", self.text).split())
        return hashlib.sha256(folded.encode()).hexdigest()
