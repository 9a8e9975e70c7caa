"""Where on a page its text is: by selectors, or by itself."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import dropwhile, takewhile

from lxml.html import HtmlElement

from spiders.extraction.furniture import clear, drop_link_lines, patterns
from spiders.extraction.hints import select
from spiders.extraction.text import is_sentence, line_of, to_text

_LONG = 60  # characters from which a line is prose rather than a label
_SHARE = 0.6  # of the prose that the text's own element must hold; what stands beside it is won back by widening
_PARAGRAPHS = frozenset({"p", "font", "span", "b", "strong", "i", "em", "u", "a", "li", "blockquote"})
_TOLD = 200  # characters from which a single sentence is a release
_FAR = 500  # characters of prose elsewhere, and this many times what follows the headline:
_TIMES = 3  # then the headline stands in a box of its own


def selected_body(root: HtmlElement, selectors: Iterable[str], drop: Iterable[str]) -> str:
    """Text of all elements that the first fruitful selector finds, without furniture and what `drop` finds in them."""
    unwanted_css = ", ".join(drop)
    for selector in selectors:
        found = select(root, selector)
        # An element within one already taken would say everything twice.
        outer = [element for element in found if not any(parent in found for parent in element.iterancestors())]
        for element in outer:
            for unwanted in select(element, unwanted_css) if unwanted_css else ():
                if unwanted is not element:
                    unwanted.drop_tree()
            clear(element)
            drop_link_lines(element)
        if text := "\n".join(filter(None, map(to_text, outer))):
            return text
    return ""


def found_body(root: HtmlElement, heading: HtmlElement | None, dated: HtmlElement | None) -> str:
    """The text of a page without furniture, apart from the elements of its headline and of its date.

    It follows the headline; trafilatura tells how far it reaches, and the smallest element that holds it is read
    whole: its own output drops short paragraphs and line breaks, which are facts' favourite places.
    """
    if dated is not None and dated.getparent() is not None:
        dated.drop_tree()
    _drop_other_articles(root, heading)
    scope, led = root, heading is not None
    if heading is not None and (home := heading.getparent()) is not None and (led := _cut_to(root, heading)):
        scope = _first_told(home)
    prose, there = _prose(root), _flat(scope)
    near = [line for line in prose if line in there]
    if _size(prose) - _size(near) > max(_FAR, _TIMES * _size(near)):
        scope, near = root, prose
    text = _widened(_smallest(scope, near))
    lead, rest = _lead(text) if led else [], _rest(text)
    for element in (text, *rest):
        drop_link_lines(element)
    lines = [*lead, *(line for element in (text, *rest) for line in to_text(element).split("\n") if line)]
    if dated is None:  # the head told it, or nobody: above the text it may be shown all the same
        lines = list(dropwhile(patterns()["dates"].fullmatch, lines))
    return "\n".join(lines)


def _drop_other_articles(root: HtmlElement, heading: HtmlElement | None) -> None:
    """Where pages are read on and on, the next release follows whole in an <article> of its own."""
    own = set(heading.iterancestors("article")) if heading is not None else set()
    for other in list(root.iter("article")) if own else []:
        if other not in own and not own & set(other.iterancestors()):
            other.drop_tree()


def _cut_to(root: HtmlElement, heading: HtmlElement) -> bool:
    """Drop a page's headline and all before it, unless nothing is told after it: then it is none."""
    path = [heading, *heading.iterancestors()]
    following = [element for ancestor in path for element in ancestor.itersiblings()]
    after = [line for element in following for line in to_text(element).split("\n")]
    beside = [" ".join(element.tail.split()) for element in (*path, *following) if element.tail]
    if not _tells([*after, *beside]):
        return False
    for ancestor in path[:-1]:
        for element in list(ancestor.itersiblings(preceding=True)):
            if element.tag != "head":
                element.drop_tree()
        ancestor.getparent().text = None
    heading.drop_tree()
    return True


def _first_told(element: HtmlElement) -> HtmlElement:
    """The element or the nearest one around it that tells something: two sentences or a long one."""
    scopes = (element, *element.iterancestors())
    return next((scope for scope in scopes if _tells(to_text(scope).split("\n"))), element)


def _tells(lines: Iterable[str]) -> bool:
    told = [line for line in lines if is_sentence(line)]
    return len(told) > 1 or _size(told) > _TOLD


def _lead(text: HtmlElement) -> list[str]:
    """Sentences that stand between the headline, before which the page is cut off, and the text; their subheads too."""
    before: list[str] = []
    subheads: set[str] = set()
    for ancestor in (text, *text.iterancestors()):
        above = [sibling for sibling in ancestor.itersiblings(preceding=True) if sibling.tag != "head"]
        before = [line for block in reversed(above) for line in to_text(block).split("\n")] + before
        subheads.update(line_of(heading) for block in above for heading in block.iter("h2", "h3", "h4"))
    begun = dropwhile(lambda line: not is_sentence(line), before)
    return [line for line in begun if is_sentence(line) or line in subheads]


def _rest(text: HtmlElement) -> list[HtmlElement]:
    """Paragraphs that go on after the text's own element, up to anything else."""
    following = (element for element in text.itersiblings() if to_text(element))
    return list(takewhile(lambda element: is_sentence(to_text(element)) and _is_plain(element), following))


def _prose(root: HtmlElement) -> list[str]:
    """Sentences of the main text by trafilatura, white space folded."""
    import trafilatura  # half a second, which a crawl whose platform has selectors need not spend

    text = trafilatura.extract(root, include_comments=False, include_tables=True) or ""
    lines = [" ".join(line.split()).strip("-| ") for line in text.split("\n")]
    told = [line for line in lines if len(line) >= _LONG or is_sentence(line)]
    return told or [line for line in lines if line]


def _size(lines: Iterable[str]) -> int:
    return sum(map(len, lines))


def _flat(element: HtmlElement) -> str:
    return " ".join(to_text(element).split())


def _smallest(scope: HtmlElement, prose: list[str]) -> HtmlElement:
    """The smallest element in `scope` that holds most of the prose."""
    need = _SHARE * _size(prose)
    while prose and (inner := next((child for child in scope if _holds(child, prose, need)), None)) is not None:
        scope = inner
    return scope


def _holds(element: HtmlElement, prose: list[str], need: float) -> bool:
    # A paragraph is never the whole text, though an unclosed <font> in it may hold all that follows.
    text = _flat(element) if isinstance(element.tag, str) and element.tag not in _PARAGRAPHS else ""
    # Most children are too short for that by themselves: no need to look for line after line in them.
    return len(text) >= need and _size(line for line in prose if line in text) >= need


def _widened(element: HtmlElement) -> HtmlElement:
    """The ancestor that adds sentences and little else: a lead, a first or last paragraph beside the text."""
    widest = element
    for parent in element.iterancestors():
        if parent.tag in ("html", "body"):
            break
        beside = {sibling: text for sibling in parent if sibling is not element and (text := to_text(sibling))}
        told = [text for sibling, text in beside.items() if is_sentence(text) and _is_plain(sibling)]
        if _size(told) < 0.7 * _size(beside.values()):
            break
        element = parent
        widest = parent if told else widest
    return widest


def _is_plain(element: HtmlElement) -> bool:
    """Paragraphs: neither a section with a heading of its own nor a list of links."""
    if (
        element.tag in ("h1", "h2", "h3", "h4")
        or element.find(".//h2") is not None
        or element.find(".//h3") is not None
    ):
        return False
    return _size(to_text(link) for link in element.iter("a")) < 0.3 * len(to_text(element))
