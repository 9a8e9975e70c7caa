"""The words of time, and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nlp.lexicon import load

TABLE = load("calendar")
MONTHS: dict[str, int] = TABLE["months"]
WEEKDAYS: dict[str, int] = TABLE["weekdays"]
SEASONS: dict[str, int] = TABLE["seasons"]
DAYS: dict[str, int] = TABLE["days"]
YEARS: dict[str, int] = TABLE["years"]
AMOUNTS: dict[str, float] = TABLE["amounts"]
PLANNED = frozenset(TABLE["planned"])
SAYING = frozenset(TABLE["saying"])
LASTING = frozenset(TABLE["lasting"])


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _endings(stem: str) -> str:
    return {"ма": "(?:й|я|ю|е|ем)"}.get(stem, "[а-я]{0,2}" if stem in ("март", "август") else "[а-я]{1,2}")


END = r"(?![а-яa-z\d])"
FULL_MONTH = f"(?:{'|'.join(stem + _endings(stem) for stem in MONTHS)})(?![а-я])"
SHORT_MONTH = r"(?:янв|фев|мар|апр|июн|июл|авг|сент?|окт|ноя|дек)(?![а-я])"
MONTH = f"(?:{FULL_MONTH}|{SHORT_MONTH})"
_FIGURES = r"(?P<y>(?:19|20)\d\d)(?!\d)(?:-?(?:го|й|м|му|е)(?![а-я]))?(?:\s+год[а-я]*|\s?г\.?(?![а-я]))?"
_THIS = rf"(?P<ry>{any_of(YEARS)})\s+год[а-я]*|(?P<ty>[тс]\.\s?г\.?|того же года)"
YEAR = rf"(?:\.?,?\s+(?:{_FIGURES}|{_THIS}))?"  # after a month
DAY = r"(?P<d>\d{1,2})(?:-?(?:го|е|му|м|ое)(?![а-я]))?"
ORDINAL = r"(?P<o>(?:двадцать\s+|тридцать\s+)?[а-я]{3,14}(?:ого|его|ому|ым|ое))"
PART = r"(?:нач[а-я]{2,4}|середин[а-я]|кон(?:ец|ца|цу|це|цом)|исход[ае]?|завершени[а-я])"
UNIT = r"год[а-я]{0,3}|лет|полгода|месяц[а-я]{0,3}|недел[а-я]{1,3}|дн[а-я]{1,3}|день|дней|сут[а-я]{2,3}"
