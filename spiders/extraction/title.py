"""The headline of a page, where no selector names it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from lxml.html import HtmlElement

from spiders.extraction.text import line_of

_SEPARATOR = re.compile(r"\s+(?:[|/•·»:]{1,2}|[-–—])\s+")
_FIRM = re.compile(r"\s+[|/•·»:]{1,2}\s+")  # separators that headlines themselves do not hold
_HEADINGS = ("h1", "h2", "h3", "h4")
_ELSE = ("div", "p", "td", "span", "b", "strong", "font")
_SHORTEST, _LONGEST = 12, 400  # characters of a headline


def find_heading(root: HtmlElement, named: list[str]) -> HtmlElement | None:
    """The element of the headline: a heading that the head of the page confirms, else the first one of some length.

    `named` is what the head calls the page.
    """
    marked = root.xpath("//*[@itemprop='headline' or @itemprop='name'][not(self::meta)]")
    # Old templates have no headings: there the headline is known by saying what the head says.
    for elements in ([*marked, *root.iter(*_HEADINGS)], list(root.iter(*_ELSE))):
        lines = [(element, _folded(line_of(element))) for element in elements if len(element) <= 2]
        for says in (_is_name, _is_piece):
            for element, line in lines:
                if _SHORTEST <= len(line) <= _LONGEST and any(says(line, _folded(name)) for name in named):
                    return element
    return next((h1 for h1 in root.iter("h1", "h2") if len(line_of(h1).split()) > 2), None)


def written_title(named: list[str]) -> str:
    """The headline by the head alone, without the site's name."""
    if not named:
        return ""
    longest = max(_FIRM.split(named[0]), key=len)
    headline, _, _site = longest.rpartition(" - ")
    return headline if len(headline.split()) > 2 else longest


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


def _is_name(line: str, name: str) -> bool:
    """The head repeats a headline whole, with the site's name after it, or cut short, or nearly so."""
    if line == name or name.startswith(line):
        return True
    if name.endswith(("…", "...")) and line.startswith(name.rstrip(".…").strip()):
        return True
    if len(line) <= 30:
        return False
    matcher = SequenceMatcher(None, line, name, autojunk=False)
    # The first two are upper bounds and cost next to nothing.
    return all(ratio() > 0.9 for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))


def _is_piece(line: str, name: str) -> bool:
    """The head has the site's name and sections before the headline: the headline is then the longest of them."""
    return line == max(_SEPARATOR.split(name), key=len) or line == max(_FIRM.split(name), key=len)
