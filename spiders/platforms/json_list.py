"""Lists that come as JSON: tatarstan.ru (all ministries and districts) and mos.ru."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from spiders.extraction import clean_url, html_to_text, parse_date
from spiders.listing import Listing, ListItem, ListPage, UnknownShape, one_line
from spiders.platforms.base import Platform

_TITLE = ("title", "name", "header")
_LINK = ("url", "link", "href", "detail_url")
_DATE = ("published_at", "publish_date", "date", "datetime", "created_at")


class JsonList(Platform):
    """`items` is the list in both; the two differ in how an entry's address is made and how one goes on."""

    def read(self, page: ListPage) -> Listing:
        try:
            answer = json.loads(page.body)
        except ValueError as error:
            raise UnknownShape(f"no JSON: {error}") from error
        if not isinstance(answer, dict) or not isinstance(answer.get("items"), list):
            raise UnknownShape("no `items` in the JSON")
        items = tuple(self._item(entry, page) for entry in answer["items"])
        return Listing(items, self.after(answer, page) if items else None)

    def _item(self, entry: object, page: ListPage) -> ListItem:
        if not isinstance(entry, dict):
            raise UnknownShape("an entry that is no object")
        title, date = _first(entry, _TITLE), _first(entry, _DATE)
        address = self.address(entry, page)
        if not title or not address:
            raise UnknownShape(f"an entry without a title or an address: {', '.join(sorted(entry))}")
        moment = parse_date(date, zone=page.source.zone, now=page.fetched_at) if date else None
        return ListItem(clean_url(address), one_line(html_to_text(title)), moment)

    def address(self, entry: Mapping[str, Any], page: ListPage) -> str | None:
        link = _first(entry, _LINK)
        return urljoin(page.url, link) if link else None

    def after(self, answer: Mapping[str, Any], page: ListPage) -> str | None:
        """The next page's address; None at the end."""
        raise NotImplementedError


class Tatarstan(JsonList):
    name = "tatarstan"

    def doors(self) -> tuple[str, ...]:
        assert self.source.list
        return (f"{self.source.list.rstrip('/')}?format=json&limit=15&page=1",)

    def address(self, entry: Mapping[str, Any], page: ListPage) -> str | None:
        if link := super().address(entry, page):
            return link
        return urljoin(page.url, f"{urlsplit(page.url).path}/{entry['id']}.htm") if entry.get("id") else None

    def after(self, answer: Mapping[str, Any], page: ListPage) -> str | None:
        # The last page is not marked: an empty one follows it.
        return re.sub(r"(?<=[?&]page=)\d+", lambda number: str(int(number.group()) + 1), page.url)


class MosRu(JsonList):
    name = "mosru"

    def address(self, entry: Mapping[str, Any], page: ListPage) -> str | None:
        if link := super().address(entry, page):
            return link
        return urljoin(page.url, f"/news/item/{entry['id']}/") if entry.get("id") else None

    def after(self, answer: Mapping[str, Any], page: ListPage) -> str | None:
        link = answer.get("_links", {}).get("next", {}).get("href")
        return urljoin(page.url, link) if link else None


def _first(entry: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((str(entry[name]) for name in names if entry.get(name)), None)
