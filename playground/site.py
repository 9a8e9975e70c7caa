"""A host with what it publishes: the newest first, each release with a number, a slug and its local time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playground.hosts import Host
from playground.releases import Release

_LATIN = str.maketrans(
    dict(zip("абвгдеёжзийклмнопрстуфхцчшщыэюя", "abvgdeejziyklmnoprstufhccssyeua", strict=True)) | {"ъ": "", "ь": ""}
)


@dataclass(frozen=True, slots=True)
class Item:
    """A release as one host carries it. `listed` orders it; where the release has no date, only the host knows that."""

    release: Release
    number: int
    listed: datetime

    @property
    def at(self) -> datetime | None:
        return self.listed if self.release.published else None

    @property
    def title(self) -> str:
        return self.release.title

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower().translate(_LATIN)).strip("-")[:60].strip("-")

    @property
    def lead(self) -> str:
        """First sentence, as lists show it."""
        return re.split(r"(?<=[.!?])\s", self.release.paragraphs[0][0])[0]


class Site:
    """What one host publishes, and by which address."""

    def __init__(self, host: Host, items: Iterable[Item], base: str, now: datetime) -> None:
        self.host = host
        self.items = sorted(items, key=lambda item: (item.listed, item.number), reverse=True)
        self.base = base  # scheme, address and port, without a slash at the end
        self.now = now.astimezone(ZoneInfo(host.zone))  # the clock that «вчера» is written by

    def page(self, number: int) -> list[Item]:
        """Items of the list's page `number`, from 1."""
        size = self.host.per_page
        return self.items[(number - 1) * size : number * size]

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.items) // self.host.per_page))

    def others(self, item: Item, count: int = 4) -> list[Item]:
        """The releases that «читайте также» offers under one."""
        rest = [other for other in self.items if other is not item]
        start = item.number % max(1, len(rest))
        return (rest[start:] + rest[:start])[:count]


def stock(host: Host, releases: Iterable[Release], base: str, now: datetime) -> Site:
    """The site of a host with the releases that fall to it."""
    carried = [r for r in releases if host.id in r.sites or (not r.sites and r.regions[0] in host.serves)]
    undated = datetime(2024, 1, 15, 12, tzinfo=ZoneInfo(host.zone))
    timed = sorted(((r.moment(host.zone) or undated, r) for r in carried), key=lambda pair: (pair[0], pair[1].id))
    # Numbers grow with time, as a content system gives them, and with gaps.
    return Site(host, [Item(r, 1200 + 7 * n, at) for n, (at, r) in enumerate(timed)], base, now)
