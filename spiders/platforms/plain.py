"""A plain list nobody described: found by its dates, or, where it has none, by the links that repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders.extraction import parse_date
from spiders.extraction.text import SILENT
from spiders.listing import Listing, ListItem, ListPage
from spiders.platforms.base import Platform
from spiders.platforms.blocks import grown, signature
from spiders.platforms.html_list import barren, base_of, links, named_next, read_items, tree

_DATE_LINE = 40  # characters: a text that is a date of publication holds little else
_AWAY = {"footer", "nav", "aside", "header", "form"}
_MIN_HEADLINE = 25  # characters, on the average, of links that are headlines rather than a menu


class Plain(Platform):
    name = "plain"

    def read(self, page: ListPage) -> Listing:
        root = tree(page)
        base = base_of(root, page.url)
        own = self.source.selectors.item
        if own:
            items = read_items(root.cssselect(own), page, base)
        else:
            items = _dated(root, page, base) or _undated(root, page, base)
        older = named_next(root, page)
        if not items:
            return barren(
                page, older, f"no entry at {own}" if own else "neither dates beside links nor repeating links"
            )
        return Listing(items, older)


def _dated(root: HtmlElement, page: ListPage, base: str) -> tuple[ListItem, ...]:
    """Blocks around dates, of the kind there is most of."""
    seeds = [element for element in root.iter() if _is_date(element, page)]
    return _most(grown(seeds), page, base, dated=True)


def _is_date(element: HtmlElement, page: ListPage) -> bool:
    if not isinstance(element.tag, str) or element.tag in SILENT or _is_away(element) or len(element) > 3:
        return False
    if any(child.tag not in {"br", "span", "b", "i", "em", "strong"} for child in element):
        return False
    text = " ".join("".join(element.itertext()).split())
    inherited = element.getparent() is not None and text == " ".join("".join(element.getparent().itertext()).split())
    return (
        not inherited
        and 4 <= len(text) <= _DATE_LINE
        and parse_date(text, zone=page.source.zone, now=page.fetched_at) is not None
    )


def _undated(root: HtmlElement, page: ListPage, base: str) -> tuple[ListItem, ...]:
    """Links alike in markup that read as headlines, of one site."""
    host = urlsplit(page.url).netloc
    anchors = [
        anchor
        for anchor, address in links(root, base)
        if urlsplit(address).netloc == host and not _is_away(anchor) and len("".join(anchor.itertext()).strip()) > 8
    ]
    groups: dict[tuple[str, ...], list[HtmlElement]] = defaultdict(list)
    for anchor in anchors:
        groups[signature(anchor)].append(anchor)
    headlines = [
        group
        for group in groups.values()
        if len(group) > 2 and sum(len("".join(a.itertext()).strip()) for a in group) / len(group) >= _MIN_HEADLINE
    ]
    return _most([anchor for group in headlines for anchor in group], page, base, dated=False)


def _most(blocks: Iterable[HtmlElement], page: ListPage, base: str, *, dated: bool) -> tuple[ListItem, ...]:
    """Entries of the largest group of alike blocks. Dated groups before others of their size: menus have no dates."""
    groups: dict[tuple[str, ...], list[HtmlElement]] = defaultdict(list)
    for block in blocks:
        groups[signature(block)].append(block)
    best: tuple[ListItem, ...] = ()
    for group in groups.values():
        items = tuple(item for item in read_items(group, page, base) if item.moment or not dated)
        if len(items) > len(best):
            best = items
    return best


def _is_away(element: HtmlElement) -> bool:
    return element.tag in _AWAY or any(parent.tag in _AWAY for parent in element.iterancestors())
