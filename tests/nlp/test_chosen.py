"""Arguments as the trained models choose them (cases/chosen.yaml), and who is a candidate."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlp.analyse import analyse
from nlp.events import dating, factuality, funding, jurisdiction
from nlp.events.candidates import Candidate, candidates
from nlp.events.draft import Draft
from nlp.events.read import believed_events, read
from nlp.events.titles import singular
from nlp.people import People
from nlp.schema import Document, Money

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "chosen.yaml").read_text("utf-8"))
PUBLISHED = date(2025, 3, 12)
CHOSEN = [(case["text"], kind, wanted) for case in CASES for kind, wanted in case.items() if kind != "text"]


def event(text: str, kind: str) -> Draft:
    analysis = analyse(Document(text, PUBLISHED))
    return next(draft for draft in read(analysis, People(analysis))[0] if draft.type == kind)


@pytest.mark.parametrize(("text", "kind", "wanted"), CHOSEN, ids=lambda each: str(each)[:40])
def test_who_takes_part_when_and_for_how_much(text: str, kind: str, wanted: dict[str, Any]) -> None:
    found = event(text, kind)
    if "parties" in wanted:
        assert {party.name.lower() for party in found.parties} == {name.lower() for name in wanted["parties"]}
    if "date" in wanted:
        assert found.date == str(wanted["date"])
    if "money" in wanted:
        assert found.money
        assert found.money.value == wanted["money"]
    if "status" in wanted:
        assert found.status == wanted["status"]
    if "regions" in wanted:
        assert set(found.regions) == {f"RU-{code}" for code in wanted["regions"]}


def named(text: str) -> list[Candidate]:
    analysis = analyse(Document(text, PUBLISHED))
    _, scenes, about = believed_events(analysis, People(analysis))
    return candidates(scenes, about)


def test_a_firm_is_one_under_all_its_names() -> None:
    text = (
        "Новый редукторный завод «Каскад-М» открыт в Омске. Директор «Каскада-М» рад. АО «Каскад-М» ждёт станков. "
        "Предприятие строит цех."
    )
    (firm,) = (each for each in named(text) if each.kind == "organization")
    assert firm.party.name == "АО «Каскад-М»"
    assert [sighting.sentence for sighting in firm.sightings] == [0, 1, 2, 3]


def test_a_region_is_named_by_its_people_and_by_its_noun() -> None:
    (region,) = (each for each in named("Омская область открыла технопарк. Омичи рады. Область поможет.") if each.code)
    assert {sighting.sentence for sighting in region.sightings} == {0, 1, 2}


def test_a_body_is_meant_by_its_own_noun_only() -> None:
    found = named("Завод «Рубин» и Фонд развития промышленности Омской области открыли цех. Фонд дал заём.")
    fund = next(each for each in found if each.sort == "institution")
    assert [sighting.sentence for sighting in fund.sightings] == [0, 1]


def test_no_date_is_better_than_an_unlikely_one() -> None:
    model = {"": -1.0, "near": 3.0}
    assert dating.likeliest(model, [("2024", [""]), ("2025", ["", "near"])]) == "2025"
    assert dating.likeliest(model, [("2024", [""])]) is None


def test_no_sum_is_better_than_an_unlikely_one() -> None:
    model = {"": -1.0, "near": 3.0}
    most, least = Money(90_000_000, "RUB", "eq"), Money(12_000_000, "RUB", "le")
    assert funding.likeliest(model, [(most, [""]), (least, ["", "near"])]) == least
    assert funding.likeliest(model, [(most, [""])]) is None


def test_the_status_is_that_which_most_features_speak_for() -> None:
    model = {"": [1.0, 0.0, 0.0, 0.0], "will": [-1.0, 2.0, 0.0, 0.0], "not": [-2.0, -2.0, 0.0, 4.0]}
    assert factuality.likeliest(model, ["", "unknown"]) == "done"
    assert factuality.likeliest(model, ["", "will"]) == "planned"
    assert factuality.likeliest(model, ["", "will", "not"]) == "cancelled"


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("индустриальные парки края", "индустриальный парк края"),
        ("займы", "заём"),
        ("новые производства", "новое производство"),
        ("соглашение о кооперации", "соглашение о кооперации"),
    ],
)
def test_of_many_each_has_the_name_of_one(plural: str, one: str) -> None:
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("short", "same"),
    [("ФРП", True), ("Краевой ФРП", True), ("Федеральный ФРП", False), ("ФСИ", False)],
)
def test_initials_are_a_name_of_the_body(short: str, same: bool) -> None:
    found = named(f"Завод получил заём Фонда развития промышленности Хабаровского края. {short} выдал 20 млн рублей.")
    funds = [each for each in found if each.kind == "organization"]
    assert (len(funds) == 1) == same


def test_who_names_an_organ_names_the_body() -> None:
    found = named("Экспертный совет Фонда развития промышленности Коми одобрил заём на 20 млн рублей.")
    assert "фонд развития промышленности коми" in {each.party.name.lower() for each in found}


def test_the_likeliest_region_is_named_and_others_where_they_are_likely() -> None:
    assert jurisdiction.likely({"RU-TUL": 0.2, "RU-KLU": 0.4}) == ("RU-KLU",)
    assert jurisdiction.likely({"RU-TUL": 0.7, "RU-KLU": 0.9, "RU-ORL": 0.5}) == ("RU-KLU", "RU-TUL")
    assert jurisdiction.likely({}) == ()


def test_what_the_rules_found_of_a_release_takes_less_to_keep_than_another_to_add() -> None:
    assert jurisdiction.likely({"RU-TUL": 0.9, "RU-KLU": 0.4, "RU-ORL": 0.5}, ("RU-KLU",)) == ("RU-TUL", "RU-KLU")


def test_a_release_without_events_keeps_its_regions() -> None:
    assert jurisdiction.choose_regions([], [], ("RU-TUL",)) == ("RU-TUL",)
