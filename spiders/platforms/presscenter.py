"""The "presscenter" portal on Bitrix D7: `list__item`, pager `?nav-news=page-2`."""

from __future__ import annotations

import re

from spiders.platforms.selected import SelectedList


class Presscenter(SelectedList):
    name = "presscenter"
    items = (".list__item", ".news__item")
    pager = re.compile(r"(nav-[\w-]+)=page-(\d+)")
