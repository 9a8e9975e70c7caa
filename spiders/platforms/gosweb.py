"""Госвеб, the state's own NetCat: schema.org cards, pager `?curPos=` counted in entries."""

from __future__ import annotations

import re

from spiders.platforms.selected import SelectedList


class Gosweb(SelectedList):
    name = "gosweb"
    items = (".object-item", "[itemtype*=NewsArticle]")
    pager = re.compile(r"[?&]curPos=(\d+)")
    first = 0
