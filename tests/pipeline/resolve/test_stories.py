"""Reprints, rewrites, and news that only looks alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nlp.schema import Count, Event, EventType, Money, Party
from pipeline.resolve import DocumentRow, EventRow
from pipeline.resolve.stories import Stories, mention

TEXT = (
    "Завод открыт\n\nВ понедельник в Туле губернатор открыл завод редукторов. На церемонию пришли рабочие, которые "
    "строили корпус два года, и ветераны производства. Директор рассказал, что первые изделия уже отгружены шахтёрам "
    "Кузбасса, а к весне цех перейдёт на вторую смену. Гостям показали испытательный стенд, собранный своими силами."
)
DAY = date(2024, 3, 12)


def event(type_: EventType = "production_launch", firm: str = "Тулредуктор", money: int = 500_000_000) -> Event:
    return Event(
        type=type_,
        status="done",
        quote="Завод открыт",
        start=0,
        stop=12,
        trigger=(6, 12),
        date="2024-03-11",
        regions=("RU-TUL",),
        initiative="завод редукторов",
        kind="production",
        parties=(Party(firm, "organization"),),
        money=Money(money, "RUB", "eq"),
    )


def row(id_: str, text: str, day: date, *events: Event) -> DocumentRow:
    return DocumentRow(id_, text, day, "x", "RU-TUL", tuple(EventRow(f"{id_}:{n}", e) for n, e in enumerate(events)))


def one(a: DocumentRow, b: DocumentRow) -> bool:
    x, y = mention(a).node, mention(b).node
    linked = Stories().link(x, y) is not None
    assert linked is (Stories().link(y, x) is not None)
    return linked and bool(x.keys & y.keys)


def test_reprint_with_another_headline_and_credit() -> None:
    reprint = TEXT.replace("Завод открыт", "Тула делает редукторы", 1) + " Фото пресс-службы"
    assert one(row("a", TEXT, DAY), row("b", reprint, DAY + timedelta(days=2)))


def test_the_same_form_filled_in_a_year_later_is_another_story() -> None:
    assert not one(row("a", TEXT, DAY), row("b", TEXT, DAY + timedelta(days=365)))


def test_rewrite_in_other_words() -> None:
    other = "Редукторы теперь свои. Тулредуктор запустил производство, вложено полмиллиарда."
    assert one(row("a", TEXT, DAY, event()), row("b", other, DAY + timedelta(days=1), event()))


@pytest.mark.parametrize(
    "other",
    [event(firm="Щёкиноазот"), event(money=70_000_000), event(type_="support_measure")],
    ids=["another firm", "another sum", "another happening"],
)
def test_lookalike_of_the_same_week(other: Event) -> None:
    text = "Щёкинский завод пустил линию. Подробности сообщили в областном правительстве."
    assert not one(row("a", TEXT, DAY, event()), row("b", text, DAY + timedelta(days=1), other))


def test_shared_background_makes_no_story() -> None:
    old = Event("charter_signing", "done", "q", 0, 1, (0, 1), "2022-05-27", ("RU-TUL",), "хартия", "charter",
                count=Count(34, "eq", "завод"))  # fmt: skip
    a = row("a", TEXT, DAY, event(), old)
    b = row("b", "Хартию подписали ещё пять заводов.", DAY,
            Event("charter_accession", "done", "q", 0, 1, (0, 1), "2024-03-11", ("RU-TUL",), "хартия", "charter",
                  count=Count(5, "eq", "завод")), old)  # fmt: skip
    assert not one(a, b)
