"""What the initiatives of events are called: cases/names.yaml by the trained model; where names come from; ranking."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.ranking import Numbers, Ranked, fit_ranking
from nlp.analyse import analyse
from nlp.events.names import stems
from nlp.events.naming import NONE, Name, Names, likeliest, of_type
from nlp.events.read import believed_events, read
from nlp.events.titles import plural
from nlp.events.wordings import phrases
from nlp.people import People
from nlp.schema import Document

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "names.yaml").read_text("utf-8"))
PUBLISHED = date(2025, 3, 12)
NAMED = [(case["text"], kind, name) for case in CASES for kind, name in case.items() if kind != "text"]


@pytest.mark.parametrize(("text", "kind", "name"), NAMED, ids=lambda each: str(each)[:40])
def test_what_it_is_called(text: str, kind: str, name: str) -> None:
    analysis = analyse(Document(text, PUBLISHED))
    found = next(draft for draft in read(analysis, People(analysis))[0] if draft.type == kind)
    assert (found.initiative or "").lower() == name.lower()


def extents(text: str) -> set[str]:
    analysis = analyse(Document(text, PUBLISHED))
    scene = believed_events(analysis, People(analysis))[1][0]
    tokens = scene.words.tokens
    return {
        analysis.text[tokens[extent.first].start : tokens[extent.stop - 1].stop]
        for phrase in phrases(scene)
        for extent in phrase.extents
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Завод освоил новые вяленые снеки.", {"новые вяленые снеки", "вяленые снеки", "снеки"}),
        (
            "Открыт участок брони и колец для мельниц.",
            {"участок", "участок брони и колец", "участок брони и колец для мельниц"},
        ),
        ("Резиденты парка «Фабрика» довольны.", {"парка", "парка «Фабрика»", "«Фабрика»", "Резиденты"}),
        ("Займы под 1 процент годовых выдаёт фонд.", {"Займы", "Займы под 1 процент", "фонд"}),
    ],
)
def test_a_phrase_can_be_a_name_in_several_extents(text: str, wanted: set[str]) -> None:
    assert wanted <= extents(text)


def test_each_name_is_considered_once_and_none_first() -> None:
    told = "Резидентами технопарка «Ока» стали 12 компаний."
    text = f"Технопарк «Ока» открыт в Калуге.\n\nВ Калуге открыт технопарк «Ока». {told}"
    analysis = analyse(Document(text, PUBLISHED))
    drafts, scenes, _ = believed_events(analysis, People(analysis))
    for draft in drafts:
        names = [name for _, options in Names(analysis, drafts, scenes).considered(draft) for name, _ in options]
        assert names[0] is NONE
        keys = [(stems(name.written), name.one) for name in names[1:] if name.written]
        assert len(keys) == len(set(keys))
        assert frozenset(["техно", "ока"]) in {key for key, _ in keys}


def test_a_name_is_in_the_nominative() -> None:
    assert Name("промышленному технопарку «Ока»").text == "промышленный технопарк «Ока»"
    assert Name("новых производств", one=True).text == "новое производство"
    assert Name("индустриальных парка", few=True).text == "индустриальные парки"
    assert Name("индустриальных парка", few=True, one=True).text == "индустриальный парк"
    assert Name("заём на станки", worded=True).text == "заём на станки"
    assert NONE.text is None


@pytest.mark.parametrize(
    ("few", "many"), [("новых цеха", "новые цеха"), ("завода", "заводы"), ("линии сборки", "линии сборки")]
)
def test_of_few_all_have_the_name_of_many(few: str, many: str) -> None:
    assert plural(few) == many


def test_the_name_is_that_which_most_speaks_for() -> None:
    model = {"": {"none": 1.0, "near": 2.0}, "support_measure": {"near": -2.0}}
    near = [([], [(NONE, ["none"])]), (["near"], [(Name("цех"), []), (Name("новый цех"), ["long"])])]
    assert likeliest(of_type(model, "production_launch"), near).text == "цех"
    assert likeliest(of_type(model, "support_measure"), near) is NONE


def test_a_ranking_learns_what_tells_the_right_from_the_rest() -> None:
    numbers = Numbers()
    choices = []
    for i in range(60):
        group = "plants" if i % 2 else "loans"
        telling = "near" if i % 2 else "far"
        rows = [["near", f"noise {i % 3}"], ["far", f"noise {i % 4}"], ["rare", f"once {i}"]]
        choices.append(Ranked(group, numbers.of(rows), [telling in row for row in rows]))
    choices.append(Ranked("plants", numbers.of([["near"]]), [False]))  # nothing right: says nothing
    model = fit_ranking(choices, numbers, least=2, ridge=0.1)
    assert model["plants"]["near"] > 1 > model["plants"].get("far", 0.0)
    assert model["loans"]["far"] > 1 > model["loans"].get("near", 0.0)
    assert not any(name.startswith("once") for table in model.values() for name in table)
    for choice in choices[:-1]:
        assert choice.right[choice.best(numbers.vector(of_type(model, choice.group)))]
