"""Joomla with the K2 component: `?start=20`, slugs after ids, `?format=feed`, print pages by `tmpl=component`."""

from __future__ import annotations

from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from playground.platforms.base import Answer, Platform, whole
from playground.site import Item


class Joomla(Platform):
    name = "joomla"

    def path(self, item: Item) -> str:
        return f"/novosti/item/{item.number}-{item.slug}"

    def addresses(self) -> dict[str, str]:
        return {"list": "/novosti"}

    def answers(self) -> dict[str, Answer]:
        return {"/novosti": self.list, "/novosti/item/{name}": self.show}

    def list(self, request: Request) -> Response:
        if request.query_params.get("format") == "feed":
            return self.xml("/rss.xml", items=self.site.items[:10], full=False, rfc822=format_datetime)
        start = whole(request.query_params.get("start"), 0)
        return self.list_page(request, start // self.site.host.per_page + 1)
