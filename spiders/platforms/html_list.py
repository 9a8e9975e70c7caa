"""Reading HTML lists: entries with a link, a title and perhaps a date; pagers that count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from spiders.extraction import Moment, clean_url, decode, parse_date
from spiders.extraction.text import parse, to_text
from spiders.listing import Listing, ListItem, ListPage, UnknownShape, one_line

MIN_TITLE = 8  # characters: less is a «Далее» or a number, never a headline
# Dates that say less than they mean: read with the day of fetching in mind.
_WITH_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-]\d\d[./-]\d\d")
_DATE_LINE = 40  # letters
_DATE_BEGINS = re.compile(r"\d|(?:поза)?вчера|сегодня", re.IGNORECASE)
_LABEL = re.compile(r"(?:дата\s+)?(?:публикаци[ия]|опубликован[оа]|размещен[оа]|добавлен[оа]|от)", re.IGNORECASE)
_MORE = re.compile(r"^(?:подробнее|читать|далее|показать|все новости|смотреть|перейти|комментари)", re.IGNORECASE)
_OLDER = re.compile(
    r"^(?:следующ\w*|след\.?|дал(?:ьше|ее)|впер[её]д|ранее|более старые|старые|next|older|[›»→>]+)"
    r"(?:\s*(?:страниц\w*|новост\w*|стр\.?|posts?|page|[›»→>]+))*$",
    re.IGNORECASE,
)


def tree(page: ListPage) -> HtmlElement:
    """The page as a tree. Raises UnknownShape where there is none."""
    root = parse(decode(page.body, page.content_type))
    if root is None:
        raise UnknownShape("the page is empty")
    return root


def links(root: HtmlElement, base: str) -> Iterator[tuple[HtmlElement, str]]:
    """Anchors with their absolute web addresses."""
    for anchor in root.iter("a"):
        href = (anchor.get("href") or "").strip()
        if not href or href.startswith("#"):
            continue
        try:
            address = urljoin(base, href)
            scheme = urlsplit(address).scheme
        except ValueError:
            continue
        if scheme in {"http", "https"}:
            yield anchor, address


def base_of(root: HtmlElement, url: str) -> str:
    for element in root.iter("base"):
        if href := element.get("href"):
            return str(urljoin(url, href))
    return url


def read_items(blocks: Iterable[HtmlElement], page: ListPage, base: str) -> tuple[ListItem, ...]:
    """One entry a block, each address once; blocks without a titled link (banners, archives) are no entries."""
    found: dict[str, ListItem] = {}
    for block in blocks:
        item = read_item(block, page, base)
        if item and item.url not in found:
            found[item.url] = item
    return tuple(found.values())


def read_item(block: HtmlElement, page: ListPage, base: str) -> ListItem | None:
    """Title, address and date of one block. The title is its longest link's text, the date what stands beside it."""
    best: tuple[int, str, str] | None = None
    for anchor, address in links(block, base):
        title = one_line(to_text(anchor) or anchor.get("title") or "")
        if len(title) >= MIN_TITLE and not _MORE.match(title) and not _is_bare_date(title, page):
            heading = anchor.getparent() is not None and anchor.getparent().tag in {"h1", "h2", "h3", "h4"}
            rank = len(title) + 1000 * heading
            if best is None or rank > best[0]:
                best = rank, title, address
    if best is None:
        best = _wrapped(block, base)
    if best is None:
        return None
    _, title, address = best
    moment, yearless = read_moment(block, page, without=title)
    return ListItem(clean_url(address), title, moment, yearless)


def _is_bare_date(title: str, page: ListPage) -> bool:
    return len(title) < 30 and _is_date_line(title) and parse_date(title, zone=page.source.zone) is not None


def _wrapped(block: HtmlElement, base: str) -> tuple[int, str, str] | None:
    """A card whose link carries no title of its own («Подробнее», a picture): the heading beside it is the title."""
    heading = next(iter(block.xpath(".//h1|.//h2|.//h3|.//h4|.//*[contains(@class,'title')]|.//b|.//strong")), None)
    address = next((address for _, address in links(block, base)), None)
    title = one_line(to_text(heading)) if heading is not None else ""
    return (0, title, address) if address and len(title) >= MIN_TITLE else None


