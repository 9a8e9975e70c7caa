"""The platform of tatarstan.ru: the list of pages is JSON on the list's own address, past the end it is empty."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from playground.platforms.base import Answer, Platform, whole
from playground.site import Item


class Tatarstan(Platform):
    name = "tatarstan"
    machine_dates = True  # in the JSON

    def path(self, item: Item) -> str:
        return f"/index.htm/news/{2300000 + item.number}.htm"

    def addresses(self) -> dict[str, str]:
        return {"list": "/index.htm/news/"}

    def answers(self) -> dict[str, Answer]:
        return {"/index.htm/news/": self.list, "/index.htm/news": self.list, "/index.htm/news/{name}": self.show}

    def list(self, request: Request) -> Response:
        number = whole(request.query_params.get("page"))
        if request.query_params.get("format") != "json":
            return self.list_page(request, number)
        limit = whole(request.query_params.get("limit"), 15)
        chosen = self.site.items[(number - 1) * limit : number * limit]
        entries = [
            {
                "id": 2300000 + item.number,
                "title": item.title,
                "announce": item.lead,
                "date": f"{item.at:%Y-%m-%d %H:%M:%S}" if item.at else None,
                "url": self.path(item),
            }
            for item in chosen
        ]
        return self.json({"items": entries, "total": len(self.site.items), "page": number, "limit": limit})
