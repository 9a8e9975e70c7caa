"""Lists whose entries selectors find and whose pager counts: most content systems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from lxml.html import HtmlElement

from spiders.listing import Listing, ListPage
from spiders.platforms.base import Platform
from spiders.platforms.html_list import barren, base_of, counted_next, read_items, tree


class SelectedList(Platform):
    """A subclass gives its selectors, in order of trust, and its pager."""

    items: ClassVar[tuple[str, ...]]
    pager: ClassVar[re.Pattern[str]]
    first: ClassVar[int] = 1  # the pager's number of the first page

    def groups(self, root: HtmlElement) -> Iterator[list[HtmlElement]]:
        """Blocks that may be the list's, the surest first: the first group with entries is the list."""
        for selector in self.items:
            yield root.cssselect(selector)

    def read(self, page: ListPage) -> Listing:
        root = tree(page)
        base = base_of(root, page.url)
        own = self.source.selectors.item
        older = counted_next(root, page, self.pager, self.first)
        for blocks in [root.cssselect(own)] if own else self.groups(root):
            if items := read_items(blocks, page, base):
                return Listing(items, older)
        return barren(page, older, f"no entry of a {self.name} list ({own or ', '.join(self.items)})")
