"""The releases that the playground's sites publish: invented texts whose facts are known."""

from __future__ import annotations

import json
import zlib
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent / "releases"


class Release(BaseModel):
    """One release. `published` is the day in the publishing site's zone, None where no page tells it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    body: str  # paragraphs with an empty line between them
    published: date | None
    regions: tuple[str, ...]
    sites: tuple[str, ...] = ()  # ids of the hosts that carry it, where it is not dealt out by region
    events: tuple[dict[str, Any], ...] | None = None  # as annotated; None where nobody annotated it

    @cached_property
    def paragraphs(self) -> list[list[str]]:
        """Lines of each paragraph."""
        return [block.split("\n") for block in self.body.split("\n\n") if block.strip()]

    @property
    def text(self) -> str:
        """The body as it is to be read: without the lines that belong to the page."""
        return "\n".join(line for line in self.body.split("\n") if line not in _furniture())

    def moment(self, zone: str) -> datetime | None:
        """Time of publication: the known day, and a minute of the working day that follows from the id."""
        if self.published is None:
            return None
        minute = 9 * 60 + zlib.crc32(self.id.encode()) % (9 * 60)
        return datetime.combine(self.published, time(), ZoneInfo(zone)) + timedelta(minutes=minute)


@cache
def _furniture() -> frozenset[str]:
    return frozenset((FOLDER / "furniture.txt").read_text(encoding="utf-8").splitlines())


def load() -> list[Release]:
    """All releases: the annotated ones, dealt out to hosts by region, and the series that name their hosts."""
    with (FOLDER / "gold.jsonl").open(encoding="utf-8") as lines:
        annotated = [_annotated(json.loads(line)) for line in lines]
    series = [
        Release(**release)
        for path in sorted(FOLDER.glob("*.yaml"))
        for release in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    return annotated + series


def _annotated(row: dict[str, Any]) -> Release:
    title, _, body = row["text"].partition("\n")
    return Release(
        id=row["id"],
        title=title.strip(),
        body=body.strip("\n"),
        published=row["published"],
        regions=row["regions"],
        events=row["events"],
    )
