"""WordPress: pages of a category, the JSON interface, a feed, AMP versions by the plugin."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.platforms.base import Answer, Platform, whole
from playground.site import Item


class WordPress(Platform):
    name = "wordpress"
    machine_dates = page_has_machine_dates = True

    def told(self, item: Item) -> datetime:
        return item.listed  # the system dates whatever it publishes

    def path(self, item: Item) -> str:
        return f"/{item.listed:%Y/%m}/{item.slug}/"

    def addresses(self) -> dict[str, str]:
        return {"list": "/category/news/"}

    def day_in_address(self, item: Item) -> date:
        return item.listed.date().replace(day=1)

    def answers(self) -> dict[str, Answer]:
        return {
            "/category/news/": self.list,
            "/category/news/page/{page:int}/": self.list,
            "/feed/": self.feed,
            "/wp-json/": self.root,
            "/wp-json/wp/v2/posts": self.posts,
            "/{year:int}/{month:int}/{slug}/": self.show,
            "/{year:int}/{month:int}/{slug}/amp/": self.show,
        }

    def list(self, request: Request) -> Response:
        number = request.path_params.get("page", 1)
        return self.list_page(request, number) if 1 <= number <= self.site.pages else self.missing()

    def feed(self, _: Request) -> Response:
        return self.xml("/rss.xml", items=self.site.items[:10], full=False, rfc822=format_datetime)

    def find(self, request: Request) -> Item | None:
        asked = request.url.path.removesuffix("amp/")
        return next((item for item in self.site.items if self.path(item) == asked), None)

    def root(self, _: Request) -> Response:
        return self.json({"name": self.site.host.name, "url": self.site.base, "namespaces": ["oembed/1.0", "wp/v2"]})

    def posts(self, request: Request) -> Response:
        page, size = whole(request.query_params.get("page")), whole(request.query_params.get("per_page"), 10)
        pages = -(-len(self.site.items) // size)
        if page > pages:
            return JSONResponse({"code": "rest_post_invalid_page_number", "message": "…", "data": {"status": 400}}, 400)
        chosen = self.site.items[(page - 1) * size : page * size]
        response = self.json([self.post(item) for item in chosen])
        response.headers.update({"x-wp-total": str(len(self.site.items)), "x-wp-totalpages": str(pages)})
        return response

    def post(self, item: Item) -> dict[str, Any]:
        text = self.text("/fragment.html", self.manner, item=item)
        return {
            "id": item.number,
            "date": f"{item.listed:%Y-%m-%dT%H:%M:%S}",
            "date_gmt": f"{item.listed.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
            "modified": f"{item.listed:%Y-%m-%dT%H:%M:%S}",
            "slug": item.slug,
            "status": "publish",
            "type": "post",
            "link": self.url(item),
            "title": {"rendered": escape(item.title)},
            "content": {"rendered": text, "protected": False},
            "excerpt": {"rendered": f"<p>{escape(item.lead)} [&hellip;]</p>\n", "protected": False},
            "author": 1,
            "categories": [3],
        }