def read_moment(block: HtmlElement, page: ListPage, *, without: str) -> tuple[Moment | None, bool]:
    """The date of an entry and whether its year (or day) had to be worked out."""
    for element in block.xpath(".//*[@datetime or @itemprop='datePublished']"):
        text = element.get("datetime") or element.get("content") or ""
        if moment := parse_date(text, zone=page.source.zone, now=page.fetched_at):
            return moment, False
    text = to_text(block).replace("\n", " | ").replace(without, " ")
    for piece in sorted(re.split(r"\s\|\s", text), key=len):
        if _is_date_line(piece) and (moment := parse_date(piece, zone=page.source.zone, now=page.fetched_at)):
            return moment, not _WITH_YEAR.search(piece)
    return None, False


def _is_date_line(text: str) -> bool:
    """A date with a label or a rubric at most. One inside a lead is what the release tells of, not when it appeared."""
    begin = _DATE_BEGINS.search(text)
    if begin is None or sum(map(str.isalpha, text)) > _DATE_LINE:
        return False
    before = text[: begin.start()].strip()
    return not before or before[-1] in ":|,;·•–—-/([" or bool(_LABEL.fullmatch(before))


def barren(page: ListPage, older: str | None, problem: str) -> Listing:
    """A page without entries. A month of a calendar may be one: it leads on. Anything else is no list."""
    if page.first or older is None:
        raise UnknownShape(problem)
    return Listing((), older)


def counted_next(root: HtmlElement, page: ListPage, pager: re.Pattern[str], first: int) -> str | None:
    """The page after this one by a pager whose links carry a rising number, `pager`'s last group.

    Where no link carries one, a link may still say that it leads on. `first` is the number of the list's first page,
    which its address may leave out. Where a page has several pagers (groups before the last differ), the most linked
    one is the list's.
    """
    offered: dict[tuple[str, ...], dict[int, str]] = {}
    weight: Counter[tuple[str, ...]] = Counter()
    for _, address in links(root, base_of(root, page.url)):
        if urlsplit(address).netloc != urlsplit(page.url).netloc:
            continue
        if found := pager.search(unquote(address)):
            *kind, number = found.groups()
            offered.setdefault(tuple(kind), {}).setdefault(int(number), address)
            weight[tuple(kind)] += 1
    here = pager.search(unquote(page.url))
    chosen = here.groups()[:-1] if here else (weight.most_common(1)[0][0] if weight else None)
    if chosen is None or tuple(chosen) not in offered:
        return named_next(root, page)
    current = int(here.groups()[-1]) if here else first
    later = [number for number in offered[tuple(chosen)] if number > current]
    return offered[tuple(chosen)][min(later)] if later else None


def named_next(root: HtmlElement, page: ListPage) -> str | None:
    """The page after this one by a link that says so: `rel=next`, «Следующая», «›», or the next number in a row."""
    base = base_of(root, page.url)
    for element in root.xpath("//link[@rel='next'][@href] | //a[contains(concat(' ', @rel, ' '), ' next ')][@href]"):
        return str(urljoin(base, element.get("href")))
    numbered: dict[int, str] = {}
    for anchor, address in links(root, base):
        text = " ".join("".join(anchor.itertext()).split())
        label = text or (anchor.get("title") or anchor.get("aria-label") or "").strip()
        if urlsplit(address).netloc == urlsplit(page.url).netloc and address != page.url:
            if _OLDER.match(label):
                return address
            if label.isdigit() and len(label) <= 4:
                numbered.setdefault(int(label), address)
    return numbered.get(_current(root, page, numbered) + 1)


def _current(root: HtmlElement, page: ListPage, numbered: Mapping[int, str]) -> int:
    """The number of this page: the one that is marked, else the one that has no link."""
    if page.first or not numbered:
        return 1
    for element in root.xpath("//*[contains(@class,'active') or contains(@class,'current')]"):
        text = "".join(element.itertext()).strip()
        if text.isdigit() and {int(text) - 1, int(text) + 1} & numbered.keys():
            return int(text)
    return next(number for number in count(min(numbered)) if number not in numbered)
