"""What an event's own sentence tells of its initiative, where the reader gave it another's name, kind or side."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.linking import clusters
from nlp.schema import Event, EventType, Kind, Party
from pipeline.resolve import DocumentRow, EventRow
from pipeline.resolve.told import as_told, family, head_of, says, sides_in


def row(
    quote: str,
    initiative: str | None = None,
    kind: Kind | None = None,
    type_: EventType = "enterprise_count",
    parties: tuple[str, ...] = (),
    day: str | None = None,
    number: int = 0,
) -> EventRow:
    event = Event(
        type_,
        "done",
        quote,
        0,
        len(quote),
        trigger=(0, 1),
        date=day,
        regions=("RU-OMS",),
        initiative=initiative,
        kind=kind,
        parties=tuple(Party(p, "organization") for p in parties),
    )
    return EventRow(f"e{number}", event)


def together(*rows: EventRow) -> set[frozenset[str]]:
    """Events that become one initiative, each told by a release of its own."""
    documents = [
        DocumentRow(
            f"d{n}", r.event.quote, date(2024, 5, n + 1), "Омские новости", "RU-OMS", (EventRow(f"d{n}", r.event),)
        )
        for n, r in enumerate(rows)
    ]
    found = clusters(documents)["initiative"]
    return {frozenset(e for e, c in found.items() if c == cluster) for cluster in found.values()}


@pytest.mark.parametrize(
    ("surface", "group"),
    [
        ("новый план технологического суверенитета", "roadmap"),
        ("вторая очередь технопарка", "park"),
        ("ОЭЗ «Тольятти»", "park"),
        ("СПИК с заводом", "agreement"),
        ("программа поддержки кластера", ""),
        ("«Восточный»", ""),
    ],
)
def test_the_head_of_a_name(surface: str, group: str) -> None:
    assert head_of(surface) == group


@pytest.mark.parametrize(
    ("read", "group"),
    [
        (row("…", "технопарк «Корень»", "agreement", "cluster_announcement"), "park"),
        (row("…", "«Корень»", "agreement", "cluster_announcement"), "cluster"),
        (row("…", "план технологического суверенитета", "agreement", "agreement_signing"), "roadmap"),
        (row("…", "соглашение о сотрудничестве", "cluster", "agreement_signing"), "agreement"),
        (row("…", "«Корень»", "technopark"), "park"),
    ],
)
def test_a_kind_that_name_or_type_rule_out_does_not_hold(read: EventRow, group: str) -> None:
    assert family(read) == group


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (row("В хартии наставников 25 заводов.", "самарская хартия", "charter"), ("charter", "хартии наставников")),
        (row("По плану техсуверенитета на них перешли 23 завода.", "российские станки", "production"),
         ("roadmap", "плану техсуверенитета")),
        (row("На электронной бирже заказов 104 завода."), ("platform", "электронной бирже заказов")),
        (row("В «Чапаевске» их 14.", "парк «Чапаевск-2»", "industrial_park"), ("park", "«Чапаевске»")),
        (row("Парк «Чапаевск» принял 14-го.", "парк «Чапаевск-2»", "industrial_park"), ("park", "«Чапаевск»")),
        (row("Станкостроители насчитали 23 участника.", "выставка «Станки»", "cluster"), ("cluster", "")),
        (row("В ней 23 участника.", "Омская", "charter"), ("charter", "")),
        (row("Документ о качестве подписали все.", "хартия качества", "charter"), ("charter", "хартия качества")),
    ],
)  # fmt: skip
def test_a_sentence_that_says_better(read: EventRow, told: tuple[str, str]) -> None:
    assert as_told(read) == told


@pytest.mark.parametrize(
    ("group", "quote", "sides"),
    [
        (
            "agreement",
            "На соглашение с насосным заводом, заключённое тогда же, перенос не повлияет",
            ["насосным заводом"],
        ),
        ("agreement", "Подписано соглашение с китайской «Хуаюй» о сборке", ["китайской «Хуаюй»"]),
        ("roadmap", "Утвердили дорожную карту сотрудничества с «Росатомом»", ["«Росатомом»"]),
        ("agreement", "Соглашения с ними подпишем", []),
        ("agreement", "Договор с участием банка", []),
        ("agreement", "Завод заключил соглашение", []),
    ],
)
def test_with_whom_a_paper_is(group: str, quote: str, sides: list[str]) -> None:
    assert sides_in(group, quote) == sides


def test_a_sentence_bears_out_a_name_by_any_of_its_words() -> None:
    assert says("Документ о закупках подписали", "Хартия открытых закупок")
    assert not says("Документ подписали", "Хартия открытых закупок")


def test_one_proper_name_is_one_thing_whatever_kind_was_read() -> None:
    park = row("Открыт парк «Восточный».", "парк «Восточный»", "industrial_park", "cluster_announcement")
    bare = row("«Восточный» принял десятого.", "«Восточный»", "cluster", "cluster_announcement")
    cluster = row("Создан кластер «Восточный».", "кластер «Восточный»", "cluster", "cluster_announcement")
    assert together(park, bare) == {frozenset({"d0", "d1"})}
    assert together(park, cluster) == {frozenset({"d0"}), frozenset({"d1"})}


def test_a_list_of_papers_read_as_one_joins_no_others() -> None:
    day = "2024-05-01"
    signed: EventType = "agreement_signing"
    sides = ("ООО «Тамбовполимер»", "АО «Кирсановсельмаш»", "АО «Мичуринский завод»")
    all_ = row("Три соглашения подписаны.", "соглашение", "agreement", signed, sides, day)
    one = row("Подписано соглашение.", "соглашение", "agreement", signed, sides[:1], day)
    other = row("Подписано соглашение.", "соглашение", "agreement", signed, sides[1:2], day)
    assert together(all_, one, other) == {frozenset({"d0"}), frozenset({"d1"}), frozenset({"d2"})}
    assert together(all_, all_) == {frozenset({"d0", "d1"})}


def test_reprints_of_what_nothing_names_are_one() -> None:
    told = row(
        "В прошлом году договор с ним расторгли, участок перешёл области.", "договор", "agreement", "agreement_signing"
    )
    other = row("Ещё один договор с инвестором расторгли уже в этом году.", "договор", "agreement", "agreement_signing")
    assert together(told, told, other) == {frozenset({"d0", "d1"}), frozenset({"d2"})}


def test_words_of_its_own_name_lead_a_mention_to_its_initiative() -> None:
    tools = row("Создан кластер станкостроения.", "кластер станкостроения", "cluster", "cluster_announcement")
    parts = row(
        "Создан кластер станочных компонентов.", "кластер станочных компонентов", "cluster", "cluster_announcement"
    )
    merging = "Станкостроительный кластер сольют с кластером станочных компонентов."
    both = row(merging, "станкостроительный кластер", "cluster", "cluster_announcement")
    assert together(tools, parts, both) == {frozenset({"d0", "d2"}), frozenset({"d1"})}
