"""Joomla: `com_content` blogs and K2 categories, pager `?start=` or `?limitstart=` counted in entries."""

from __future__ import annotations

import re

from spiders.platforms.selected import SelectedList


class Joomla(SelectedList):
    name = "joomla"
    items = (
        ".itemListView .itemContainer",
        ".catItemView",
        ".blog [itemprop=blogPost]",
        ".items-row .item",
        ".blog .item",
        ".category-list tr",
    )
    pager = re.compile(r"[?&](?:limit)?start=(\d+)")
    first = 0
