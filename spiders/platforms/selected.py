"""Lists whose entries a selector finds and whose pager counts: most content systems."""

from __future__ import annotations

import re
from typing import ClassVar

from spiders.listing import Listing, ListPage
from spiders.platforms.base import Platform
from spiders.platforms.html_list import barren, base_of, counted_next, read_items, tree


class SelectedList(Platform):
    """`items` are selectors in order of trust: the first that yields entries counts."""

    items: ClassVar[tuple[str, ...]]
    pager: ClassVar[re.Pattern[str]]
    first: ClassVar[int] = 1  # the pager's number of the first page

    def read(self, page: ListPage) -> Listing:
        root = tree(page)
        base = base_of(root, page.url)
        own = self.source.selectors.item
        selectors = (own,) if own else self.items
        older = counted_next(root, page, self.pager, self.first)
        for selector in selectors:
            if items := read_items(root.cssselect(selector), page, base):
                return Listing(items, older)
        return barren(page, older, f"no entry of a {self.name} list ({', '.join(selectors)})")
