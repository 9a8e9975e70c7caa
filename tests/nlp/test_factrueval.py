"""The measure of factRuEval-2016, and the floors that reading keeps by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.factrueval import Fact, compare, gold_facts, measure, quality


def fact(*arguments: tuple[str, str], difficult: bool = False, unreal: bool = False) -> Fact:
    return Fact(tuple((role, frozenset({value})) for role, value in arguments), difficult, unreal)


WHO, WHERE, POSITION = ("who", "иван иванов"), ("where", "тверь"), ("position", "мэр")
FULL = fact(WHO, WHERE, POSITION)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([FULL], 1.0),
        ([fact(WHO, WHERE)], 2 / 2.5),  # the position, of weight 0.5, is missed
        ([fact(WHO, WHERE, ("position", "глава"))], 2 / 3),  # missed and another invented
        ([fact(WHO, POSITION)], 1.5 / 2.5),
        ([fact(("who", "иван ивано"), WHERE, POSITION)], 1.0),  # up to two letters may differ
        ([fact(("who", "пётр петров"), POSITION)], 0.5 / 3.5),
        ([fact(WHO), fact(WHERE, POSITION)], (1 + 1 / 3) / 2),  # torn apart: one pair of three stands together
    ],
)
def test_quality_of_a_pairing(found: list[Fact], expected: float) -> None:
    assert quality(FULL, found) == pytest.approx(expected)


def test_an_invented_fact_costs_precision_only() -> None:
    counts = compare([FULL], [FULL, fact(("who", "пётр петров"), ("where", "омск"))])
    assert (counts.precision, counts.recall) == (0.5, 1.0)


def test_difficult_facts_are_neither_demanded_nor_punished_in_the_easy_mode() -> None:
    difficult = fact(WHO, WHERE, POSITION, difficult=True)
    assert compare([difficult], [FULL]).f1 == compare([difficult], []).f1 == 1.0
    assert compare([difficult], [], hard=True).recall == 0.0


def test_unreal_facts_do_not_count_in_the_hard_mode() -> None:
    unreal = fact(WHO, WHERE, POSITION, unreal=True)
    assert compare([unreal], [], hard=True).f1 == 1.0
    assert compare([unreal], []).recall == 0.0


def test_values_of_a_gold_argument() -> None:
    entity = {
        "kind": "entity",
        "entity": 1,
        "attrs": {"firstname": ["Анна"], "lastname": ["Ким"]},
        "mentions": [[0, 3, "Киму"]],
    }
    document: dict[str, Any] = {
        "facts": [
            {"id": "1", "type": "Occupation", "attrs": {"Сложность": "повышенная"},
             "args": [{"role": "Who", "text": "Ким Анна", "values": [entity]}]},
        ]
    }  # fmt: skip
    (only,) = gold_facts(document)
    assert only.difficult
    assert only.arguments[0][1] == {"ким анна", "анна ким", "анна", "ким", "киму"}


def test_floors_on_real_news(shared: Path) -> None:
    lines = (shared / "gold" / "factrueval" / "dev.jsonl").read_text("utf-8").splitlines()
    totals = measure(json.loads(line) for line in lines)
    assert totals["easy"].f1 >= 0.78  # never lowered; the best published on the test texts is 0.66
    assert totals["hard"].f1 >= 0.74
