"""Where on a page its text is, when no selector tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import trafilatura
from lxml.html import HtmlElement

from spiders.extraction.furniture import clear
from spiders.extraction.hints import select
from spiders.extraction.text import to_text

_SENTENCE = 60  # characters from which a line is prose rather than a label
_SHARE = 0.8  # of the prose that the text's own element must hold


def selected_body(root: HtmlElement, selectors: Iterable[str], drop: Iterable[str]) -> str:
    """Text of all elements that the first fruitful selector finds, without furniture and what `drop` finds in them."""
    for selector in selectors:
        found = select(root, selector)
        # An element within one already taken would say everything twice.
        outer = [element for element in found if not any(parent in found for parent in element.iterancestors())]
        for element in outer:
            for unwanted in (e for css in drop for e in select(element, css) if e is not element):
                unwanted.drop_tree()
            clear(element)
        if text := "\n".join(filter(None, map(to_text, outer))):
            return text
    return ""


def found_body(root: HtmlElement, heading: HtmlElement | None, dated: HtmlElement | None) -> str:
    """The text of a page without furniture, apart from the elements of its headline and of its date.

    trafilatura tells where the text is; the smallest element that holds it is read whole: its own output drops short
    paragraphs and line breaks, which are facts' favourite places.
    """
    if dated is not None and dated.getparent() is not None:
        dated.drop_tree()
    if heading is not None:
        _cut_to(root, heading)
    prose = _prose(root)
    if not prose:
        return to_text(root)
    best, need = root, _SHARE * sum(prose.values())
    while (inner := next((child for child in best if _held(child, prose) >= need), None)) is not None:
        best = inner
    return to_text(_widened(best))


def _cut_to(root: HtmlElement, heading: HtmlElement) -> None:
    """Drop a page's headline and all before it, unless most of the page's text stands there: then it is none."""
    path = [heading, *heading.iterancestors()]
    after = sum(len(to_text(element)) for ancestor in path for element in ancestor.itersiblings())
    if after < len(to_text(root)) / 3:
        return
    for ancestor in path[:-1]:
        for element in list(ancestor.itersiblings(preceding=True)):
            if element.tag != "head":
                element.drop_tree()
        ancestor.getparent().text = None
    heading.drop_tree()


def _prose(root: HtmlElement) -> Counter[str]:
    """Sentences of the main text by trafilatura, with their lengths."""
    text = trafilatura.extract(root, include_comments=False, include_tables=True) or ""
    lines = text.split("\n")
    long = [line for line in lines if len(line) >= _SENTENCE] or lines
    return Counter({line: len(line) for line in long if line.strip()})


def _held(element: HtmlElement, prose: Counter[str]) -> int:
    if not isinstance(element.tag, str):
        return 0
    text = " ".join(to_text(element).split())
    return sum(size for line, size in prose.items() if " ".join(line.split()).strip("-| ") in text)


def _widened(element: HtmlElement) -> HtmlElement:
    """The ancestor that adds prose and little else: a lead, a first or last paragraph beside the rest of the text."""
    widest = element
    for parent in element.iterancestors():
        if parent.tag in ("html", "body"):
            break
        beside = {sibling: text for sibling in parent if sibling is not element and (text := to_text(sibling))}
        prose = [text for sibling, text in beside.items() if text[-1] in ".!?»…" and sibling.find(".//a") is None]
        if sum(map(len, prose)) < 0.7 * sum(map(len, beside.values())):
            break
        element = parent
        widest = parent if prose else widest
    return widest
