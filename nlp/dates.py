"""When: the dates of a release, absolute and relative, resolved against the day it was published.

    «22 июля», «с 30 сентября по 2 октября», «в декабре прошлого года», «к концу 2024-го», «осенью 2026-го», «12.03.24»,
    «вчера», «в минувшую пятницу», «чуть более года назад», «II квартал 2025 года», «на ПМЭФ-2017», «2022–2024 годы»

A quarter, half-year or season is given as its year, a week or some days of one month as the month, as the annotation
guide wants. A year that cannot be known is not guessed: without `published` a yearless date takes its year from a date
written out in the text, or is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from nlp.analysis import Analysis, Sentence, Token
from nlp.chronology import Moment, Precision, as_date, dated, of, shifted, weekday
from nlp.lexicon import load
from nlp.numerals import ORDINALS

DateKind = Literal["point", "deadline", "since", "range", "as_of"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written at `[start, stop)` of `Analysis.text`, without its preposition."""

    start: int
    stop: int
    iso: str  # as precise as it is known; of a range what both ends share, or its last year
    precision: Precision
    kind: DateKind
    relative: bool = False  # told by its distance from the publication or from another date
    first: str | None = None  # the ends of a range
    last: str | None = None
    past: str | None = None  # of a date without a year: the last such day, and the next
    future: str | None = None

    def resolved(self, future: bool) -> str:
        """The ISO date if the happening is known to be ahead (True) or behind (False)."""
        return (self.future if future else self.past) or self.iso


@dataclass(slots=True)
class _Reader:
    """What the rules know while they go through one text."""

    low: str  # the text in lower case, ё as е, of the same length
    reference: date | None
    analysis: Analysis
    found: list[DateMention]

    def before(self, precision: int) -> DateMention | None:
        """The date told last that is at least as precise (4 year, 7 month, 10 day) and no deadline."""
        told = (m for m in reversed(self.found) if len(m.iso) >= precision and m.kind in ("point", "as_of"))
        return next(told, None)

    def ahead(self, start: int, stop: int) -> bool | None:
        """Whether what is dated lies ahead, as its preposition or the verb nearest to it says."""
        if _preposition(self.low, start) == "deadline":
            return True
        return _tense(self.analysis.sentences, start, stop)


_T = load("calendar")
_MONTHS: dict[str, int] = _T["months"]
_WEEKDAYS: dict[str, int] = _T["weekdays"]
_SEASONS: dict[str, int] = _T["seasons"]
_DAYS: dict[str, int] = _T["days"]
_YEARS: dict[str, int] = _T["years"]
_AMOUNTS: dict[str, float] = _T["amounts"]
_PLANNED = frozenset(_T["planned"])
_SAYING = frozenset(_T["saying"])
_LASTING = frozenset(_T["lasting"])


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_END = r"(?![а-яa-z\d])"
_MONTH = r"(?:янв(?:ар[а-я]{1,2})?|фев(?:рал[а-я]{1,2})?|мар(?:т[а-я]{0,2})?|апр(?:ел[а-я]{1,2})?|ма(?:й|я|ю|е|ем)|июн[а-я]{0,2}|июл[а-я]{0,2}|авг(?:уст[а-я]{0,2})?|сент?(?:ябр[а-я]{1,2})?|окт(?:ябр[а-я]{1,2})?|ноя(?:бр[а-я]{1,2})?|дек(?:абр[а-я]{1,2})?)(?![а-я])"
_FULL = r"(?:январ[а-я]{1,2}|феврал[а-я]{1,2}|март[а-я]{0,2}|апрел[а-я]{1,2}|ма(?:й|я|ю|е|ем)|июн[а-я]{1,2}|июл[а-я]{1,2}|август[а-я]{0,2}|сентябр[а-я]{1,2}|октябр[а-я]{1,2}|ноябр[а-я]{1,2}|декабр[а-я]{1,2})(?![а-я])"
_YEAR = rf"(?:\.?,?\s+(?:(?P<y>(?:19|20)\d\d)(?!\d)(?:-?(?:го|й|м|му|е)(?![а-я]))?(?:\s+год[а-я]*|\s?г\.?(?![а-я]))?|(?P<ry>{_any(_YEARS)})\s+год[а-я]*|(?P<ty>[тс]\.\s?г\.?|того же года)))?"
_DAY = r"(?P<d>\d{1,2})(?:-?(?:го|е|му|м|ое)(?![а-я]))?"
_ORDINAL = r"(?P<o>(?:двадцать\s+|тридцать\s+)?[а-я]{3,14}(?:ого|его|ому|ым|ое))"
_PART = r"(?:нач[а-я]{2,4}|середин[а-я]|кон(?:ец|ца|цу|це|цом)|исход[ае]?|завершени[а-я])"


