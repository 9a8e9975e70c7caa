"""The headline of a page, where no selector names it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from lxml.html import HtmlElement

from spiders.extraction.metadata import json_ld, meta
from spiders.extraction.text import to_text

_SEPARATOR = re.compile(r"\s+(?:[|/•·»:]{1,2}|[-–—])\s+")


def find_title(root: HtmlElement) -> str:
    """A heading that the head of the page confirms, else what the head itself says, else the first heading."""
    named = [
        text for text in (json_ld(root, "headline"), meta(root, "og:title", "twitter:title"), _title(root)) if text
    ]
    headings = [
        text
        for element in root.xpath("//*[@itemprop='headline' or @itemprop='name'][not(self::meta)] | //h1 | //h2 | //h3")
        if (text := to_text(element).replace("\n", " "))
    ]
    for heading in headings:
        if len(heading) > 10 and any(_same(heading, name) for name in named):
            return heading
    first = next((to_text(h1).replace("\n", " ") for h1 in root.iter("h1") if to_text(h1)), "")
    if len(first.split()) > 2 or not named:
        return first or next(iter(headings), "")
    return _SEPARATOR.split(named[0])[0] if len(named) == 1 else named[0]


def _title(root: HtmlElement) -> str:
    return " ".join(root.findtext(".//title", default="").split())


def _same(heading: str, name: str) -> bool:
    """The head repeats a heading whole, with the site's name after it, or cut short with an ellipsis."""
    heading, name = (" ".join(text.lower().replace("ё", "е").split()) for text in (heading, name))
    if heading in name or (len(name) > 30 and heading.startswith(name.rstrip(".…").strip())):
        return True
    return SequenceMatcher(None, heading, name, autojunk=False).ratio() > 0.9
