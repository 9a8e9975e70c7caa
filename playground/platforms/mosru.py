"""mos.ru: a newsfeed in JSON with links to the next page; the text stands in the page all the same."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from playground.platforms.base import Answer, Platform, whole
from playground.site import Item


class MosRu(Platform):
    name = "mosru"
    machine_dates = page_has_machine_dates = True
    newsfeed = "/api/newsfeed/v4/frontend/json/ru/articles"

    def path(self, item: Item) -> str:
        return f"/news/item/{item.number}073/"

    def addresses(self) -> dict[str, str]:
        return {"list": self._page(1)}

    def answers(self) -> dict[str, Answer]:
        return {self.newsfeed: self.list, "/news/item/{number:int}/": self.show}

    def _page(self, number: int) -> str:
        return f"{self.newsfeed}?page={number}&per-page={self.site.host.per_page}&sort=-date"

    def list(self, request: Request) -> Response:
        number = whole(request.query_params.get("page"))
        links = {"self": {"href": self.site.base + self._page(number)}}
        if number < self.site.pages:
            links["next"] = {"href": self.site.base + self._page(number + 1)}
        entries = [
            {
                "id": int(f"{item.number}073"),
                "title": item.title,
                "date": f"{item.at:%Y-%m-%d %H:%M:%S}" if item.at else None,
                "preview_text": item.lead,
                "url": self.url(item),
            }
            for item in self.site.page(number)
        ]
        meta = {"totalCount": len(self.site.items), "pageCount": self.site.pages, "currentPage": number}
        return self.json({"items": entries, "_links": links, "_meta": meta})
