"""Dates that the calendar knows: days, months, quarters, seasons and years."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from nlp.dates.chronology import Moment, dated
from nlp.dates.cues import preposition
from nlp.dates.mention import DateMention
from nlp.dates.rules import Reader, month_of, point, range_of, rule, year_of, yearless
from nlp.dates.vocabulary import DAY, END, FULL_MONTH, MONTH, ORDINAL, SEASONS, YEAR, YEARS, any_of
from nlp.numerals import ORDINALS


@rule("digit", r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
def _iso(reader: Reader, found: re.Match[str]) -> DateMention | None:
    return point(found, Moment(int(found["y"]), int(found["m"]), int(found["d"])))


@rule("digit", r"(?P<d>\d{1,2})([./])(?P<m>\d{1,2})\2(?P<y>(?:20)?\d\d)(?![\d.])(?:\s?г\.?(?![а-я])|\s+года)?")
def _numeric(reader: Reader, found: re.Match[str]) -> DateMention | None:
    return point(found, Moment(int(found["y"][-2:]) + 2000, int(found["m"]), int(found["d"])))


@rule("digit", rf"(?P<a>\d{{1,2}})(?:-?го)?(?:\s+(?:по|и|до)\s+|\s?[-–—,]\s?){DAY}\s+(?P<m>{MONTH}){YEAR}")
def _days(reader: Reader, found: re.Match[str]) -> DateMention | None:
    year, _ = year_of(reader, found)
    month = month_of(found["m"])
    return range_of(reader, found, Moment(year or 0, month, int(found["a"])), Moment(year or 0, month, int(found["d"])))


@rule(
    "digit",
    rf"(?P<a>\d{{1,2}})\s+(?P<b>{MONTH})(?:\s+(?P<z>20\d\d)(?:\s+года|\s?г\.?(?![а-я]))?)?(?:\s+(?:по|до)\s+|\s?[-–—]\s?)"
    rf"{DAY}\s+(?P<m>{MONTH}){YEAR}",
)
def _span(reader: Reader, found: re.Match[str]) -> DateMention | None:
    year, _ = year_of(reader, found)
    first, last = (
        Moment(0, month_of(found["b"]), int(found["a"])),
        Moment(year or 0, month_of(found["m"]), int(found["d"])),
    )
    if year:
        opening = int(found["z"]) if found["z"] else year - ((first.month or 0) > (last.month or 0))
        first = replace(first, year=opening)
    return range_of(reader, found, first, last)


@rule("digit", rf"{DAY}\s+(?P<m>{MONTH}){YEAR}")
def _day(reader: Reader, found: re.Match[str]) -> DateMention | None:
    year, relative = year_of(reader, found)
    return _full(reader, found, int(found["d"]), year, relative)


@rule("ordinal", rf"{ORDINAL}\s+(?P<m>{FULL_MONTH}){YEAR}")
def _spelled_day(reader: Reader, found: re.Match[str]) -> DateMention | None:
    tens, _, word = found["o"].rpartition(" ")
    day = int(ORDINALS.get(word, 0)) + {"": 0, "двадцать": 20, "тридцать": 30}[tens.strip()]
    year, relative = year_of(reader, found)
    return _full(reader, found, day, year, relative) if 1 <= day <= 31 else None


def _full(reader: Reader, found: re.Match[str], day: int, year: int | None, relative: bool) -> DateMention | None:
    month = month_of(found["m"])
    if year:
        return point(found, Moment(year, month, day), relative=relative)
    before = reader.found[-1] if reader.found else None
    if before and before.relative and before.precision == "year" and found.start() - before.stop < 3:
        return point(found, Moment(int(before.iso), month, day))  # «год назад, 28 июня»
    return yearless(reader, found, Moment(2000, month, day))


@rule("month", rf"(?P<b>{FULL_MONTH})(?:\s+по\s+|\s?[-–—]\s?|\s+и\s+)(?P<m>{FULL_MONTH}){YEAR}")
def _months(reader: Reader, found: re.Match[str]) -> DateMention | None:
    year, _ = year_of(reader, found)
    return range_of(reader, found, Moment(year or 0, month_of(found["b"])), Moment(year or 0, month_of(found["m"])))


@rule("month", rf"(?P<m>{FULL_MONTH}){YEAR}")
def _whole_month(reader: Reader, found: re.Match[str]) -> DateMention | None:
    word, start = found["m"], found.start()
    year, relative = year_of(reader, found)
    month = month_of(word)
    if year:
        return point(found, Moment(year, month), relative=relative)
    shift = _shift(reader, start)
    if reader.reference and shift:  # «в минувшем июне»
        return point(found, dated(Moment(2000, month), reader.reference, shift > 0), relative=True)
    if word in ("мая", "май", "марта") and not preposition(reader.low, start):
        return None  # a name, or the month of a day that was read already
    return yearless(reader, found, Moment(2000, month))


_MONTHLY = "январ|феврал|мартов|апрел|май|июн|июл|августов|сентябр|октябр|ноябр|декабр"


@rule("month", rf"(?P<m>{_MONTHLY})ь?ск(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их)(?![а-я])")
def _adjective(reader: Reader, found: re.Match[str]) -> DateMention | None:
    if reader.analysis.text[found.start()].isupper():
        return None  # «Октябрьский район»
    return yearless(reader, found, Moment(2000, month_of(found["m"])))


_QUARTER = r"(?:[а-я]{5,9}(?:ый|ой|ий|ого|его|ому|ом|ем)|[1-4](?:-?(?:й|го|му|м|ом))?|i{1,3}|iv)"


@rule("quarter", rf"(?:квартал[а-я]{{0,2}}|полугоди[а-я]{{1,2}}){YEAR}")
def _quarter(reader: Reader, found: re.Match[str]) -> DateMention | None:
    before = re.search(r"([\wа-я]+(?:-[а-я]+)?)\s+$", reader.low[max(0, found.start() - 16) : found.start()])
    if not before or not re.fullmatch(_QUARTER + r"|перв\w+|втор\w+|1-?\w*|2-?\w*", before[1]):
        return None
    year, relative = year_of(reader, found)
    start = found.start() - len(before[0])
    if year is None:
        if reader.reference is None:
            return None
        number = _quarter_number(before[1])
        length = 3 if found[0].startswith("квартал") else 6
        ahead = reader.ahead(start, found.end())
        middle = dated(Moment(2000, min(12, (number - 1) * length + length // 2 + 1)), reader.reference, ahead)
        year = middle.year
    return replace(DateMention(found.start(), found.end(), f"{year}", "year", "point", relative), start=start)


def _quarter_number(word: str) -> int:
    if word[0].isdigit():
        return int(word[0])
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(word) or int(ORDINALS.get(word, 1))


_NOUNS = frozenset({"лета", "весны", "осени", "зимы", "осень", "зиму", "весну"})  # a time only with a preposition
_SHIFT = re.compile(rf"({any_of(YEARS)})\s+$")


def _shift(reader: Reader, start: int) -> int | None:
    """What stands before a month or season: -1 «прошлым», 0 «этим», 1 «будущим», None nothing."""
    found = _SHIFT.search(reader.low[max(0, start - 14) : start])
    return YEARS[found[1]] if found else None


def _season_year(reference: date, month: int, shift: int) -> int:
    """The year of «прошлым летом», «этой весной», «будущей осенью»: the last one over, this, the next to come."""
    if shift < 0:
        return reference.year - (month + 2 > reference.month)
    return reference.year + (shift > 0 and month - 2 < reference.month)


@rule("season", rf"(?:{any_of(SEASONS)}){END}{YEAR}")
def _season(reader: Reader, found: re.Match[str]) -> DateMention | None:
    word = found[0].split(" ", 1)[0].rstrip(",")
    month = SEASONS[word]
    year, relative = year_of(reader, found)
    if year:
        return point(found, Moment(year), relative=relative)
    if reader.reference is None:
        return None
    shift = _shift(reader, found.start())
    if shift is not None:
        return point(found, Moment(_season_year(reader.reference, month, shift)), relative=True)
    if word in _NOUNS and not preposition(reader.low, found.start()):
        return None
    ahead = reader.ahead(found.start(), found.end())
    past, future = (dated(Moment(2000, month), reader.reference, side).year for side in (False, True))
    best = dated(Moment(2000, month), reader.reference, ahead).year
    return DateMention(found.start(), found.end(), f"{best}", "year", "point", past=f"{past}", future=f"{future}")


_TO = r"(?:\s+(?:по|и|до)\s+|\s?[-–—]\s?)"
_IN_YEARS = r"(?:\s+год[а-я]*|\s?гг?\.?(?![а-я]))?"


@rule(
    "digit", rf"(?P<a>(?:19|20)\d\d)(?:-?го)?{_TO}(?P<y>(?:19|20)?\d\d)(?!\d)(?:-?(?:го|й|м|е|х)(?![а-я]))?{_IN_YEARS}"
)
def _years(reader: Reader, found: re.Match[str]) -> DateMention | None:
    first, last = int(found["a"]), int(found["a"][: 4 - len(found["y"])] + found["y"])
    return range_of(reader, found, Moment(first), Moment(last)) if first < last else None


_SUFFIX = r"(?P<s>-?(?:го|й|м|му|е|ый)(?![а-я]))?"
_IN_YEAR = r"(?P<w>\s+год[а-я]{0,3}(?![а-я])|\s?г\.?(?![а-я]))?"


@rule("digit", rf"(?P<y>(?:19|20)\d\d)(?!\d){_SUFFIX}{_IN_YEAR}")
def _whole_year(reader: Reader, found: re.Match[str]) -> DateMention | None:
    if not (found["s"] or found["w"]):
        after = reader.low[found.end() : found.end() + 2]
        bare = not after or re.match(r"[,;:)»\n]|\.\s|\.$|\s[–—-]|\s(?:и|на|до)", after)
        if not bare or not preposition(reader.low, found.start()):
            return None
    return point(found, Moment(int(found["y"])))


_SPELLED = r"(?P<o>[а-я]{3,14}(?:ого|ом|ему|ому|ый|ой|ем|его))"


@rule("ordinal", rf"(?:две тысячи\s+)?(?P<t>двадцать\s+|тридцать\s+)?{_SPELLED}\s+год[ау]?(?![а-я])")
def _spelled_year(reader: Reader, found: re.Match[str]) -> DateMention | None:
    unit = int(ORDINALS.get(found["o"], 0))
    tens = {"двадцать": 20, "тридцать": 30}.get((found["t"] or "").strip(), 0)
    if not 0 < unit < 1000 or not (tens or 10 <= unit <= 30 or found[0].startswith("две")):
        return None
    return point(found, Moment(2000 + tens + unit))
