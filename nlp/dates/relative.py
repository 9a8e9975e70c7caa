"""Dates told by their distance: from the publication, or from another date."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from nlp.dates.chronology import Moment, as_date, of, parse, shifted, weekday
from nlp.dates.cues import governs, lasts
from nlp.dates.mention import DateMention
from nlp.dates.rules import Reader, point, rule
from nlp.dates.vocabulary import AMOUNTS, DAYS, END, PART, TABLE, UNIT, WEEKDAYS, YEARS, any_of


@rule("year", rf"(?P<r>{any_of(YEARS)})\s+(?P<u>год|месяц|недел|сезон)[а-я]{{0,3}}(?![а-я])")
def _relative(reader: Reader, found: re.Match[str]) -> DateMention | None:
    if reader.reference is None:
        return None
    shift = YEARS[found["r"]]
    if found["u"] in ("год", "сезон"):
        return point(found, Moment(reader.reference.year + shift), relative=True)
    moment = shifted(reader.reference, weeks=shift) if found["u"] == "недел" else None
    if moment is None or not shift:
        moment = (
            shifted(reader.reference, months=shift) if shift else Moment(reader.reference.year, reader.reference.month)
        )
    return point(found, moment, relative=True)


@rule("year", r"(?P<r>этом|прошлом|следующем|нынешнем|текущем|позапрошлом)(?=\s*(?:[–—,]|- ))")
def _elided_year(reader: Reader, found: re.Match[str]) -> DateMention | None:
    """«В 2024 году займами воспользовались 18 компаний, в этом – пока четырнадцать»."""
    if reader.reference is None or not reader.low[: found.start()].endswith((" в ", "\nв ")):
        return None
    if not reader.found or "год" not in reader.low[reader.found[-1].start : reader.found[-1].stop]:
        return None
    return point(found, Moment(reader.reference.year + YEARS[found["r"]]), relative=True)


@rule("year", r"прошлогодн[а-я]+")
def _last_year(reader: Reader, found: re.Match[str]) -> DateMention | None:
    return point(found, Moment(reader.reference.year - 1), relative=True) if reader.reference else None


@rule("part", rf"{PART}\s+(?P<u>года|месяца|недели|десятилетия)(?![а-я])|(?<=до )(?:нового\s+года)|(?<=итогам )года")
def _rest(reader: Reader, found: re.Match[str]) -> DateMention | None:
    """«До конца года», «в конце месяца», «с начала года»: of the year or month of publication."""
    if reader.reference is None:
        return None
    if found["u"] == "десятилетия":
        return point(found, Moment(-(-reader.reference.year // 10) * 10), relative=True)
    month = reader.reference.month if found["u"] in ("месяца", "недели") else None
    if found["u"] == "года" and found[0].startswith("нач") and reader.low[: found.start()].endswith("на "):
        month = 1  # «на начало года»: the state on its first day
    return point(found, Moment(reader.reference.year, month), relative=True)


@rule("ago", r"(?:тому\s+)?назад(?![а-я])|(?:ранее|раньше|позже|спустя)(?![а-я])")
def _ago(reader: Reader, found: re.Match[str]) -> DateMention | None:
    back = found[0].endswith(("назад", "ранее", "раньше"))
    anaphoric = not found[0].endswith("назад")
    before = _SPAN.search(reader.low[max(0, found.start() - 30) : found.start()])
    if not before or (anaphoric and not before["u"].endswith(("ом", "ем", "ами", "ями", "ей"))):
        return None
    reference = reader.reference
    told = reader.before(4 if before["u"][:2] in ("го", "ле") else 7 if before["u"].startswith("мес") else 10)
    if anaphoric and told:
        reference = as_date(parse(told.iso))
    if reference is None:
        return None
    amount = _amount(before["n"]) * (0.5 if before["u"].startswith("полг") else 1)
    moment = _away(reference, before["u"], -amount if back else amount)
    if before["exact"] and moment.precision == "year" and amount == int(amount):
        moment = Moment(moment.year, reference.month, reference.day)
    start = found.start() - len(before[0])
    return replace(DateMention(0, found.end(), moment.iso, moment.precision, "point", True), start=start)


_SPAN = re.compile(rf"(?:(?P<exact>ровно)\s+)?(?:(?P<n>\d+|{any_of(AMOUNTS)})\s+)?(?P<u>{UNIT})\s+$")


def _amount(word: str | None) -> float:
    if word is None:
        return 1
    return int(word) if word.isdigit() else AMOUNTS[word]


def _away(reference: date, unit: str, amount: float) -> Moment:
    if unit.startswith(("год", "лет", "полг")):
        return shifted(reference, years=amount)
    if unit.startswith("мес"):
        return shifted(reference, months=round(amount))
    if unit.startswith("нед"):
        return shifted(reference, weeks=round(amount))
    return shifted(reference, days=round(amount))


@rule("through", rf"(?:через|в течение)\s+(?:(?P<n>\d+|{any_of(AMOUNTS)})\s+)?(?P<u>{UNIT})(?![а-я])")
def _through(reader: Reader, found: re.Match[str]) -> DateMention | None:
    if reader.reference is None or found["u"] in ("дней", "днях"):
        return None
    start, stop = found.span()
    if found[0].startswith("в") and (lasts(reader.analysis.sentences, start) or reader.ahead(start, stop) is not True):
        return None  # «утвердят в течение месяца» is a deadline, «действует в течение года» is not
    amount = _amount(found["n"]) * (0.5 if found["u"].startswith("полг") else 1)
    return point(found, _away(reader.reference, found["u"], amount), relative=True)


@rule("months", rf"за\s+(?:(?P<n>\d+|{any_of(AMOUNTS)})\s+месяц[а-я]{{1,3}}|полгода)(?![а-я])(?!\s+до)")
def _so_far(reader: Reader, found: re.Match[str]) -> DateMention | None:
    """«За девять месяцев»: of the last year that had so many."""
    if reader.reference is None:
        return None
    months = int(_amount(found["n"])) if found["n"] else 6
    year = reader.reference.year - (reader.reference.month < months)
    return point(found, Moment(year), relative=True) if 3 <= months <= 12 else None


@rule("day", rf"(?:{any_of(DAYS)}){END}")
def _near(reader: Reader, found: re.Match[str]) -> DateMention | None:
    word = found[0]
    if reader.reference is None or (word == "накануне" and governs(reader.analysis.sentences, found.end())):
        return None
    moment = shifted(reader.reference, days=DAYS[word]) if DAYS[word] else of(reader.reference)
    return point(found, moment, relative=True)


@rule("now", rf"(?:{any_of(TABLE['now'])}){END}")
def _now(reader: Reader, found: re.Match[str]) -> DateMention | None:
    mention = point(found, of(reader.reference), relative=True) if reader.reference else None
    return replace(mention, kind="as_of") if mention else None


@rule("same", rf"(?:{any_of(TABLE['same'])}){END}")
def _same(reader: Reader, found: re.Match[str]) -> DateMention | None:
    length = 4 if "году" in found[0] else 7 if "месяце" in found[0] else 10
    before = reader.before(length) or (reader.before(4) if found[0] == "тогда же" else None)
    return point(found, parse(before.iso[:length]), relative=True) if before else None


@rule("weekday", rf"(?P<w>{any_of(WEEKDAYS)})[а-я]{{0,2}}(?![а-я])")
def _weekday(reader: Reader, found: re.Match[str]) -> DateMention | None:
    before = re.search(
        rf"(?:^|[^а-я])(в|во|до|к|с|со|на)\s+(?:({any_of(YEARS)})\s+)?$",
        reader.low[max(0, found.start() - 20) : found.start()],
    )
    if reader.reference is None or not before:
        return None
    weeks = YEARS[before[2]] if before[2] else None
    ahead = before[1] in ("до", "к") or reader.ahead(found.start(), found.end()) is True
    return point(found, weekday(reader.reference, WEEKDAYS[found["w"]], weeks=weeks, future=ahead), relative=True)


@rule("event", rf"(?:{any_of(TABLE['events'])})[а-я]{{0,3}}»?\s?[-–—’' ]\s?(?P<y>20\d\d|1\d|2\d)(?!\d|-?[а-я]|\s?%)")
def _event(reader: Reader, found: re.Match[str]) -> DateMention | None:
    return point(found, Moment(int(found["y"][-2:]) + 2000))
