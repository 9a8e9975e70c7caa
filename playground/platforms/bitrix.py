"""Bitrix's stock news components: `PAGEN_1`, a feed beside the list, a print version of each release."""

from __future__ import annotations

from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from playground.platforms.base import Answer, Platform, whole
from playground.site import Item


class Bitrix(Platform):
    name = "bitrix"

    def path(self, item: Item) -> str:
        return f"/news/{item.number}/"

    def addresses(self) -> dict[str, str]:
        feed = {"feed": "/news/rss/"} if self.site.host.robots == "bitrix" else {}
        return {"list": "/news/", **feed}

    def answers(self) -> dict[str, Answer]:
        return {"/news/": self.list, "/news/rss/": self.rss, "/news/{number:int}/": self.show}

    def list(self, request: Request) -> Response:
        # Past the end the last page comes again, with status 200, however far one asks.
        return self.list_page(request, min(whole(request.query_params.get("PAGEN_1")), self.site.pages))

    def rss(self, _: Request) -> Response:
        return self.xml("/rss.xml", items=self.site.items[:20], full=False, rfc822=format_datetime)
