"""The ".htm" portals (Tyumen, Chelyabinsk): releases at `more.htm?id=N@egNews`, whatever the list's markup."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from spiders.listing import Listing, ListPage
from spiders.platforms.base import Platform
from spiders.platforms.blocks import grown
from spiders.platforms.html_list import barren, base_of, links, named_next, read_items, tree

_RELEASE = re.compile(r"more\.htm\?id=\d+(?:@|%40)\w+", re.IGNORECASE)


class Htm(Platform):
    name = "htm"

    def read(self, page: ListPage) -> Listing:
        root = tree(page)
        base = base_of(root, page.url)
        anchors: list[HtmlElement] = [anchor for anchor, address in links(root, base) if _RELEASE.search(address)]
        items = read_items(grown(anchors), page, base)
        older = named_next(root, page)
        return Listing(items, older) if items else barren(page, older, "no link to more.htm?id=N@…")
