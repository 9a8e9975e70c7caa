"""When a page was published, from the surest sign to the weakest, and which sign it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import htmldate
from lxml.html import HtmlElement

from spiders.extraction.dates import Moment, parse_date
from spiders.extraction.metadata import json_ld, meta
from spiders.extraction.text import SILENT

# A line that holds a date and little else is the date of publication; a sentence with a date in it is not.
_WITHOUT_DATE = 30
_LABEL = re.compile(
    r"(?:дата\s+)?(?:публикаци[ия]|опубликован[оа]|размещен[оа]|создан[оа]|добавлен[оа])", re.IGNORECASE
)
_OTHER = re.compile(
    r"обновл|измен[еи]|актуализ|событи|мероприят|начал|окончани|прием|срок|провед|заседани|погода|курс|©|copyright|\(c\)",
    re.IGNORECASE,
)
_AWAY = frozenset({"header", "footer", "nav", "aside", "form"})
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)")


def find_date(
    root: HtmlElement, url: str, selectors: tuple[str, ...], zone: str, now: datetime | None
) -> tuple[Moment | None, str | None]:
    """Moment of publication and how it was found: selector, json-ld, meta, time, text, url, htmldate."""
    for source, text in _signs(root, url, selectors):
        if moment := parse_date(text, zone=zone, now=now):
            return moment, source
    return _last_resort(root, zone, now)


def _signs(root: HtmlElement, url: str, selectors: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for selector in selectors:
        for element in root.cssselect(selector):
            yield "selector", _value(element)
    if text := json_ld(root, "datePublished"):
        yield "json-ld", text
    if text := meta(root, "article:published_time", "datePublished", "og:article:published_time", "pubdate", "DC.date"):
        yield "meta", text
    yield from (("time", _value(element)) for element in _times(root))
    yield from (("text", line) for line in sorted(_date_lines(root), key=lambda line: not _LABEL.search(line)))
    if found := _IN_PATH.search(urlsplit(url).path):
        year, month, day = found.groups()
        yield "url", f"{year}-{int(month):02}-{int(day):02}" if day else f"{month}.{year}"


def _value(element: HtmlElement) -> str:
    """Machine's date of an element before man's: `content` and `datetime` attributes, then its text."""
    return str(element.get("datetime") or element.get("content") or " ".join(element.itertext()))


def _times(root: HtmlElement) -> Iterator[HtmlElement]:
    for element in root.xpath("//*[@itemprop='datePublished'] | //time[@datetime]"):
        marks = f"{element.get('class', '')} {element.get('itemprop', '')}".lower()
        if "updated" in marks.split() or "modified" in marks or "duration" in marks or _is_away(element):
            continue
        yield element


def _date_lines(root: HtmlElement) -> Iterator[str]:
    """Texts that stand alone in their element outside menus and footers and consist of a date and a label at most."""
    body = root.find("body")
    for element in (body if body is not None else root).iter():
        if not isinstance(element.tag, str) or element.tag in SILENT or len(element) > 4:
            continue
        text = " ".join("".join(element.itertext()).split())
        if (4 < len(text) <= _WITHOUT_DATE + 30 and any(map(str.isdigit, text))) or text.lower() in (
            "вчера",
            "сегодня",
        ):
            rest = re.sub(r"[\d\W_]+", "", _LABEL.sub("", text))
            if len(rest) <= _WITHOUT_DATE and not _OTHER.search(text) and not _is_away(element):
                yield text


def _is_away(element: HtmlElement) -> bool:
    """Inside a menu, a footer, a list of other releases (links carry their dates too)."""
    if element.tag == "a":
        return True
    return any(
        (parent.tag in _AWAY and not (parent.tag == "header" and _inside_article(parent))) or parent.tag == "a"
        for parent in element.iterancestors()
    )


def _inside_article(element: HtmlElement) -> bool:
    return any(parent.tag in ("article", "main") for parent in element.iterancestors())


def _last_resort(root: HtmlElement, zone: str, now: datetime | None) -> tuple[Moment | None, str | None]:
    found = htmldate.find_date(root, original_date=True, extensive_search=False, max_date=now or datetime.now(UTC))
    # The first of January is what it makes of a year alone, such as the one in the footer.
    if not found or found.endswith("-01-01"):
        return None, None
    return parse_date(found, zone=zone, now=now), "htmldate"
