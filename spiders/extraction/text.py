"""Elements to plain text: one paragraph a line."""

from __future__ import annotations

import re

from lxml.etree import ParserError, strip_tags
from lxml.html import HtmlElement, HTMLParser, document_fromstring

_BLOCKS = """
    address article aside blockquote body center dd details div dl dt fieldset figure figcaption footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td th tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())
_SILENT = """
    script style noscript template iframe object svg canvas head title select option button textarea
    input
"""
SILENT = frozenset(_SILENT.split())
_METADATA = frozenset({"title", "meta", "link", "base", "style", "script", "noscript"})

_SHORT = 20  # characters from which what ends like a sentence is one

DEEPEST = 256
_TOO_DEEP = f"boolean(//*[count(ancestor::*) > {DEEPEST}])"
_INLINE = ("font", "b", "strong", "i", "em", "u", "s", "span", "small", "big", "sub", "sup", "a", "nobr", "tt")

# Not \s: no-break spaces, soft hyphens and the like are the release's own characters and stay as they came.
_SPACE = re.compile(r"[ \t\r\n\f]+")
# What XML cannot hold: libxml2 reads it and lxml then refuses to move it about.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Zero-width characters and marks of direction, which editors leave around a paragraph: within one they stay.
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_EDGE = " \t\r\n\f\xa0" + INVISIBLE


def parse(text: str) -> HtmlElement | None:
    """Tree of a page, or None where there is nothing in it. Bad markup is mended as libxml2 does.

    No tree is deeper than `DEEPEST`: what walks it may take time in proportion to its depth.
    """
    if not text.strip():
        return None
    # As bytes, since lxml refuses text with an <?xml encoding?> line.
    data = _CONTROLS.sub("", text).encode("utf-8", errors="replace")
    root = _tree(data, huge=True)
    if root is not None and root.xpath(_TOO_DEEP):
        # Unclosed <font> and <b> nest what follows in one another; they mean nothing here.
        strip_tags(root, *_INLINE)
        if root.xpath(_TOO_DEEP):
            root = _tree(data, huge=False)  # libxml2 then ends the page where it is 256 deep
    return root


def _tree(data: bytes, *, huge: bool) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", huge_tree=huge, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(data, parser=parser)
    except ParserError:  # nothing but white space or half a tag
        return None
    _give_body(root)
    return root


def _give_body(root: HtmlElement) -> None:
    """Where the page has neither `</head>` nor `<body>`, libxml2 leaves all of it in the head: move it out."""
    head = root.find("head")
    if head is None or root.find("body") is not None:
        return
    body = root.makeelement("body")
    for element in list(head):
        if len(body) or element.tag not in _METADATA:
            body.append(element)
    root.append(body)


def to_text(element: HtmlElement) -> str:
    """Plain text of an element: blocks and `<br>` begin a new line, white space is folded, empty lines are gone."""
    lines = (line.strip(_EDGE) for line in _SPACE.sub(" ", "".join(_pieces(element))).split("\x1e"))
    return "\n".join(line for line in lines if line)


def line_of(element: HtmlElement) -> str:
    """Text of an element on one line."""
    return to_text(element).replace("\n", " ")


def is_sentence(line: str) -> bool:
    """Whether a line tells something: a label, a name or a menu's entry does not."""
    return len(line) >= _SHORT and line[-1] in ".!?…»:;"


def html_to_text(html: str) -> str:
    """Plain text of a fragment, as feeds and JSON carry it."""
    root = parse(f"<div>{html}</div>")
    return to_text(root) if root is not None else ""


def _pieces(element: HtmlElement) -> list[str]:
    """Text in document order, U+001E where a line ends. Iterative: hostile pages nest thousands deep."""
    pieces: list[str] = []
    stack: list[HtmlElement | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        tag = node.tag
        if not isinstance(tag, str) or tag in SILENT:
            continue
        if tag == "br":
            pieces.append("\x1e")
            continue
        if tag in BLOCKS:
            pieces.append("\x1e")
            stack.append("\x1e")
        if node.text:
            pieces.append(node.text)
        for child in reversed(node):
            if child.tail:
                stack.append(child.tail)
            stack.append(child)
    return pieces