def _month(word: str) -> int:
    return next(number for stem, number in _MONTHS.items() if word.startswith(stem[:3]))


def _year(reader: _Reader, found: re.Match[str]) -> tuple[int | None, bool]:
    """The year written after a month, and whether it is told relatively."""
    if found["y"]:
        return int(found["y"]), False
    if found["ty"] == "того же года":
        return (int(reader.found[-1].iso[:4]), True) if reader.found else (None, False)
    if reader.reference and found["ry"]:
        return reader.reference.year + _YEARS[found["ry"]], True
    if reader.reference and found["ty"]:
        return reader.reference.year, True
    return None, False


Rule = Callable[[_Reader, "re.Match[str]"], DateMention | None]
RULES: list[tuple[str, re.Pattern[str], Rule]] = []  # what it begins with, how it goes on, what it means


def _rule(begins: str, pattern: str) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        RULES.append((begins, re.compile(pattern), rule))
        return rule

    return register


def _point(found: re.Match[str], moment: Moment | None, *, relative: bool = False) -> DateMention | None:
    if moment is None:
        return None
    return DateMention(found.start(), found.end(), moment.iso, moment.precision, "point", relative)


def _yearless(reader: _Reader, found: re.Match[str], moment: Moment) -> DateMention | None:
    """A day or month whose year must be understood."""
    if reader.reference is None:
        return None
    past, future = (dated(moment, reader.reference, ahead) for ahead in (False, True))
    ahead = reader.ahead(found.start(), found.end())
    best = dated(moment, reader.reference, ahead)
    return DateMention(
        found.start(), found.end(), best.iso, best.precision, "point", past=past.iso, future=future.iso
    )  # fmt: skip


def _range(reader: _Reader, found: re.Match[str], first: Moment, last: Moment) -> DateMention | None:
    if first.year == 0 or last.year == 0:
        if reader.reference is None:
            return None
        ahead = reader.ahead(found.start(), found.end())
        last = last if last.year else dated(last, reader.reference, ahead)
        first = replace(first, year=last.year - ((first.month or 0) > (last.month or 0)))
    same = (
        Moment(last.year, last.month) if last.month and (first.year, first.month) == (last.year, last.month) else None
    )
    whole = same or Moment(last.year)
    if not (first.valid(reader.reference) and last.valid(reader.reference)):
        return None
    return DateMention(
        found.start(), found.end(), whole.iso, whole.precision, "range", first=first.iso, last=last.iso
    )  # fmt: skip


