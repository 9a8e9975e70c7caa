"""Whose a page is: the declared source that an address belongs to, or at least its region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from spiders.hosts import host_of
from spiders.registry import Source


class Belonging:
    """Answers by host; where several sources share one, by the path that is theirs."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_host: dict[str, list[tuple[str, Source]]] = defaultdict(list)
        for source in sources:
            for path in {_path(address) for address in (source.homepage, source.list) if address}:
                self._by_host[host_of(source.homepage)].append((path, source))
        for declared in self._by_host.values():
            declared.sort(key=lambda entry: len(entry[0]), reverse=True)

    def source(self, url: str) -> Source | None:
        """The source whose own path is the longest that the address begins with."""
        path = _path(url)
        return next((source for own, source in self._by_host.get(host_of(url), ()) if path.startswith(own)), None)

    def region(self, url: str) -> str | None:
        """ISO 3166-2 code of the region whose declared site this is, or a part of: `zdrav.khabkrai.ru`."""
        if source := self.source(url):
            return source.region
        host = host_of(url)
        while "." in host:
            regions = {source.region for _, source in self._by_host.get(host, ())}
            if regions:
                return regions.pop() if len(regions) == 1 else None
            host = host.partition(".")[2]
        return None


def _path(url: str) -> str:
    path = urlsplit(url).path
    return path if path.endswith("/") else f"{path}/"
