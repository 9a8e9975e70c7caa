"""The ".htm" portals: `more.htm?id=N@egNews`, lists as `all.htm`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from playground.platforms.base import Answer, Platform, whole
from playground.site import Item


class Htm(Platform):
    name = "htm"
    section = "/ogv_ru/news/subj"

    def path(self, item: Item) -> str:
        return f"{self.section}/more.htm?id={item.number}@egNews"

    def addresses(self) -> dict[str, str]:
        return {"list": f"{self.section}/all.htm"}

    def answers(self) -> dict[str, Answer]:
        return {f"{self.section}/all.htm": self.list, f"{self.section}/more.htm": self.show}

    def list(self, request: Request) -> Response:
        return self.list_page(request, whole(request.query_params.get("page")))

    def find(self, request: Request) -> Item | None:
        number = request.query_params.get("id", "").removesuffix("@egNews")
        return next((item for item in self.site.items if str(item.number) == number), None)
