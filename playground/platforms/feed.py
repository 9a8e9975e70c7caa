"""A site whose way in is its feed: RSS 2.0 in the dialect of Yandex.News, whole texts included."""

from __future__ import annotations

from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from playground.platforms.base import Answer, Platform
from playground.site import Item


class Feed(Platform):
    name = "feed"
    machine_dates = True  # in the feed

    def path(self, item: Item) -> str:
        return f"/lenta/{item.slug}.html"

    def addresses(self) -> dict[str, str]:
        return {"feed": "/rss/"}

    def answers(self) -> dict[str, Answer]:
        return {"/": lambda request: self.list_page(request, 1), "/rss/": self.rss, "/lenta/{name}": self.show}

    def rss(self, _: Request) -> Response:
        return self.xml("/rss.xml", items=self.site.items[:50], full=True, rfc822=format_datetime)
