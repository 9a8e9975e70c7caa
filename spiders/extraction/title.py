"""The headline of a page, where no selector names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile

from lxml.html import HtmlElement

from spiders.extraction.furniture import patterns
from spiders.extraction.metadata import Head
from spiders.extraction.text import is_sentence, line_of, to_text

_SEPARATOR = re.compile(r"\s+(?:[|/•·»:]{1,2}|[-–—])\s+")
_FIRM = re.compile(r"\s+[|/•·»:]{1,2}\s+")  # separators that headlines themselves do not hold
_EDGES = " |/•·»>:–—-"
_HEADINGS = ("h1", "h2", "h3", "h4")
_ELSE = ("div", "p", "td", "span", "b", "strong", "font")
_STRONG = ("h3", "h4", "b", "strong", "font")
_SHORTEST, _LONGEST = 12, 400  # characters of a headline
_NEAR = 3  # lines within which the text of a headline begins


def find_heading(root: HtmlElement, head: Head) -> HtmlElement | None:
    """The element of the headline: a heading that the head of the page confirms, else the first one of some length."""
    named = head.headlines()
    names = [_folded(name).strip(_EDGES) for name in named]
    nameless = all(name == head.window for name in named)
    marked = root.xpath("//*[@itemprop='headline' or @itemprop='name'][not(self::meta)]")
    spare: HtmlElement | None = None
    # Old templates have no headings: there the headline is known by saying what the head says.
    for elements in ([*marked, *root.iter(*_HEADINGS)], list(root.iter(*_ELSE))):
        lines = [(element, _folded(line_of(element))) for element in elements if len(element) <= 2]
        lines = [(element, line) for element, line in lines if _SHORTEST <= len(line) <= _LONGEST]
        for says in (_is_name, _is_piece):
            for element, line in lines:
                if any(says(line, name) for name in names):
                    if not (nameless and _is_sites_own(element, line)):
                        return element
                    spare = element if spare is None else spare
    first = _first_heading(root, nameless=nameless)
    if spare is None or first is None:
        return spare if first is None else first
    shown = to_text(root).split("\n")
    between = shown[shown.index(line_of(spare)) :] if line_of(spare) in shown else []
    told = any(map(is_sentence, takewhile(lambda line: line != line_of(first), between)))
    return spare if told else first  # what text follows is a headline, even when it is but the body's name


def _first_heading(root: HtmlElement, *, nameless: bool) -> HtmlElement | None:
    """`nameless`: the head has but a window's title, which on old sites is the site's name on every page."""
    for heading in root.iter("h1", "h2"):
        line = line_of(heading)
        if len(line.split()) > 2 and not (nameless and _is_sites_own(heading, _folded(line))):
            return heading
    return next(_leading(root), None) if nameless else None


def _leading(root: HtmlElement) -> Iterator[HtmlElement]:
    """Small headings and strong words that are a line of their own right before the page's first sentences."""
    lines = to_text(root).split("\n")
    told = next((number for number, line in enumerate(lines) if is_sentence(line)), 0)
    above = lines[max(0, told - _NEAR) : told]
    for element in root.iter(*_STRONG):
        line = line_of(element)
        if len(line.split()) > 2 and len(line) <= _LONGEST and line in above and element.find(".//a") is None:
            yield element


def _is_sites_own(element: HtmlElement, line: str) -> bool:
    """The body's name, which some sites make every page's first heading, and the logo that leads to the front page."""
    return bool(patterns()["institutions"].fullmatch(line)) or any(
        link.get("href") == "/" for link in (*element.iter("a"), *element.iterancestors("a"))
    )


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
    if line == max(_SEPARATOR.split(name), key=len) or line == max(_FIRM.split(name), key=len):
        return True
    return name.endswith(line) and name.removesuffix(line).rstrip()[-1:] in _EDGES
