"""The "presscenter" portal on Bitrix D7: `?nav-news=page-2`, a feed under the list."""

from __future__ import annotations

import re
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from playground.platforms.base import Answer, Platform, whole
from playground.site import Item


class Presscenter(Platform):
    name = "presscenter"

    def path(self, item: Item) -> str:
        return f"/presscenter/news/{item.number}/"

    def addresses(self) -> dict[str, str]:
        return {"list": "/presscenter/news/"}

    def answers(self) -> dict[str, Answer]:
        return {
            "/presscenter/news/": self.list,
            "/presscenter/news/rss/": self.rss,
            "/presscenter/news/{number:int}/": self.show,
        }

    def list(self, request: Request) -> Response:
        found = re.fullmatch(r"page-(\d+)", request.query_params.get("nav-news", ""))
        return self.list_page(request, min(whole(found[1] if found else None), self.site.pages))

    def rss(self, _: Request) -> Response:
        return self.xml("/rss.xml", items=self.site.items[:20], full=False, rfc822=format_datetime)
