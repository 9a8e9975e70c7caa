"""The ways into what a source publishes, one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from spiders.hosts import same_site
from spiders.report import RobotsDecision


class Doors:
    """First what is declared, then feeds that a list's page named, then sitemaps of robots.txt; each once."""

    def __init__(self, declared: Iterable[str], homepage: str) -> None:
        self._waiting = deque(declared)
        self._homepage = homepage
        self._discovered: list[str] = []
        self._tried: set[str] = set()

    def discover(self, feeds: Iterable[str]) -> None:
        self._discovered += feeds

    def next(self, robots: Iterable[RobotsDecision]) -> str | None:
        """The address of the next one; None where no other is left."""
        if not self._waiting:
            sitemaps = [address for decision in robots for address in decision.sitemaps]
            fresh = [url for url in (*self._discovered, *sitemaps) if url not in self._tried]
            self._waiting.extend(url for url in fresh if same_site(url, self._homepage))
        if not self._waiting:
            return None
        door = self._waiting.popleft()
        self._tried.add(door)
        return door
