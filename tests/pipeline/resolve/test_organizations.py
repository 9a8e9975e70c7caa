"""Organisations across releases: the country's are one everywhere, a region's stay in it, short names join none."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.schema import Event, Party
from pipeline.resolve import DocumentRow, EventRow, MemoryStore, read, resolve
from pipeline.resolve.organizations import SURE, is_national, likeness


def told(*names_by_region: tuple[str, tuple[str, ...]]) -> set[frozenset[str]]:
    """Organisations, as sets of `region/name`, that come of releases: region -> the names that one release has."""
    documents = []
    for n, (region, names) in enumerate(names_by_region):
        parties = tuple(Party(name, "organization") for name in names)
        event = Event(
            "agreement_signing",
            "done",
            "Подписали.",
            0,
            10,
            (0, 1),
            regions=(region,),
            kind="agreement",
            parties=parties,
        )
        documents.append(
            DocumentRow(f"d{n}", "Подписали.", date(2024, 5, 1), "", region, (EventRow(f"d{n}:0", event),))
        )
    mentions = [m for d in documents for m in read(d) if m.node.matter == "organization"]
    store = MemoryStore()
    resolve(store, [m.node for m in mentions])
    labels = [f"{region}/{name}" for region, names in names_by_region for name in names]
    found: dict[str, set[str]] = {}
    for label, mention in zip(labels, mentions, strict=True):
        found.setdefault(store.assignments[mention.node.id].cluster, set()).add(label)
    return set(map(frozenset, found.values()))


def joined(*names_by_region: tuple[str, str]) -> bool:
    return len(told(*((region, (name,)) for region, name in names_by_region))) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ассоциация кластеров, технопарков и ОЭЗ России", "Ассоциация кластеров России"),
        ("Министерство промышленности и торговли РФ", "Минпромторг России"),
        ("Фонд развития промышленности", "региональный ФРП"),
        ("Ассоциация кластеров и технопарков", "АКИТ"),
        ("правительство Башкортостана", "Правительство Республики Башкортостан"),
        ("Министерство промышленности области", "Министерство промышленности и торговли Омской области"),
    ],
)
def test_one_organization(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a) >= SURE


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Фонд развития промышленности", "Фонд развития моногородов"),
        ("Фонд развития Кузбасса", "Фонд развития промышленности Кузбасса"),
        ("Томскнефтехим", "Томский политехнический университет"),
        ("Правительство Кабардино-Балкарии", "Министерство промышленности КБР"),
        ("Корпорация развития КБР", "Союз садоводов КБР"),
        ("Елец-Прокат", "Елец-Энергия"),
        ("Национальная гарантийная система", "Гарантийный фонд"),
        ("Минпромторг РФ", "Минобрнауки РФ"),
    ],
)
def test_two_organizations(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a) < SURE


@pytest.mark.parametrize(
    ("text", "national"),
    [
        ("Минпромторг России", True),
        ("госкорпорация «Росатом»", True),
        ("Российский союз промышленников и предпринимателей", True),
        ("региональное отделение «Деловой России»", False),
        ("Фонд развития промышленности", False),
        ("завод «Россия-2»", False),
    ],
)
def test_what_is_the_countrys(text: str, national: bool) -> None:
    assert is_national(text) is national


def test_the_countrys_are_one_in_all_regions_and_namesakes_are_not() -> None:
    full = "Ассоциация кластеров, технопарков и ОЭЗ России"
    assert joined(("RU-OMS", full), ("RU-STA", full), ("RU-KLU", "Ассоциация кластеров"))
    assert not joined(("RU-OMS", "Ассоциация кластеров"), ("RU-STA", "Ассоциация кластеров"))
    assert not joined(("RU-OMS", "завод «Прогресс»"), ("RU-STA", "завод «Прогресс»"))
    assert joined(("RU-OMS", "Трансмашхолдинг"), ("RU-TVE", "АО «Трансмашхолдинг»"))


def test_a_headlines_short_name_is_that_of_the_text() -> None:
    full, short = "Фонд развития промышленности и торговли России", "Фонд развития промышленности"
    assert told(("RU-OMS", (short, full))) == {frozenset({f"RU-OMS/{short}", f"RU-OMS/{full}"})}
    assert len(told(("RU-OMS", (short,)), ("RU-OMS", (full,)))) == 2


def test_a_government_belongs_to_the_region_that_its_name_says() -> None:
    assert joined(("RU-KO", "Правительство Кировской области"), ("RU-KIR", "правительство Кировской области"))


def test_a_bare_body_joins_nothing_that_it_may_be_any_of() -> None:
    funds = ("RU-NGR", "Новгородский фонд гарантий"), ("RU-NGR", "Новгородский фонд развития промышленности")
    assert joined(funds[0], ("RU-NGR", "областной фонд"))
    assert len(told(*((r, (n,)) for r, n in (*funds, ("RU-NGR", "областной фонд"))))) == 3
    assert not joined(("RU-ORE", "региональный ФРП"), ("RU-MOW", "Фонд развития промышленности РФ"))
