"""Госвеб, the state's own NetCat: schema.org cards, pager `?curPos=` counted in entries."""

from __future__ import annotations

import re

from spiders.platforms.selected import SelectedList


class Gosweb(SelectedList):
    name = "gosweb"
    items = ("[itemtype*=NewsArticle]", ".object-item")
    pager = re.compile(r"[?&]curPos=(\d+)")
    first = 0
