"""A content system of nobody's: a dated list of links, and pages without a telling class."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from playground.platforms.base import Answer, Platform, whole
from playground.site import Item


class Plain(Platform):
    name = "plain"

    def path(self, item: Item) -> str:
        return f"/events/news/{item.number}"

    def addresses(self) -> dict[str, str]:
        return {"list": "/events/news"}

    def answers(self) -> dict[str, Answer]:
        return {"/events/news": self.list, "/events/news/{number:int}": self.show}

    def list(self, request: Request) -> Response:
        number = whole(request.query_params.get("page"))
        return self.list_page(request, number) if number <= self.site.pages else self.missing()
