"""Drupal with a view of news: pages counted from 0, past the end an empty view."""

from __future__ import annotations

from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from playground.platforms.base import Answer, Platform, whole
from playground.site import Item


class Drupal(Platform):
    name = "drupal"

    def path(self, item: Item) -> str:
        return f"/node/{item.number}"

    def addresses(self) -> dict[str, str]:
        return {"list": "/news"}

    def answers(self) -> dict[str, Answer]:
        return {"/news": self.list, "/rss.xml": self.rss, "/node/{number:int}": self.show}

    def list(self, request: Request) -> Response:
        return self.list_page(request, whole(request.query_params.get("page"), 0) + 1)

    def rss(self, _: Request) -> Response:
        return self.xml("/rss.xml", items=self.site.items[:10], full=False, rfc822=format_datetime)
