"""What all platforms have in common: where a source's list begins, and how a page of it is read."""

from __future__ import annotations

from typing import ClassVar

from spiders.extraction import Hints, hints_for
from spiders.listing import Listing, ListPage
from spiders.registry import Source


class Platform:
    """A publishing platform. One object reads the lists of one source; it keeps nothing between pages.

    A subclass is named in `platforms.PLATFORMS` and says how to read a page of a list. `read` raises UnknownShape for
    a page that is no such list: an empty result means that the list itself says it is empty.
    """

    name: ClassVar[str]

    def __init__(self, source: Source) -> None:
        self.source = source

    def doors(self) -> tuple[str, ...]:
        """Ways into what the source publishes, each the newest page of a list; the first that opens is walked.

        The others are for when it does not, or when robots.txt bars its further pages.
        """
        return _given(self.source.list, self.source.feed, self.source.sitemap)

    def read(self, page: ListPage) -> Listing:
        """Entries of a page and the way to older ones. Raises UnknownShape."""
        raise NotImplementedError

    def hints(self) -> Hints:
        """Selectors for the article's page: the source's own before the platform's."""
        stock = hints_for(self.name) or Hints()
        own = {field: (css,) for field, css in self.source.selectors if css and field != "item"}
        return stock.model_copy(update=own)


def _given(*addresses: str | None) -> tuple[str, ...]:
    return tuple(address for address in addresses if address)
