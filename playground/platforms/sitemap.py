"""A site whose lists are built by scripts: its releases are found by the news sitemap alone."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from playground.platforms.base import Answer, Platform
from playground.site import Item


class Sitemap(Platform):
    name = "sitemap"
    machine_dates = page_has_machine_dates = True

    def path(self, item: Item) -> str:
        return f"/press/{item.listed:%Y/%m/%d}/{item.slug}"

    def day_in_address(self, item: Item) -> date:
        return item.listed.date()

    def addresses(self) -> dict[str, str]:
        return {"sitemap": "/sitemap-news.xml"}

    def answers(self) -> dict[str, Answer]:
        return {
            "/": lambda _: self.html(self.render("front", self.manner)),
            "/sitemap.xml": lambda _: self.xml("/sitemap-index.xml"),
            "/sitemap-news.xml": self.news,
            "/press/{year}/{month}/{day}/{slug}": self.show,
        }

    def news(self, _: Request) -> Response:
        return self.xml("/sitemap-news.xml", items=self.site.items)
