"""What stands on a page around the release, and how it is told from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import takewhile
from pathlib import Path

import yaml
from lxml.html import HtmlElement

from spiders.extraction.text import line_of, parse, to_text

_TAGS = frozenset(
    {
        "script",
        "style",
        "noscript",
        "nav",
        "form",
        "figcaption",
        "footer",
        "aside",
        "iframe",
        "video",
        "audio",
        "amp-sidebar",
    }
)
_KEPT = frozenset({"html", "body", "main", "article"})
_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "b", "strong", "p", "div", "span", "dt")
# Words in class names that say what a page has or lacks, not what the element is: `has-sidebar`, `no-comments`.
_LAYOUT = re.compile(r"^(?:has|no|with|without|is)[-_]")

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # of a camelCaseName

_CAPTION = 250  # characters that a picture's words have at most
_HEADING = 80  # characters of a heading over other releases
_INSET = 400  # characters of a box that offers other releases


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Patterns of page furniture, from the data file: one alternation for each of its lists."""
    data = yaml.safe_load(Path(__file__).with_name("furniture.yaml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE) for name, lines in data.items()}


def clear(root: HtmlElement) -> None:
    """Take out of a page, or of a part of one, what is never the release: menus, forms, captions, other headlines."""

    @cache
    def whole() -> int:
        return len(to_text(root))

    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in _KEPT or element is root or element.getparent() is None:
            continue
        if (element.tag in _TAGS or _is_marked(element) or _is_hidden(element)) and not _holds_release(element, whole):
            element.drop_tree()
    for element in list(root.iter(*_HEADINGS)):
        # A look at the raw text first: most are whole paragraphs, whose lines would be made in vain.
        if len(element) > 1 or element.getparent() is None or len("".join(element.itertext()).strip()) > _HEADING:
            continue
        if patterns()["headings"].fullmatch(line_of(element)):
            _drop_list_under(element)


def _is_marked(element: HtmlElement) -> bool:
    names = _names(element)
    if any(patterns()["marks"].search(name) for name in names):
        return True
    if not any(patterns()["pictures"].search(name) for name in names) or element.find(".//img") is None:
        return False
    return len(to_text(element)) <= _CAPTION


def _names(element: HtmlElement) -> list[str]:
    """Class names, id and role that say what an element is."""
    names = _HUMP.sub("-", f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}").split()
    return [name for name in names if not _LAYOUT.match(name)]


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or "display:none" in element.get("style", "").replace(" ", "").lower()


def _holds_release(element: HtmlElement, whole: Callable[[], int]) -> bool:
    """Old engines put the whole page into one form, others call its wrapper `content-sidebar`."""
    if element.tag in ("script", "style", "noscript", "nav", "iframe"):
        return False
    if element.find(".//h1") is not None or element.find(".//main") is not None:
        return True
    return len(to_text(element)) > whole() / 2


def _drop_list_under(heading: HtmlElement) -> None:
    """A heading such as «Читайте также» with the links after it, to where text without links begins again."""
    text = line_of(heading)
    while (wrapper := heading.getparent()) is not None and wrapper.tag not in _KEPT and line_of(wrapper) == text:
        heading = wrapper
    parent = heading.getparent()
    if parent is None:
        return
    if _is_inset(parent, text):
        parent.drop_tree()
        return
    offered = list(takewhile(_offers_links, heading.itersiblings()))
    for element in (*offered, heading) if any(map(line_of, offered)) else ():
        element.drop_tree()


def _is_inset(element: HtmlElement, heading: str) -> bool:
    """A box in the middle of a text that begins with such a heading: what it offers may have a teaser too."""
    text = line_of(element)
    return (
        element.tag not in _KEPT
        and text.startswith(heading)
        and len(text) <= _INSET
        and element.find(".//a") is not None
        and element.getparent() is not None
    )


def _offers_links(element: HtmlElement) -> bool:
    return not isinstance(element.tag, str) or not line_of(element) or bool(element.xpath("descendant-or-self::a"))


def drop_link_lines(root: HtmlElement) -> None:
    """Take out of a text the paragraphs that are links and nothing else: other headlines, authors, buttons."""
    for element in list(root.iter("p", "li", "div")):
        if element is root or element.getparent() is None or element.find(".//a") is None:
            continue
        text, links = line_of(element), "".join(map(line_of, element.iter("a")))
        mostly = _count(links, str.isalnum) >= 0.9 * _count(text, str.isalnum)
        # A number beside the links is told of them: «завод «Салют» – 12».
        if mostly and _count(links, str.isdigit) == _count(text, str.isdigit) and text[-1:] not in ".!?…":
            element.drop_tree()


def _count(text: str, kind: Callable[[str], bool]) -> int:
    return sum(map(kind, text))


def trim(body: str, title: str) -> str:
    """Lines of a body without the title at its head, and without buttons, counters and imprints."""
    known = patterns()
    lines = [line for line in body.split("\n") if not known["lines"].fullmatch(line)]
    while lines and (lines[0] == title or known["head_lines"].fullmatch(lines[0])):
        lines.pop(0)
    while lines and known["tail_lines"].fullmatch(lines[-1]):
        lines.pop()
    return "\n".join(lines)


def fragment_text(html: str, title: str) -> str:
    """Plain text of a release that a feed or an interface carries as markup, without what stands around it."""
    root = parse(f"<div>{html}</div>")
    if root is None:
        return ""
    clear(root)
    drop_link_lines(root)
    return trim(to_text(root), title)
