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


def headlines(root: HtmlElement) -> list[str]:
    """Names that the head gives the page, without repeats: the article's own first, the window's title last."""
    named = (
        _json_ld(root, "headline"),
        _meta(root, "og:title", "twitter:title"),
        " ".join(root.findtext(".//title", default="").split()),
    )
    return list(dict.fromkeys(name for name in named if name))


def dates(root: HtmlElement) -> list[tuple[str, str]]:
    """Dates of publication as the head writes them, each after the name of its source."""
    named = (
        ("json-ld", _json_ld(root, "datePublished")),
        (
            "meta",
            _meta(root, "article:published_time", "og:article:published_time", "datePublished", "pubdate", "DC.date"),
        ),
    )
    return [(source, text) for source, text in named if text]


def description(root: HtmlElement) -> str:
    """The page's description, where it is so long that it must be the text itself."""
    text = _meta(root, "og:description", "description") or ""
    return text if len(text) >= _WHOLE else ""


def author(root: HtmlElement) -> str | None:
    return _json_ld(root, "author") or _meta(root, "author", "article:author")


def _meta(root: HtmlElement, *names: str) -> str | None:
    """Content of the first meta element that is called so by name, property or itemprop; names in order of trust."""
    for name in names:
        for value in root.xpath("//meta[@name=$n or @property=$n or @itemprop=$n]/@content", n=name):
            if text := " ".join(str(value).split()):
                return text
    return None


def _json_ld(root: HtmlElement, key: str) -> str | None:
    """A text property of the page's schema.org article."""
    for article in _articles(root):
        value = article.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def _articles(root: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(_TRAILING.sub(r"\1", script), strict=False)
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
