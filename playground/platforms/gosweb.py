"""Госвеб, the state's own NetCat: schema.org cards, `?curPos=10`, local time without a zone, no feed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from playground.platforms.base import Answer, Platform, whole
from playground.site import Item


class Gosweb(Platform):
    name = "gosweb"
    machine_dates = page_has_machine_dates = True
    section = "/dlya-zhiteley/novosti-i-reportazhi/"

    def path(self, item: Item) -> str:
        return f"{self.section}novosti-193_{item.number}.html"

    def addresses(self) -> dict[str, str]:
        return {"list": self.section}

    def answers(self) -> dict[str, Answer]:
        return {self.section: self.list, f"{self.section}{{name}}": self.show}

    def list(self, request: Request) -> Response:
        position = whole(request.query_params.get("curPos"), 0)
        return self.list_page(request, position // self.site.host.per_page + 1)
