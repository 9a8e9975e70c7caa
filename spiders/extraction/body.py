"""Where on a page its text is, when no selector tells."""

from __future__ import annotations

from collections import Counter

import trafilatura
from lxml.html import HtmlElement

from spiders.extraction.text import to_text

_SENTENCE = 60  # characters from which a line is prose rather than a label
_SHARE = 0.8  # of the prose that the text's own element must hold


def selected_body(root: HtmlElement, selectors: tuple[str, ...], drop: tuple[str, ...]) -> str:
    """Text of all elements that the first fruitful selector finds, without what `drop` finds in them."""
    for selector in selectors:
        found = root.cssselect(selector)
        # An element within one already taken would say everything twice.
        outer = [element for element in found if not any(parent in found for parent in element.iterancestors())]
        for element in outer:
            for unwanted in (e for css in drop for e in element.cssselect(css) if e is not element):
                unwanted.drop_tree()
        if text := "\n".join(filter(None, map(to_text, outer))):
            return text
    return ""


def found_body(root: HtmlElement, heading: HtmlElement | None) -> str:
    """trafilatura tells where the text is; the smallest element that holds it is read whole.

    Its own output drops short paragraphs and line breaks, which are facts' favourite places.
    """
    _cut_before(root, heading)
    prose = _prose(root)
    if not prose:
        return to_text(root)
    best, need = root, _SHARE * sum(prose.values())
    while (inner := next((child for child in best if _held(child, prose) >= need), None)) is not None:
        best = inner
    return to_text(_widened(best))


def _cut_before(root: HtmlElement, heading: HtmlElement | None) -> None:
    """Drop the heading and what comes before it on the page: dates and names are read by now, the rest is menus."""
    if heading is None:
        return
    before = len(to_text(root))
    following = sum(len(to_text(e)) for a in (heading, *heading.iterancestors()) for e in a.itersiblings())
    if following < before / 3:
        return
    for ancestor in (heading, *heading.iterancestors()):
        for element in list(ancestor.itersiblings(preceding=True)):
            if element.tag != "head":
                element.drop_tree()
        parent = ancestor.getparent()
        if parent is not None:
            parent.text = None
    tail, parent = heading.tail, heading.getparent()
    for child in list(heading):
        heading.remove(child)
    heading.text, heading.tail = None, tail
    assert parent is not None


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
        beside = [text for sibling in parent if sibling is not element and (text := to_text(sibling))]
        prose = [text for text in beside if len(text) >= _SENTENCE and text[-1] in ".!?»…"]
        if sum(map(len, prose)) < 0.7 * sum(map(len, beside)):
            break
        element = parent
        widest = parent if prose else widest
    return widest
