"""What readings are refused, and when an event is the same as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nlp.schema import Count, Event, Extraction, Money, Party
from pipeline.facts import BadReadingError, carry_over, checked, date_range, event_ids, to_event, to_reading

TEXT = "Хартию подписали 34 предприятия. К ней присоединились 12 заводов. К ней присоединились 12 заводов."
SIGNING = Event("charter_signing", "done", "Хартию подписали 34 предприятия", 0, 31, (7, 16), date="2022-05-27")
JOINING = Event("charter_accession", "done", "К ней присоединились 12 заводов", 33, 64, (39, 53))


def reading(**changes: Any) -> Extraction:
    return Extraction("1", True, (), (replace(SIGNING, **changes),))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"quote": "Хартию подписали 35 предприятий"}, "quotation is not at"),
        ({"quote": "", "stop": 0}, "quotation is not at"),
        ({"start": -98, "stop": -67}, "quotation is not at"),
        ({"type": "party"}, "type"),
        ({"status": None}, "status"),
        ({"date": "27.05.2022"}, "not a date"),
        ({"date": "2022-13"}, "not a date"),
        ({"date": "2022-02-30"}, "not a date"),
        ({"regions": ("RU-OMS", "RU-XYZ")}, "no such region: RU-XYZ"),
        ({"type": "enterprise_count"}, "without a count"),
        ({"count": Count(-1, "eq", "завод")}, "not a number"),
        ({"money": Money(2**63, "RUB", "eq")}, "not a number"),
        ({"money": Money(1, "рублей", "eq")}, "not a currency"),
        ({"confidence": 1.5}, "not a confidence"),
        ({"trigger": (90, 190)}, "outside the text"),
        ({"parties": (Party("Завод", "organization", None, 5, 500),)}, "outside the text"),
        ({"parties": (Party("Завод\x00", "organization"),)}, "NUL"),
        ({"initiative": "хартия \ud800"}, "surrogate|unicode"),
    ],
)
def test_readings_that_cannot_be_true_are_refused(changes: dict[str, Any], complaint: str) -> None:
    assert checked(reading(), TEXT) == reading()
    with pytest.raises(BadReadingError, match=complaint):
        checked(reading(**changes), TEXT)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-07-22", date(2024, 7, 22), date(2024, 7, 22)),
    ],
)
def test_date_range(day: str, first: date, last: date) -> None:
    assert date_range(day) == (first, last)


def test_a_reading_is_kept_whole() -> None:
    event = replace(
        SIGNING, parties=(Party("Иван Петров", "person", "губернатор", 0, 5),), count=Count(34, "eq", "предприятие")
    )
    assert to_event(to_reading(event)) == event


def test_ids_come_from_what_is_said_not_from_where() -> None:
    there = replace(JOINING, start=66, stop=97)
    assert event_ids("d", [SIGNING, JOINING]) == event_ids("d", [SIGNING, there])
    assert len(set(event_ids("d", [JOINING, there]))) == 2
    assert event_ids("d", [SIGNING]) != event_ids("e", [SIGNING])


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        (SIGNING, True),
        (replace(SIGNING, quote="Хартию подписали 36 предприятий"), True),  # the number was corrected
        (replace(SIGNING, quote="Хартию подписали"), True),  # the quotation was cut
        (replace(SIGNING, type="agreement_signing"), False),
        (replace(SIGNING, quote="Открыт завод стеклотары в Истре"), False),
    ],
)
def test_an_event_that_is_clearly_the_same_keeps_its_id(now: Event, kept: bool) -> None:
    [id_] = event_ids("d", [SIGNING])
    assert (id_ in carry_over("d", {id_: to_reading(SIGNING)}, [now])) is kept
