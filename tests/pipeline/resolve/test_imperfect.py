"""What resolution makes of events that were read imperfectly: no name, another's region, a signer's name."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.linking import clusters
from nlp.schema import Count, Event, EventType, Kind, Party
from pipeline.resolve import DocumentRow, EventRow
from pipeline.resolve.places import regions_named
from pipeline.resolve.told import said_in
from pipeline.resolve.words import name


@pytest.mark.parametrize(
    ("quote", "family", "surface"),
    [
        ("Кадровый план исполняют уже 16 верфей.", "roadmap", "кадровый план"),
        ("Заводов, занятых в плане по станкостроению, стало 16.", "roadmap", "плане по станкостроению"),
        ("В станкостроительном кластере теперь 14 участников", "cluster", "станкостроительном кластере"),
        ("В «Нефтехиме» 27 участников при плане 25.", "other", "«Нефтехиме»"),
        ("В кластер вошли 12 заводов", "other", ""),
        ("В крае 5 промышленных кластеров", "other", ""),
        ("На форуме «Иннопром» назвали число: 27 участников", "other", ""),
        ("Участниками дорожной карты стали 10 предприятий", "other", ""),
    ],
)
def test_what_a_sentence_says_it_counts(quote: str, family: str, surface: str) -> None:
    assert said_in(quote) == (family, surface)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("бурятская хартия", "RU-BU"),
        ("казанский технопарк", "RU-TA"),
        ("улан-удэнский завод", "RU-BU"),
        ("томский кластер", "RU-TOM"),
    ],
)
def test_regions_by_their_adjectives(text: str, code: str) -> None:
    assert regions_named(text) == {code}


@pytest.mark.parametrize("text", ["соответствующая хартия", "обновлённая хартия", "строящийся технопарк"])
def test_participles_tell_nothing_apart(text: str) -> None:
    assert not name(text).tells
    assert name("литейный завод").tells


def release(
    number: int,
    day: str,
    type_: EventType,
    initiative: str | None,
    kind: Kind | None,
    quote: str = "Так сказано.",
    region: str = "RU-OMS",
    parties: tuple[Party, ...] = (),
    count: Count | None = None,
) -> DocumentRow:
    event = Event(
        type_,
        "done",
        quote,
        0,
        len(quote),
        trigger=(0, 1),
        date=day,
        regions=(region,),
        initiative=initiative,
        kind=kind,
        parties=parties,
        count=count,
    )
    row = EventRow(f"d{number}:0", event)
    return DocumentRow(f"d{number}", quote, date.fromisoformat(day), "Правительство", region, events=(row,))


SIGNED = release(
    1,
    "2022-05-27",
    "charter_signing",
    "хартия технологического суверенитета",
    "charter",
    parties=(Party("Леонид Ракитянский", "person", "губернатор"),),
)
OTHER = release(2, "2023-03-15", "charter_signing", "хартия о подготовке кадров", "charter")


def together(*rows: DocumentRow) -> set[frozenset[str]]:
    found = clusters(rows)["initiative"]
    return {frozenset(e for e, c in found.items() if c == cluster) for cluster in found.values()}


def test_a_charter_called_by_who_signed_it() -> None:
    count = Count(112, "eq", "предприятие")
    later = release(3, "2025-01-23", "enterprise_count", "хартия Ракитянского", "charter", count=count)
    assert together(SIGNED, OTHER, later) == {frozenset({"d1:0", "d3:0"}), frozenset({"d2:0"})}


def test_a_number_without_a_name_finds_what_its_sentence_names() -> None:
    here = release(4, "2020-06-03", "cluster_announcement", "кластер «Нефтехим»", "cluster")
    there = release(5, "2021-06-03", "cluster_announcement", "кластер приборостроения", "cluster")
    told = "В «Нефтехиме» 27 участников."
    count = release(6, "2024-01-10", "enterprise_count", None, "other", told, count=Count(27, "eq", "участник"))
    assert together(here, there, count) == {frozenset({"d4:0", "d6:0"}), frozenset({"d5:0"})}
