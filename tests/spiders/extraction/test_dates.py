"""Dates as pages write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction import parse_date

ZONE = "Asia/Vladivostok"  # +10:00
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # noon there

# what the page says -> the day, or the minute, in the zone; None where it says none
CASES = {
    "16 Марта 2018": "2018-03-16",
    "23 марта 2018 16:50": "2018-03-23 16:50",
    "26\xa0марта\xa02018": "2018-03-26",
    "1 мая 2025, 18.40": "2025-05-01 18:40",
    "09:04 | 1 июля, 2024": "2024-07-01 09:04",
    "Опубликовано: 16 Марта 2018": "2018-03-16",
    "Дата публикации: 08.07.2022 10:11": "2022-07-08 10:11",
    "Понедельник, 3 мая 2021 г. в 9:05": "2021-05-03 09:05",
    "29 июня 2024 года": "2024-06-29",
    "5 фев. 2020": "2020-02-05",
    "28 ИЮН 2024": "2024-06-28",
    "17-03-2018": "2018-03-17",
    "08.07.2022, 10:11": "2022-07-08 10:11",
    "15.03.24": "2024-03-15",
    "12/10/2025": "2025-10-12",
    "2026-09-15 16:04:27": "2026-09-15 16:04",
    "2026-06-25T08:00:00+00:00": "2026-06-25 18:00",
    "2024-06-28T20:30:00Z": "2024-06-29 06:30",
    "2024-06-28T00:00:00+03:00": "2024-06-28",
    "2024-06-28": "2024-06-28",
    # relative to the fetching
    "Вчера, 12:30": "2026-11-23 12:30",
    "Сегодня в 10:15": "2026-11-24 10:15",
    "позавчера": "2026-11-22",
    "2 часа назад": "2026-11-24 10:00",
    "3 дня назад": "2026-11-21",
    # without a year: the last such day that was
    "17 МАРТА": "2026-03-17",
    "25 декабря": "2025-12-25",
    "24 ноября, 11:00": "2026-11-24 11:00",
    # no dates
    "": None,
    "12.30": None,
    "31.02.2020": None,
    "№ 45-17 от завода": None,
    "© 2026": None,
    # in the future: an announced event, not a publication
    "31 декабря 2027": None,
    "2031-01-01": None,
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_parse_date(text: str, expected: str | None) -> None:
    moment = parse_date(text, zone=ZONE, now=NOW)
    if expected is None:
        assert moment is None
        return
    assert moment is not None
    assert moment.day.isoformat() == expected[:10]
    assert (f"{moment.at:%H:%M}" if moment.at else "") == expected[11:]
    assert moment.precision == ("minute" if moment.at else "day")


@pytest.mark.parametrize(("text", "day"), {"март 2024": "2024-03-01", "Июль 2025 г.": "2025-07-01"}.items())
def test_a_month_is_told_as_its_first_day(text: str, day: str) -> None:
    moment = parse_date(text, zone=ZONE, now=NOW)
    assert moment is not None
    assert (moment.day.isoformat(), moment.precision) == (day, "month")


@pytest.mark.parametrize("text", ["Вчера, 12:30", "17 МАРТА", "2 часа назад"])
def test_nothing_is_counted_from_an_unknown_day(text: str) -> None:
    assert parse_date(text, zone=ZONE) is None


def test_yesterday_is_the_sources_yesterday() -> None:
    late = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # the 24th in Vladivostok already
    moment = parse_date("вчера", zone=ZONE, now=late)
    assert moment is not None
    assert moment.day.isoformat() == "2026-11-23"
