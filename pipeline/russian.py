"""Russian for readers: plural forms, numbers, dates, and the names of our own vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.plural import to_python

from pipeline.lemmas import agreeing

LOCALE = "ru"
KEPT = 20_000  # wordings of each kind that are remembered: making one takes longer than all else on a page
_plural_category = to_python(
    {
        "one": "v = 0 and i % 10 = 1 and i % 100 != 11",
        "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
    }
)

TYPES = {
    "charter_signing": "подписание хартии",
    "charter_accession": "присоединение к хартии",
    "agreement_signing": "подписание соглашения",
    "cluster_announcement": "кластер, парк или особая зона",
    "enterprise_count": "число предприятий",
    "production_launch": "запуск производства",
    "support_measure": "мера поддержки",
}
STATUSES = {"done": "сделано", "planned": "обещано", "ongoing": "идёт", "cancelled": "отменено"}
OUTCOMES = {
    "kept": "исполнено",
    "late": "исполнено с опозданием",
    "broken": "не исполнено",
    "open": "исход пока не виден",
}
KINDS = {
    "charter": "хартия",
    "agreement": "соглашение",
    "memorandum": "меморандум",
    "roadmap": "дорожная карта",
    "plan": "план",
    "contract": "контракт",
    "cluster": "кластер",
    "industrial_park": "индустриальный парк",
    "technopark": "технопарк",
    "economic_zone": "особая экономическая зона",
    "platform": "платформа",
    "production": "производство",
    "programme": "программа",
    "other": "прочее",
}
COMPARATORS = {"eq": "", "gt": "более ", "ge": "не менее ", "lt": "менее ", "le": "до ", "approx": "около "}
_WITHIN = str.maketrans("«»", "„“")
_SIZES = ((10**12, " трлн"), (10**9, " млрд"), (10**6, " млн"), (10**3, " тыс."), (1, ""))
_CURRENCIES = {"RUB": "₽", "USD": "$", "EUR": "€", "CNY": "¥"}


def plural(number: int, forms: str) -> str:
    """The number with the fitting form.

    >>> plural(21, "событие событий события"), plural(12, "событие событий события")
    ('21 событие', '12 событий')
    >>> plural(3, "событие событий события")
    '3 события'
    """
    return f"{number_(number)} {form(number, forms)}"


def form(number: int, forms: str) -> str:
    """The form that fits the number, alone.

    >>> form(303, "инициатива инициатив инициативы")
    'инициативы'
    """
    one, many, few = forms.split()
    return {"one": one, "few": few}.get(_plural_category(abs(number)), many)


@lru_cache(maxsize=KEPT)
def number_(value: float) -> str:
    """Thousands apart by narrow no-break spaces, a decimal comma."""
    return str(format_decimal(value, locale=LOCALE))


@lru_cache(maxsize=KEPT)
def count(value: int, comparator: str, unit: str | None = None) -> str:
    """«более 250 предприятий»; the unit is given as its dictionary form.

    >>> count(2, "eq", "завод"), count(250, "gt", "предприятие")
    ('2 завода', 'более 250 предприятий')
    """
    return f"{COMPARATORS[comparator]}{number_(value)}" + (f" {agreeing(unit, value)}" if unit else "")


@lru_cache(maxsize=KEPT)
def money(value: int, currency: str, comparator: str = "eq") -> str:
    """«более 1,5 млрд ₽»."""
    size, name = next((size, name) for size, name in _SIZES if value >= size or size == 1)
    amount = format_decimal(round(value / size, 3), locale=LOCALE)
    return f"{COMPARATORS[comparator]}{amount}{name} {_CURRENCIES.get(currency, currency)}"


@lru_cache(maxsize=KEPT)
def day(value: str | date | None) -> str:
    """A date as precise as it is known: «22 июля 2024», «июль 2024», «2024 год»."""
    if value is None or value == "":
        return "без даты"
    if isinstance(value, date):
        return str(format_date(value, "d MMMM y", locale=LOCALE))
    if re.fullmatch(r"\d{4}", value):
        return f"{value} год"
    if re.fullmatch(r"\d{4}-\d\d", value):
        return str(format_date(date.fromisoformat(value + "-01"), "LLLL y", locale=LOCALE))
    return str(format_date(date.fromisoformat(value[:10]), "d MMMM y", locale=LOCALE))


@lru_cache(maxsize=KEPT)
def moment(value: datetime | None, zone: str = "Europe/Moscow") -> str:
    """A moment in the region's own time."""
    if value is None:
        return "ещё не было"
    return str(format_datetime(value, "d MMMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=LOCALE))


def headline(type_: str, status: str, about: str | None) -> str:
    """What an event is, in a line.

    >>> headline("charter_signing", "done", "Хартия кооперации")
    'Подписание хартии (сделано): Хартия кооперации'
    """
    return f"{TYPES[type_].capitalize()} ({STATUSES[status]})" + (f": {about}" if about else "")


def quoted(text: str) -> str:
    """In quotation marks; those within become „lower“ ones.

    >>> quoted("«Всего 358», — уточнил министр")
    '«„Всего 358“, — уточнил министр»'
    """
    return f"«{text.translate(_WITHIN)}»"


def raised(text: str) -> str:
    """With a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]


FILTERS: dict[str, Callable[..., Any]] = {
    "quoted": quoted,
    "raised": raised,
    "plural": plural,
    "form": form,
    "number": number_,
    "count": count,
    "money": money,
    "day": day,
    "moment": moment,
    "type_name": TYPES.get,
    "status_name": STATUSES.get,
    "outcome_name": OUTCOMES.get,
    "kind_name": KINDS.get,
}
