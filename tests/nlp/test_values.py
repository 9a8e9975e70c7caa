"""Counts, sums and dates, by the tables of cases/quantities.yaml, money.yaml and dates.yaml."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlp.analyse import dissect
from nlp.analysis import Analysis
from nlp.characters import normalise
from nlp.dates import DateMention, document_date, find_dates, url_date
from nlp.money import MoneyMention, find_money
from nlp.quantities import CountMention, find_counts
from nlp.schema import Document

CASES = Path(__file__).parent / "cases"
QUANTITIES: dict[str, list[str]] = yaml.safe_load((CASES / "quantities.yaml").read_text("utf-8"))
MONEY: dict[str, list[str]] = yaml.safe_load((CASES / "money.yaml").read_text("utf-8"))
DATES: dict[str, dict[str, list[str]]] = yaml.safe_load((CASES / "dates.yaml").read_text("utf-8"))
SIGNS = {"eq": "=", "gt": ">", "ge": "≥", "lt": "<", "le": "≤", "approx": "≈"}
KINDS = {"point": "", "deadline": "к ", "since": "с ", "as_of": "на "}
PUBLISHED = date(2024, 7, 24)


def read(text: str, published: date | None = None, url: str | None = None) -> Analysis:
    return dissect(Document(text, published, url=url), normalise(text))


def shown_count(count: CountMention) -> str:
    unit = f"({count.unit or '–'})" if count.elided else str(count.unit)
    return f"{SIGNS[count.comparator]} {count.value} {unit}{' часть' if count.part else ''}"


def shown_sum(money: MoneyMention) -> str:
    value = f"{money.value:,}".replace(",", " ")
    return f"{SIGNS[money.comparator]} {value} {money.currency}{'…' if money.elided else ''}"


def shown_date(mention: DateMention) -> str:
    if mention.kind == "range":
        return f"с {mention.first} по {mention.last} = {mention.iso}"
    return KINDS[mention.kind] + mention.iso


@pytest.mark.parametrize(("text", "expected"), QUANTITIES.items())
def test_how_many(text: str, expected: list[str]) -> None:
    analysis = read(text)
    assert [shown_count(count) for count in find_counts(analysis, find_money(analysis))] == expected


@pytest.mark.parametrize(("text", "expected"), MONEY.items())
def test_how_much(text: str, expected: list[str]) -> None:
    assert [shown_sum(money) for money in find_money(read(text))] == expected


@pytest.mark.parametrize(("text", "expected"), DATES["published 2024-07-24"].items())
def test_when(text: str, expected: list[str]) -> None:
    assert [shown_date(mention) for mention in find_dates(read(text, PUBLISHED))] == expected


@pytest.mark.parametrize(("text", "expected"), DATES["no published"].items())
def test_when_without_a_publication_day(text: str, expected: list[str]) -> None:
    assert [shown_date(mention) for mention in find_dates(read(text))] == expected


def test_a_yearless_date_knows_both_its_years() -> None:
    (mention,) = find_dates(read("Хартия, 22 июня", PUBLISHED))
    assert (mention.resolved(future=False), mention.resolved(future=True)) == ("2024-06-22", "2025-06-22")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/news/2024/07/22/hartiya", date(2024, 7, 22)),
        ("https://example.org/news/hartiya-2024-07-22.html", date(2024, 7, 22)),
        ("https://example.org/20240722/", date(2024, 7, 22)),
        ("https://example.org/22-07-2024/", date(2024, 7, 22)),
        ("https://example.org/news/20249999/", None),
        ("https://example.org/news/4471", None),
    ],
)
def test_the_day_in_an_address(url: str, expected: date | None) -> None:
    assert url_date(url) == expected


def test_the_day_of_a_release() -> None:
    text = "г. Абакан\n17 октября 2023 года, 11:30\n\nЗавод открыт 3 мая 2022 года."
    assert document_date(read(text, PUBLISHED)) == PUBLISHED
    assert document_date(read(text)) == date(2023, 10, 17)
    assert document_date(read("Завод открыт.", url="https://example.org/2024/07/22/x")) == date(2024, 7, 22)
    assert document_date(read("Завод открыт.")) is None


VOCABULARY = (
    "от до с по на в к 5 12 386 2024 1,5 тыс млн . , – « » [ семи двести полтора тысячи рублей ₽ $ предприятий "
    "22 июля 31 апреля года назад вчера более не менее из них первом квартале ПМЭФ-2017 I 12.03.24"
)
WORDS = st.lists(st.sampled_from(VOCABULARY.split(" ")), max_size=25)


@given(WORDS)
def test_any_words_are_read_within_their_text(words: list[str]) -> None:
    analysis = read(" ".join(words), PUBLISHED)
    text = analysis.text
    sums, dates = find_money(analysis), find_dates(analysis)
    mentions: list[MoneyMention | DateMention | CountMention] = [*sums, *dates, *find_counts(analysis, sums)]
    for start, stop in [(m.start, m.stop) for m in mentions]:
        assert 0 <= start < stop <= len(text)
        assert text[start:stop].strip() == text[start:stop]
    for first, second in pairwise(dates):
        assert first.stop <= second.start
    for mention in dates:
        assert 1991 <= int(mention.iso[:4]) <= PUBLISHED.year + 30
