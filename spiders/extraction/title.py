"""The headline of a page, where no selector names it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from lxml.html import HtmlElement

from spiders.extraction.text import line_of

_SEPARATOR = re.compile(r"\s+(?:[|/•·»:]{1,2}|[-–—])\s+")


def find_heading(root: HtmlElement, named: list[str]) -> HtmlElement | None:
    """The element of the headline: a heading that the head of the page confirms, else the first one of some length.

    `named` is what the head calls the page.
    """
    marked = root.xpath("//*[@itemprop='headline' or @itemprop='name'][not(self::meta)]")
    # Old templates have no headings: there the headline is known by saying what the head says.
    for elements in (
        [*marked, *root.iter("h1", "h2", "h3", "h4")],
        root.iter("div", "p", "td", "span", "b", "strong", "font"),
    ):
        for element in elements:
            if len(element) <= 2 and any(_same(line_of(element), name) for name in named):
                return element
    return next((h1 for h1 in root.iter("h1", "h2") if len(line_of(h1).split()) > 2), None)


def written_title(named: list[str]) -> str:
    """The headline by the head alone, without the site's name."""
    if not named:
        return ""
    return named[0] if len(named) > 1 else _SEPARATOR.split(named[0])[0]


def _same(heading: str, name: str) -> bool:
    """The head repeats a heading whole, with the site's name beside it, or cut short with an ellipsis."""
    if len(heading) < 12 or len(heading) > 400:
        return False
    heading, name = (" ".join(text.lower().replace("ё", "е").split()) for text in (heading, name))
    pieces = _SEPARATOR.split(name)
    if heading == name or heading in pieces:
        # A site's name is in the head too, but never the first thing there.
        return heading == name or pieces[0] == heading
    if name.startswith(heading) or (name.endswith(("…", "...")) and heading.startswith(name.rstrip(".…").strip())):
        return True
    return len(heading) > 30 and SequenceMatcher(None, heading, name, autojunk=False).ratio() > 0.9
