"""The text of a release: by the platform's selectors, or found by itself; without what stands around it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import trafilatura
import yaml
from lxml.html import HtmlElement

from spiders.extraction.text import to_text


@cache
def _furniture() -> dict[str, re.Pattern[str]]:
    """Patterns of page furniture, from the data file: one alternation for each of its lists."""
    data = yaml.safe_load(Path(__file__).with_name("furniture.yaml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE) for name, lines in data.items()}


def find_body(root: HtmlElement, selectors: tuple[str, ...]) -> str:
    """Plain text of the article. Takes furniture out of `root` on the way."""
    clear(root)
    for selector in selectors:
        found = root.cssselect(selector)
        # An element within one already taken would say everything twice.
        outer = [element for element in found if not any(parent in found for parent in element.iterancestors())]
        if text := "\n".join(filter(None, map(to_text, outer))):
            return text
    return _without_selectors(root)


def clear(root: HtmlElement) -> None:
    """Take out of a page what is never the release: menus, forms, captions, read-also lists, comments, notices."""
    patterns = _furniture()
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "main", "article"):
            continue
        if element.getparent() is None:
            continue
        marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
        if (
            element.tag in ("script", "style", "noscript", "nav", "form", "figcaption", "footer", "aside", "iframe")
            or patterns["marks"].search(marks)
            or _is_hidden(element)
        ):
            element.drop_tree()
    for heading in list(root.iter("h2", "h3", "h4", "h5", "b", "strong", "p", "div", "span")):
        if len(heading) <= 1 and heading.getparent() is not None:
            text = " ".join("".join(heading.itertext()).split())
            if len(text) < 60 and patterns["headings"].fullmatch(text):
                _drop_list_under(heading)


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or "display:none" in element.get("style", "").replace(" ", "").lower()


def _drop_list_under(heading: HtmlElement) -> None:
    """A heading such as «Читайте также», with the links after it: to the end of its own block."""
    parent = heading.getparent()
    for following in list(heading.itersiblings()):
        if following.tag in ("p", "div") and not following.xpath("descendant-or-self::a"):
            break
        following.drop_tree()
    heading.drop_tree()
    if parent is not None and parent.tag in ("div", "section") and not to_text(parent):
        parent.drop_tree()


def trim(body: str, title: str) -> str:
    """Lines of a body without those that repeat the title or the date at its head, and without buttons and counters."""
    patterns = _furniture()
    lines = body.split("\n")
    while lines and (lines[0] == title or patterns["head_lines"].fullmatch(lines[0])):
        lines.pop(0)
    while lines and patterns["tail_lines"].fullmatch(lines[-1]):
        lines.pop()
    return "\n".join(line for line in lines if not patterns["lines"].fullmatch(line))


def _without_selectors(root: HtmlElement) -> str:
    """trafilatura tells where the text is; the smallest element that holds it is read whole.

    Its own output drops short paragraphs and line breaks, which are facts' favourite places.
    """
    text = trafilatura.extract(root, include_comments=False, include_tables=True, favor_recall=True) or ""
    words = text.split()
    if not words:
        return ""
    best, need = root, 0.95 * sum(map(len, words))
    wanted = set(words)
    while True:
        inner = [
            child
            for child in best
            if isinstance(child.tag, str) and sum(len(w) for w in to_text(child).split() if w in wanted) >= need
        ]
        if not inner:
            return to_text(best)
        best = inner[0]