@_rule("digit", r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
def _iso(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    return _point(found, Moment(int(found["y"]), int(found["m"]), int(found["d"])))


@_rule("digit", r"(?P<d>\d{1,2})([./])(?P<m>\d{1,2})\2(?P<y>(?:20)?\d\d)(?![\d.])(?:\s?г\.?(?![а-я])|\s+года)?")
def _numeric(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    return _point(found, Moment(int(found["y"][-2:]) + 2000, int(found["m"]), int(found["d"])))


@_rule("digit", rf"(?P<a>\d{{1,2}})(?:-?го)?(?:\s+(?:по|и|до)\s+|\s?[-–—,]\s?){_DAY}\s+(?P<m>{_MONTH}){_YEAR}")
def _days(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    year, _ = _year(reader, found)
    month = _month(found["m"])
    return _range(reader, found, Moment(year or 0, month, int(found["a"])), Moment(year or 0, month, int(found["d"])))


@_rule(
    "digit",
    rf"(?P<a>\d{{1,2}})\s+(?P<b>{_MONTH})(?:\s+(?P<z>20\d\d)(?:\s+года|\s?г\.?(?![а-я]))?)?(?:\s+(?:по|до)\s+|\s?[-–—]\s?)"
    rf"{_DAY}\s+(?P<m>{_MONTH}){_YEAR}",
)
def _span(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    year, _ = _year(reader, found)
    first, last = Moment(0, _month(found["b"]), int(found["a"])), Moment(year or 0, _month(found["m"]), int(found["d"]))
    if year:
        opening = int(found["z"]) if found["z"] else year - ((first.month or 0) > (last.month or 0))
        first = replace(first, year=opening)
    return _range(reader, found, first, last)


@_rule("digit", rf"{_DAY}\s+(?P<m>{_MONTH}){_YEAR}")
def _day(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    year, relative = _year(reader, found)
    return _full(reader, found, int(found["d"]), year, relative)


@_rule("ordinal", rf"{_ORDINAL}\s+(?P<m>{_FULL}){_YEAR}")
def _spelled_day(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    tens, _, word = found["o"].rpartition(" ")
    day = int(ORDINALS.get(word, 0)) + {"": 0, "двадцать": 20, "тридцать": 30}[tens.strip()]
    year, relative = _year(reader, found)
    return _full(reader, found, day, year, relative) if 1 <= day <= 31 else None


def _full(
    reader: _Reader, found: re.Match[str], day: int, year: int | None, relative: bool
) -> DateMention | None:  # fmt: skip
    month = _month(found["m"])
    if year:
        return _point(found, Moment(year, month, day), relative=relative)
    before = reader.found[-1] if reader.found else None
    if before and before.relative and before.precision == "year" and found.start() - before.stop < 3:
        return _point(found, Moment(int(before.iso), month, day))  # «год назад, 28 июня»
    return _yearless(reader, found, Moment(2000, month, day))


@_rule("month", rf"(?P<b>{_FULL})(?:\s+по\s+|\s?[-–—]\s?|\s+и\s+)(?P<m>{_FULL}){_YEAR}")
def _months(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    year, _ = _year(reader, found)
    return _range(reader, found, Moment(year or 0, _month(found["b"])), Moment(year or 0, _month(found["m"])))


@_rule("month", rf"(?P<m>{_FULL}){_YEAR}")
def _whole_month(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    word, start = found["m"], found.start()
    year, relative = _year(reader, found)
    month = _month(word)
    if year:
        return _point(found, Moment(year, month), relative=relative)
    shift = re.search(rf"({_any(_YEARS)})\s+$", reader.low[max(0, start - 14) : start])
    if reader.reference and shift and _YEARS[shift[1]]:  # «в минувшем июне»
        ahead = _YEARS[shift[1]] > 0
        return _point(found, dated(Moment(2000, month), reader.reference, ahead), relative=True)
    if word in ("мая", "май", "марта") and not _preposition(reader.low, start):
        return None  # a name, or the month of a day that was read already
    return _yearless(reader, found, Moment(2000, month))


@_rule("month", r"(?P<m>январ|феврал|мартов|апрел|май|июн|июл|августов|сентябр|октябр|ноябр|декабр)(?:ь?ск)(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их)(?![а-я])")  # fmt: skip
def _adjective(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    if reader.analysis.text[found.start()].isupper():
        return None  # «Октябрьский район»
    return _yearless(reader, found, Moment(2000, _month(found["m"])))


_QUARTER = r"(?:[а-я]{5,9}(?:ый|ой|ий|ого|его|ому|ом|ем)|[1-4](?:-?(?:й|го|му|м|ом))?|i{1,3}|iv)"


@_rule("quarter", rf"(?:квартал[а-я]{{0,2}}|полугоди[а-я]{{1,2}}){_YEAR}")
def _quarter(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    before = re.search(r"([\wа-я]+(?:-[а-я]+)?)\s+$", reader.low[max(0, found.start() - 16) : found.start()])
    if not before or not re.fullmatch(_QUARTER + r"|перв\w+|втор\w+|1-?\w*|2-?\w*", before[1]):
        return None
    year, relative = _year(reader, found)
    start = found.start() - len(before[0])
    if year is None:
        if reader.reference is None:
            return None
        number = _quarter_number(before[1])
        length = 3 if found[0].startswith("квартал") else 6
        ahead = reader.ahead(start, found.end())
        middle = dated(Moment(2000, min(12, (number - 1) * length + length // 2 + 1)), reader.reference, ahead)
        year = middle.year
    return replace(
        DateMention(found.start(), found.end(), f"{year}", "year", "point", relative), start=start
    )  # fmt: skip


def _quarter_number(word: str) -> int:
    if word[0].isdigit():
        return int(word[0])
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(word) or int(ORDINALS.get(word, 1))


@_rule("season", rf"(?:{_any(_SEASONS)}){_END}{_YEAR}")
def _season(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    word = found[0].split(" ", 1)[0].rstrip(",")
    month = _SEASONS[word]
    year, relative = _year(reader, found)
    if year:
        return _point(found, Moment(year), relative=relative)
    if reader.reference is None:
        return None
    shift = re.search(rf"({_any(_YEARS)})\s+$", reader.low[max(0, found.start() - 14) : found.start()])
    if shift and _YEARS[shift[1]] == 0:
        return _point(found, Moment(reader.reference.year), relative=True)
    if shift is None and word in ("лета", "весны", "осени", "зимы", "осень", "зиму", "весну"):
        if not _preposition(reader.low, found.start()):
            return None
    ahead = _YEARS[shift[1]] > 0 if shift else reader.ahead(found.start(), found.end())
    past, future = (dated(Moment(2000, month), reader.reference, side).year for side in (False, True))
    best = dated(Moment(2000, month), reader.reference, ahead).year
    return DateMention(
        found.start(), found.end(), f"{best}", "year", "point", shift is not None, past=f"{past}", future=f"{future}"
    )  # fmt: skip


@_rule("digit", r"(?P<a>(?:19|20)\d\d)(?:-?го)?(?:\s+(?:по|и|до)\s+|\s?[-–—]\s?)(?P<y>(?:19|20)?\d\d)(?!\d)(?:-?(?:го|й|м|е|х)(?![а-я]))?(?:\s+год[а-я]*|\s?гг?\.?(?![а-я]))?")  # fmt: skip
def _years(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    first, last = int(found["a"]), int(found["a"][: 4 - len(found["y"])] + found["y"])
    return _range(reader, found, Moment(first), Moment(last)) if first < last else None


@_rule(
    "digit",
    r"(?P<y>(?:19|20)\d\d)(?!\d)(?P<s>-?(?:го|й|м|му|е|ый)(?![а-я]))?(?P<w>\s+год[а-я]{0,3}(?![а-я])|\s?г\.?(?![а-я]))?",
)
def _whole_year(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    if not (found["s"] or found["w"]):
        after = reader.low[found.end() : found.end() + 2]
        bare = not after or re.match(r"[,;:)»\n]|\.\s|\.$|\s[–—-]|\s(?:и|на|до)", after)
        if not bare or not _preposition(reader.low, found.start()):
            return None
    return _point(found, Moment(int(found["y"])))


@_rule("ordinal", r"(?:две тысячи\s+)?(?P<t>двадцать\s+|тридцать\s+)?(?P<o>[а-я]{3,14}(?:ого|ом|ему|ому|ый|ой|ем|его))\s+год[ау]?(?![а-я])")  # fmt: skip
def _spelled_year(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    unit = int(ORDINALS.get(found["o"], 0))
    tens = {"двадцать": 20, "тридцать": 30}.get((found["t"] or "").strip(), 0)
    if not 0 < unit < 1000 or not (tens or 10 <= unit <= 30 or found[0].startswith("две")):
        return None
    return _point(found, Moment(2000 + tens + unit))


@_rule("year", rf"(?P<r>{_any(_YEARS)})\s+(?P<u>год|месяц|недел|сезон)[а-я]{{0,3}}(?![а-я])")
def _relative(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    if reader.reference is None:
        return None
    shift = _YEARS[found["r"]]
    if found["u"] in ("год", "сезон"):
        return _point(found, Moment(reader.reference.year + shift), relative=True)
    moment = shifted(reader.reference, weeks=shift) if found["u"] == "недел" else None
    if moment is None or not shift:
        moment = shifted(reader.reference, months=shift) if shift else Moment(
            reader.reference.year, reader.reference.month
        )  # fmt: skip
    return _point(found, moment, relative=True)


@_rule("year", r"(?P<r>этом|прошлом|следующем|нынешнем|текущем|позапрошлом)(?=\s*(?:[–—,]|- ))")
def _elided_year(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    """«В 2024 году займами воспользовались 18 компаний, в этом – пока четырнадцать»."""
    if reader.reference is None or not reader.low[: found.start()].endswith((" в ", "\nв ")):
        return None
    if not reader.found or "год" not in reader.low[reader.found[-1].start : reader.found[-1].stop]:
        return None
    return _point(found, Moment(reader.reference.year + _YEARS[found["r"]]), relative=True)


@_rule("year", r"прошлогодн[а-я]+")
def _last_year(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    return _point(found, Moment(reader.reference.year - 1), relative=True) if reader.reference else None


@_rule("part", rf"{_PART}\s+(?P<u>года|месяца|недели)(?![а-я])|(?<=до )(?:нового\s+года)|(?<=итогам )года")
def _rest(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    """«До конца года», «в конце месяца», «с начала года»: of the year or month of publication."""
    if reader.reference is None:
        return None
    month = reader.reference.month if found["u"] in ("месяца", "недели") else None
    return _point(found, Moment(reader.reference.year, month), relative=True)


@_rule("ago", r"(?:тому\s+)?назад(?![а-я])|(?:ранее|раньше|позже|спустя)(?![а-я])")
def _ago(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    back = found[0].endswith(("назад", "ранее", "раньше"))
    anaphoric = not found[0].endswith("назад")
    before = _SPAN.search(reader.low[max(0, found.start() - 30) : found.start()])
    if not before or (anaphoric and not before["u"].endswith(("ом", "ем", "ами", "ями", "ей"))):
        return None
    reference = reader.reference
    told = reader.before(4 if before["u"][:2] in ("го", "ле") else 7 if before["u"].startswith("мес") else 10)
    if anaphoric and told:
        reference = as_date(_parse(told.iso))
    if reference is None:
        return None
    amount = _amount(before["n"]) * (0.5 if before["u"].startswith("полг") else 1)
    moment = _away(reference, before["u"], -amount if back else amount)
    if before["exact"] and moment.precision == "year" and amount == int(amount):
        moment = Moment(moment.year, reference.month, reference.day)
    start = found.start() - len(before[0])
    return replace(DateMention(0, found.end(), moment.iso, moment.precision, "point", True), start=start)


_UNIT = r"год[а-я]{0,3}|лет|полгода|месяц[а-я]{0,3}|недел[а-я]{1,3}|дн[а-я]{1,3}|день|дней|сут[а-я]{2,3}"
_SPAN = re.compile(rf"(?:(?P<exact>ровно)\s+)?(?:(?P<n>\d+|{_any(_AMOUNTS)})\s+)?(?P<u>{_UNIT})\s+$")


def _amount(word: str | None) -> float:
    if word is None:
        return 1
    return int(word) if word.isdigit() else _AMOUNTS[word]


def _away(reference: date, unit: str, amount: float) -> Moment:
    if unit.startswith(("год", "лет", "полг")):
        return shifted(reference, years=amount)
    if unit.startswith("мес"):
        return shifted(reference, months=round(amount))
    if unit.startswith("нед"):
        return shifted(reference, weeks=round(amount))
    return shifted(reference, days=round(amount))


@_rule("through", rf"(?:через|в течение)\s+(?:(?P<n>\d+|{_any(_AMOUNTS)})\s+)?(?P<u>{_UNIT})(?![а-я])")
def _through(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    if reader.reference is None or found["u"] in ("дней", "днях"):
        return None
    if found[0].startswith("в") and not _limits(reader, found):
        return None
    amount = _amount(found["n"]) * (0.5 if found["u"].startswith("полг") else 1)
    return _point(found, _away(reader.reference, found["u"], amount), relative=True)


def _limits(reader: _Reader, found: re.Match[str]) -> bool:
    """Whether «в течение …» is a deadline («утвердят в течение месяца») rather than how long something lasts."""
    sentence = _sentence_at(reader.analysis.sentences, found.start())
    if sentence is None or any(token.lemma in _LASTING for token in sentence.tokens):
        return False
    return reader.ahead(found.start(), found.end()) is True


@_rule("day", rf"(?:{_any(_DAYS)}){_END}")
def _near(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    word = found[0]
    if reader.reference is None or (word == "накануне" and _governs(reader.analysis.sentences, found.end())):
        return None
    moment = shifted(reader.reference, days=_DAYS[word]) if _DAYS[word] else of(reader.reference)
    return _point(found, moment, relative=True)


@_rule("now", rf"(?:{_any(_T['now'])}){_END}")
def _now(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    mention = _point(found, of(reader.reference), relative=True) if reader.reference else None
    return replace(mention, kind="as_of") if mention else None


@_rule("same", rf"(?:{_any(_T['same'])}){_END}")
def _same(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    length = 4 if "году" in found[0] else 7 if "месяце" in found[0] else 10
    before = reader.before(length) or (reader.before(4) if found[0] == "тогда же" else None)
    return _point(found, _parse(before.iso[:length]), relative=True) if before else None


@_rule("weekday", rf"(?P<w>{_any(_WEEKDAYS)})[а-я]{{0,2}}(?![а-я])")
def _weekday(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    before = re.search(
        rf"(?:^|[^а-я])(в|во|до|к|с|со|на)\s+(?:({_any(_YEARS)})\s+)?$", reader.low[max(0, found.start() - 20) : found.start()]
    )  # fmt: skip
    if reader.reference is None or not before:
        return None
    weeks = _YEARS[before[2]] if before[2] else None
    ahead = before[1] in ("до", "к") or reader.ahead(found.start(), found.end()) is True
    return _point(found, weekday(reader.reference, _WEEKDAYS[found["w"]], weeks=weeks, future=ahead), relative=True)


@_rule("event", rf"(?:{_any(_T['events'])})[а-я]{{0,3}}»?\s?[-–—’' ]\s?(?P<y>20\d\d|1\d|2\d)(?!\d|-?[а-я]|\s?%)")
def _event(reader: _Reader, found: re.Match[str]) -> DateMention | None:
    return _point(found, Moment(int(found["y"][-2:]) + 2000))


ANCHOR = re.compile(
    r"(?<![\w.-])(?:"
    rf"(?P<digit>\d)|(?P<now>{_any(_T['now'])})|(?P<same>{_any(_T['same'])})"
    rf"|(?P<month>{'|'.join(stem for stem in _MONTHS)})|(?P<quarter>квартал|полугоди)"
    rf"|(?P<season>{_any(_SEASONS)})|(?P<day>{_any(_DAYS)})|(?P<year>{_any(_YEARS)}|прошлогодн)"
    rf"|(?P<part>нач|сер|кон|исх|зав|нового|года)|(?P<ago>тому|назад|ранее|раньше|позже|спустя)|(?P<through>через|в течение)"
    rf"|(?P<weekday>{_any(_WEEKDAYS)})|(?P<event>{_any(_T['events'])})"
    r"|(?P<ordinal>две тысячи|двадцат|тридцат|перв|втор|трет|четв|пят|шест|седь|вос|девят|деся|один|двен|трин|семн)"
    r")"
)
_BY_ANCHOR: dict[str, list[tuple[re.Pattern[str], Rule]]] = {}
for _begins, _pattern, _meaning in RULES:
    _BY_ANCHOR.setdefault(_begins, []).append((_pattern, _meaning))


def find_dates(analysis: Analysis) -> list[DateMention]:
    """The dates of a release in order of position; those that make no sense are left out."""
    reader = _Reader(_lowered(analysis.text), None, analysis, [])
    reader.reference = analysis.published or _written(reader)
    _read(reader)
    return reader.found


def document_date(analysis: Analysis) -> date | None:
    """When the release was published: as given, or as its dateline or address says."""
    if analysis.published:
        return analysis.published
    return _dateline(analysis.text) or (url_date(analysis.url) if analysis.url else None)


def url_date(url: str) -> date | None:
    """A day written in an address: /2024/07/22/, 2024-07-22, 20240722, 22-07-2024."""
    for pattern in _URL:
        for found in pattern.finditer(url):
            moment = Moment(int(found["y"]), int(found["m"]), int(found["d"]))
            if moment.valid(None):
                return as_date(moment)
    return None


_URL = [
    re.compile(r"(?<!\d)(?P<y>20\d\d)([-/_.]?)(?P<m>\d\d)\2(?P<d>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d\d)([-/_.]?)(?P<m>\d\d)\2(?P<y>20\d\d)(?!\d)"),
]
_DATELINE_LENGTH = 90  # a line longer than this is prose
_DATELINE_LINES = 5


def _dateline(text: str) -> date | None:
    """A whole date in one of the short lines a release opens or closes with."""
    lines = [line for line in text.split("\n") if line.strip()]
    for line in lines[:_DATELINE_LINES] + lines[: -_DATELINE_LINES - 1 : -1]:
        if len(line) <= _DATELINE_LENGTH and (day := _first_day(Analysis(line, None, None), 10)):
            return day
    return None


def _written(reader: _Reader) -> date | None:
    """Against what to resolve when the publication day is not known: the dateline, or the first whole date."""
    return document_date(reader.analysis) or _first_day(reader.analysis)


def _first_day(analysis: Analysis, precision: int = 7) -> date | None:
    """The first day written out with its year; with precision 7 a month will do."""
    reader = _Reader(_lowered(analysis.text), None, analysis, [])
    _read(reader)
    precise = sorted((m for m in reader.found if len(m.iso) >= precision), key=lambda m: -len(m.iso))
    return as_date(_parse(precise[0].iso)) if precise else None


def _read(reader: _Reader) -> None:
    low, done = reader.low, 0
    for anchor in ANCHOR.finditer(low):
        if anchor.start() < done:
            continue
        for pattern, rule in _BY_ANCHOR.get(str(anchor.lastgroup), ()):
            found = pattern.match(low, anchor.start())
            mention = rule(reader, found) if found else None
            if mention:
                if _sane(mention, reader.reference):
                    reader.found.append(_with_kind(mention, low))
                done = mention.stop
                break


def _sane(mention: DateMention, reference: date | None) -> bool:
    return all(_parse(iso).valid(reference) for iso in (mention.iso, mention.first, mention.last) if iso)


def _parse(iso: str) -> Moment:
    return Moment(*map(int, iso.split("-")))


def _lowered(text: str) -> str:
    low = text.lower().replace("ё", "е")
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_PREPOSITIONS = re.compile(
    rf"(?:^|[^а-я])(?:(?P<deadline>до|к|ко|не позднее|не позже)|(?P<since>с|со|начиная с|после|не раньше|не ранее)"
    rf"|(?P<as_of>на)|(?P<point>в|во|за|по|от))\s+(?:{_PART}\s+|самого\s+)*$"
)
_SET_FOR = re.compile(
    r"(?:намеч|запланир|назнач|перенес|перенос|отлож|сдвин|план|ориентир|договор|назнач)[а-я]*\s+на\s+$"
)


def _preposition(low: str, start: int) -> DateKind | None:
    """What the preposition before a date makes of it."""
    found = _PREPOSITIONS.search(low[max(0, start - 32) : start])
    return cast("DateKind", found.lastgroup) if found else None


def _with_kind(mention: DateMention, low: str) -> DateMention:
    if mention.kind != "point":
        return mention
    kind = _preposition(low, mention.start)
    if kind == "deadline" or kind == "since":
        return replace(mention, kind=kind)
    if (
        kind == "as_of"
        and _stands(mention, low)
        and not _SET_FOR.search(low[max(0, mention.start - 32) : mention.start])
    ):
        return replace(mention, kind="as_of")
    return mention


def _stands(mention: DateMention, low: str) -> bool:
    """Whether «на» can mean the state on that date: «на 1 января», «на конец 2024 года», not «на 2024 год»."""
    if mention.relative:
        return False
    return mention.precision == "day" or low[: mention.start].rstrip().endswith(("конец", "начало", "середину"))


def _sentence_at(sentences: list[Sentence], position: int) -> Sentence | None:
    index = bisect_right(sentences, position, key=lambda sentence: sentence.start) - 1
    return sentences[index] if index >= 0 else None


def _tense(sentences: list[Sentence], start: int, stop: int) -> bool | None:
    """The tense of the verb nearest to `[start, stop)`: True ahead, False behind, None untold."""
    sentence = _sentence_at(sentences, start)
    if sentence is None:
        return None
    nearest, answer, breaks = _FAR, None, 0
    after = [token for token in sentence.tokens if token.start >= stop]
    before = [token for token in sentence.tokens if token.stop <= start]
    for tokens in (after, reversed(before)):
        breaks = 0
        for token in tokens:
            if token.text in _BREAKS:
                breaks += 1
            elif token.lemma in _PLANNED or (token.tag.startswith(_VERBS) and token.lemma not in _SAYING):
                distance = (token.start - stop if token.start >= stop else start - token.stop) + breaks * _BREAK
                if distance < nearest:
                    nearest, answer = distance, _ahead(token)
                break
    return answer


_FAR = 10**9
_BREAK = 60  # characters that a comma or dash between the date and the verb counts for
_BREAKS = frozenset({",", ";", ":", "–", "—", "(", ")", "«", "»"})
_VERBS = ("VERB", "PRTF", "PRTS")


def _ahead(token: Token) -> bool | None:
    if token.lemma in _PLANNED or "futr" in token.tag:
        return True
    return False if "past" in token.tag else None


def _governs(sentences: list[Sentence], position: int) -> bool:
    """Whether a genitive follows: «накануне форума» is no day."""
    sentence = _sentence_at(sentences, position)
    following = next((token for token in sentence.tokens if token.start >= position), None) if sentence else None
    return following is not None and "gent" in following.tag and following.pos in ("NOUN", "ADJF")
