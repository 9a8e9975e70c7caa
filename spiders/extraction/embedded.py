"""Releases that a page carries as data for its script to show: Inertia, Next and their like."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from spiders.extraction.furniture import fragment_text
from spiders.extraction.text import html_to_text

_WHOLE = 200  # characters from which a field is the text and no announcement
_TITLES = ("title", "name", "header", "headline")
_DATES = ("published_at", "publish_date", "publication_date", "datepublished", "published", "date", "created_at")


class Embedded(NamedTuple):
    title: str
    body: str
    date: str  # as written; empty where there is none


def embedded_release(root: HtmlElement) -> Embedded | None:
    """The object with the longest text among those with a title in the page's data, if any has one."""
    found: list[Embedded] = []
    for data in _data(root):
        for node in _objects(data):
            title, date = _field(node, _TITLES), _field(node, _DATES)
            long = [value for value in node.values() if isinstance(value, str) and len(value) >= _WHOLE]
            texts = [text for value in long if (text := fragment_text(value, title))]
            if title and texts:
                found.append(Embedded(" ".join(html_to_text(title).split()), max(texts, key=len), date))
    return max(found, key=lambda release: len(release.body), default=None)


def _data(root: HtmlElement) -> Iterator[Any]:
    written = [
        *root.xpath("//*[@data-page]/@data-page"),
        *root.xpath("//script[@type='application/json' or @id='__NEXT_DATA__']/text()"),
        *(
            script.partition("=")[2].strip().rstrip(";")
            for script in root.xpath("//script/text()")
            if re.match(r"\s*window\.__\w+__\s*=\s*\{", script)
        ),
    ]
    for text in written:
        try:
            yield json.loads(text)
        except ValueError:  # an expression and not JSON: nothing that we run
            continue


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """All objects in the data. Iterative: hostile data nest deep."""
    stack = [data]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)


def _field(node: dict[str, Any], names: tuple[str, ...]) -> str:
    lower = {key.lower(): value for key, value in node.items()}
    return next((value for name in names if isinstance(value := lower.get(name), str) and value), "")
