"""Bitrix, classic `news` component: `PAGEN_N`, entries marked for the editor by `id="bx_…"`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml.html import HtmlElement

from spiders.platforms.selected import SelectedList

_MARK = re.compile(r"bx_(\d+)_\d+")  # component on the page, entry


class Bitrix(SelectedList):
    name = "bitrix"
    items = (".news-list .news-item", ".news-item", "[class*=newslist-block]", ".news-line")
    pager = re.compile(r"PAGEN_(\d+)=(\d+)")

    def groups(self, root: HtmlElement) -> Iterator[list[HtmlElement]]:
        """The editor's marks first: every template made from the stock one has them, class names are what sites change.

        Banners and announcements beside the list are components of their own: the list is the largest.
        """
        components: dict[str, list[HtmlElement]] = defaultdict(list)
        for element in root.iter():
            if isinstance(element.tag, str) and (mark := _MARK.fullmatch(element.get("id") or "")):
                components[mark.group(1)].append(element)
        yield from sorted(components.values(), key=len, reverse=True)
        yield from super().groups(root)
