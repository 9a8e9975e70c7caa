"""How far to walk a list: which entries to get, and when to stop. Pure: no network, no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from spiders.known import KnownPage
from spiders.listing import Listing, ListItem

# Consecutive entries read before that end an incremental crawl: more than any "pinned" block on top of a list.
ENOUGH_KNOWN = 20
# Pages without a single entry that are followed before a calendar is taken for endless.
ENOUGH_BARREN = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What to do after a page of a list: entries to get, and the reason to stop, if there is one."""

    wanted: tuple[ListItem, ...]
    end: str | None = None  # code of reasons.yaml


@dataclass(slots=True)
class Walk:
    """The walk through one source's lists, page after page, newest first.

    `since`, `until`: days of publication, both included. With `since` everything from that day on is looked at again,
    known or not (late, backdated and changed releases); without it the walk ends where enough is known.
    `done`: pages this very crawl had read before it was interrupted: not wanted again, but no reason to stop either.
    """

    since: date | None = None
    until: date | None = None
    known: Mapping[str, KnownPage] = field(default_factory=dict)
    done: Collection[str] = ()
    stop_when_known: bool = True

    listed: int = 0
    seen_known: int = 0
    passed_since: bool = False  # an entry older than the first wanted day was met
    _seen: set[str] = field(default_factory=set)
    _streak: int = 0
    _barren: int = 0
    _page: int = 0
    _wanted: int = 0  # of the last page
    _too_old: dict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))
    _page_of: dict[str, int] = field(default_factory=dict)

    def step(self, listing: Listing, *, first: bool) -> Step:
        """Judges one page; `first` is the first of its list, which may repeat what another list had."""
        self._page += 1
        before = self._too_old.pop(self._page - 1, [])
        if not first and self._wanted and len(before) == self._wanted and all(before):
            return Step((), "reached_since")  # the list has no dates of its own, its last page's articles had
        self._wanted = 0
        fresh = [item for item in listing.items if item.url not in self._seen]
        self._seen.update(item.url for item in fresh)
        self.listed += len(fresh)
        if not listing.items:
            self._barren += 1
            return Step((), "endless_calendar" if self._barren >= ENOUGH_BARREN else None)
        self._barren = 0
        if not fresh:
            return Step((), None if first else "repeated_page")
        wanted = [item for item in fresh if self._is_wanted(item)]
        self._page_of.update((item.url, self._page) for item in wanted)
        self._wanted = len(wanted)
        return Step(tuple(wanted), self._end(fresh))

    def dated(self, url: str, day: date | None) -> bool:
        """Notes when a fetched article was published; says whether that is within the wanted days."""
        page = self._page_of.pop(url, None)
        if page is not None and self.since:
            self._too_old[page].append(day is not None and day < self.since)
        return not ((self.since and day and day < self.since) or (self.until and day and day > self.until))

    def _is_wanted(self, item: ListItem) -> bool:
        if self._is_old(item):
            self.passed_since = True
            return False
        if self._is_new(item):
            return False
        if item.url in self.known:
            self.seen_known += 1
            self._streak += 1
            return self.since is not None and item.url not in self.done
        if item.url in self.done:
            return False
        self._streak = 0
        return True

    def _is_old(self, item: ListItem) -> bool:
        if self.since is None:
            return False
        day = item.moment.day if item.moment and item.moment.precision in {"day", "minute"} else item.modified
        return day is not None and day < self.since

    def _is_new(self, item: ListItem) -> bool:
        return bool(self.until and item.moment and not item.yearless and item.moment.day > self.until)

    def _end(self, fresh: list[ListItem]) -> str | None:
        if self.since is not None:
            return "reached_since" if all(self._is_old(item) for item in fresh) else None
        if self.stop_when_known and (self._streak >= ENOUGH_KNOWN or all(item.url in self.known for item in fresh)):
            return "reached_known"
        return None
