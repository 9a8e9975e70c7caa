"""What a page says of itself in its head: JSON-LD, Open Graph and other meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_TRAILING = re.compile(r",(\s*[}\]])")  # a comma before a closing bracket, which templates leave
_WHOLE = 200  # characters
ARTICLES = frozenset({"Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "PressRelease"})


class Head:
    """Of one page, looked through once."""

    def __init__(self, root: HtmlElement) -> None:
        self.window = " ".join(root.findtext(".//title", default="").split())
        self._metas = _metas(root)
        self._articles = list(_articles(root))

    def headlines(self) -> list[str]:
        """Names that the head gives the page, without repeats: the article's own first, the window's title last."""
        named = (self._json_ld("headline"), self._meta("og:title", "twitter:title"), self.window)
        return list(dict.fromkeys(name for name in named if name))

    def dates(self) -> list[tuple[str, str]]:
        """Dates of publication as the head writes them, each after the name of its source."""
        meta = self._meta("article:published_time", "og:article:published_time", "datePublished", "pubdate", "DC.date")
        named = (("json-ld", self._json_ld("datePublished")), ("meta", meta))
        return [(source, text) for source, text in named if text]

    def description(self) -> str:
        """The page's description, where it is so long that it must be the text itself."""
        text = self._meta("og:description", "description") or ""
        return text if len(text) >= _WHOLE else ""

    def author(self) -> str | None:
        return self._json_ld("author") or self._meta("author", "article:author")

    def _meta(self, *names: str) -> str | None:
        """Content of the first meta element of one of the names, which are in order of trust."""
        return next((self._metas[name] for name in names if name in self._metas), None)

    def _json_ld(self, key: str) -> str | None:
        """A text property of the page's schema.org article."""
        for article in self._articles:
            value = article.get(key)
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, dict):
                value = value.get("name")
            if isinstance(value, str) and value.strip():
                return " ".join(value.split())
        return None


def _metas(root: HtmlElement) -> dict[str, str]:
    """Contents by name, property or itemprop; of several the first that says anything."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        if text := " ".join(element.get("content", "").split()):
            for kind in ("name", "property", "itemprop"):
                if name := element.get(kind):
                    found.setdefault(name, text)
    return found


def _articles(root: HtmlElement) -> Iterator[dict[str, Any]]:
    for element in root.iter("script"):
        if element.get("type") != "application/ld+json":
            continue
        try:
            data = json.loads(_TRAILING.sub(r"\1", element.text or ""), strict=False)
        except ValueError:  # templates leave raw quotes; the page has other places to look
            continue
        waiting = [data]
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                kinds = node.get("@type")
                if ARTICLES.intersection([kinds] if isinstance(kinds, str) else kinds or []):
                    yield node
                waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]
