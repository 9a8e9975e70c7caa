from __future__ import annotations

import pytest

from pipeline import russian


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0 релизов"), (1, "1 релиз"), (2, "2 релиза"), (11, "11 релизов"), (12, "12 релизов"), (21, "21 релиз"),
     (22, "22 релиза"), (25, "25 релизов"), (111, "111 релизов"), (1001, "1\xa0001 релиз")],
)  # fmt: skip
def test_plural_forms(number: int, expected: str) -> None:
    assert russian.plural(number, "релиз релизов релиза") == expected


@pytest.mark.parametrize(
    ("value", "currency", "comparator", "expected"),
    [(1_500_000_000, "RUB", "gt", "более 1,5 млрд ₽"), (452_110_000, "RUB", "eq", "452,11 млн ₽"),
     (200, "USD", "approx", "около 200 $"), (0, "RUB", "eq", "0 ₽"),
     (3_000_000_000_000, "RUB", "ge", "не менее 3 трлн ₽")],
)  # fmt: skip
def test_money(value: int, currency: str, comparator: str, expected: str) -> None:
    assert russian.money(value, currency, comparator) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2024-07-22", "22 июля 2024"), ("2024-07", "июль 2024"), ("2024", "2024 год"), (None, "без даты")],
)
def test_dates_are_as_precise_as_they_are_known(value: str | None, expected: str) -> None:
    assert russian.day(value) == expected


@pytest.mark.parametrize(
    ("value", "comparator", "unit", "expected"),
    [(386, "eq", "предприятие", "386 предприятий"), (1, "eq", "завод", "1 завод"), (3, "eq", "завод", "3 завода"),
     (250, "gt", "предприятие", "более 250 предприятий"), (7, "le", None, "до 7")],
)  # fmt: skip
def test_counts(value: int, comparator: str, unit: str | None, expected: str) -> None:
    assert russian.count(value, comparator, unit) == expected
