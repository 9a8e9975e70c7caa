"""When a page was published, from the surest sign to the weakest, and which sign it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders.extraction.dates import Moment, parse_date
from spiders.extraction.hints import select
from spiders.extraction.text import SILENT

_LABEL = re.compile(
    r"(?:дата\s+)?(?:публикаци[ия]|опубликован[оа]|размещен[оа]|создан[оа]|добавлен[оа])", re.IGNORECASE
)
# Days that pages name beside the one of publication.
_OTHER = re.compile(
    r"обновл|измен[еи]|актуализ|событи|мероприят|начал|окончани|при[её]м|срок|провед|заседани|погода|курс|©|copyright",
    re.IGNORECASE,
)
_MARK = re.compile(r"date|time|publish|data(?![a-z])|когда|news-info", re.IGNORECASE)
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)")

# A text that is a date of publication holds little else; a sentence with a date in it is none.
_LINE, _REST = 80, 30  # characters in all, letters besides the digits and the label
_PARTS = re.compile(r"\s+[|•·/]\s+|[.;,]\s+(?=[А-ЯЁ])")
_PARAGRAPH = 120  # characters from which a text is the release's own: dates after it are what it tells of


class Found(NamedTuple):
    """A moment, the sign it was read from, and the element that shows it, if one does."""

    moment: Moment
    source: str
    element: HtmlElement | None = None


def selected_date(root: HtmlElement, selectors: Iterable[str], zone: str, now: datetime | None) -> Found | None:
    for selector in selectors:
        for element in select(root, selector):
            if moment := parse_date(_value(element), zone=zone, now=now):
                return Found(moment, "selector", element)
    return None


def written_date(texts: Iterable[tuple[str, str]], zone: str, now: datetime | None) -> Found | None:
    """The first date of `texts`, each with the name of its source."""
    for source, text in texts:
        if moment := parse_date(text, zone=zone, now=now):
            return Found(moment, source)
    return None


def shown_date(
    root: HtmlElement, heading: HtmlElement | None, url: str, zone: str, now: datetime | None
) -> Found | None:
    """The date on a page (without its furniture) that no selector and no head tells: time, text, url, htmldate.

    Of several the one that calls itself so, else the one nearest to the headline: calendars and weather stand far.
    """
    vague: Found | None = None
    for source, values in (("time", _times(root)), ("text", _date_lines(root, heading))):
        for text, element in values:
            if not (moment := parse_date(text, zone=zone, now=now)):
                continue
            if moment.precision in ("day", "minute"):
                return Found(moment, source, element)
            vague = vague or Found(moment, source, element)  # the name of a month heads calendars and archives too
    return _in_address(url, zone, now) or vague or _last_resort(root, zone, now)


def _value(element: HtmlElement) -> str:
    """Machine's date of an element before man's: `content` and `datetime` attributes, then its text."""
    return str(element.get("datetime") or element.get("content") or " ".join(element.itertext()))


def _times(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """What elements made for dates say; of «2 года назад» the tooltip tells the day."""
    for element in root.xpath(
        "//*[@itemprop='datePublished'] | //time[@datetime] | //*[self::time or self::span][@title]"
    ):
        marks = f"{element.get('class', '')} {element.get('itemprop', '')}".lower()
        if re.search(r"updated|modified|duration", marks) or _in_link(element):
            continue
        if element.get("itemprop") == "datePublished" or element.get("datetime"):
            yield _value(element), element
        elif _is_date(tooltip := element.get("title", "")):
            yield tooltip, element


def _date_lines(root: HtmlElement, heading: HtmlElement | None) -> list[tuple[str, HtmlElement]]:
    """Dates with a label at most and their elements: those that say «Опубликовано» first, then the nearest ones."""
    found: list[tuple[bool, int, str, HtmlElement]] = []
    place, text_began = 0, False
    for index, element in enumerate(root.iter()):
        if element is heading:
            place, text_began = index, False
        if not isinstance(element.tag, str) or element.tag in SILENT or element.tag in ("html", "body"):
            continue
        text = " ".join(" ".join(element.itertext()).split())
        if len(text) > _LINE:
            text_began = text_began or (len(element.text or "") > _PARAGRAPH)
        elif (said := _date_line(text)) and not _in_link(element):
            labelled = bool(_LABEL.search(said))
            if labelled or not text_began or _MARK.search(f"{element.get('class', '')} {element.get('id', '')}"):
                found.append((not labelled, index, said, element))
    return [(said, element) for _, _, said, element in sorted(found, key=lambda one: (one[0], abs(one[1] - place)))]


def _date_line(line: str) -> str:
    """What of a line may tell the day of publication, the part that says so first; empty if none does."""
    parts = [part for part in _PARTS.split(line) if not _OTHER.search(part)]
    parts.sort(key=lambda part: not _LABEL.search(part))
    return " | ".join(parts) if any(map(_is_date, parts)) else ""


def _is_date(text: str) -> bool:
    if len(text) <= 4 or not (any(map(str.isdigit, text)) or text.lower() in ("вчера", "сегодня")):
        return False
    return len(re.sub(r"[\d\W_]+", "", _LABEL.sub("", text))) <= _REST and not _OTHER.search(text)


def _in_link(element: HtmlElement) -> bool:
    """Links to other releases carry their dates too."""
    return element.tag == "a" or any(parent.tag == "a" for parent in element.iterancestors())


def _in_address(url: str, zone: str, now: datetime | None) -> Found | None:
    found = _IN_PATH.search(urlsplit(url).path)
    if not found:
        return None
    year, month, day = found.groups()
    if day:
        return written_date([("url", f"{year}-{int(month):02}-{int(day):02}")], zone, now)
    moment = parse_date(f"{year}-{int(month):02}-01", zone=zone, now=now)
    return Found(Moment(moment.day, None, "month"), "url") if moment else None


def _last_resort(root: HtmlElement, zone: str, now: datetime | None) -> Found | None:
    import htmldate  # rarely needed, and slow to load

    found = htmldate.find_date(root, original_date=True, extensive_search=False, max_date=now or datetime.now(UTC))
    # The first of January is what it makes of a year alone, such as the one in a footer.
    return written_date([("htmldate", found)], zone, now) if found and not found.endswith("-01-01") else None
