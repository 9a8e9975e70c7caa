"""Bitrix, classic `news` component: `PAGEN_N`, entries marked for the editor by `id="bx_…"`."""

from __future__ import annotations

import re

from spiders.platforms.selected import SelectedList


class Bitrix(SelectedList):
    name = "bitrix"
    # The editor's mark is on every template made from the stock one; class names are what sites change.
    items = ("[id^=bx_]", ".news-list .news-item", ".news-item", "[class*=newslist-block]", ".news-line")
    pager = re.compile(r"PAGEN_(\d+)=(\d+)")
