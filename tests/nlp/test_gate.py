from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpora import DEV, records
from nlp.characters import normalise
from nlp.gate import may_hold_events
from nlp.lexicon import load

TEXTS = [
    ("В крае подписана хартия поставщиков", True),
    ("В ОЭЗ «Алабуга» новый резидент", True),
    ("ОЭЗ«Липецк» ждёт гостей", True),
    ("Автозавод запустил линию", True),
    ("Открыт цех по выпуску насосов", True),
    ("Президент России выступил с посланием", False),
    ("Поэзия серебряного века на сцене театра", False),  # «оэз» inside a word
    ("Спортивные соревнования прошли в школе", False),
    ("Торги на бирже закрылись ростом", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "passes"), TEXTS)
def test_texts(text: str, passes: bool) -> None:
    assert may_hold_events(text) is passes


GOLD = Path(__file__).parents[1] / "gold"


def lost(file: Path) -> list[str]:
    read = [record for record in records(file) if record.get("relevant", True)]
    return [record["id"] for record in read if not may_hold_events(normalise(record["text"]).text)]


@pytest.mark.parametrize("file", [DEV, GOLD / "linking" / "releases.jsonl", GOLD / "linking_more" / "releases.jsonl"])
def test_no_relevant_release_is_turned_away(file: Path) -> None:
    assert lost(file) == []


def test_no_real_release_is_turned_away(shared: Path) -> None:
    assert lost(shared / "gold" / "seeds.jsonl") == []


def test_most_news_leave(shared: Path) -> None:
    lines = (shared / "gold" / "factrueval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    passed = sum(may_hold_events(normalise(json.loads(line)["text"]).text) for line in lines)
    assert passed < 0.3 * len(lines)


def test_a_stem_stands_in_one_group() -> None:
    stems = Counter(stem.strip("^$") for group in load("gate").values() for stem in group)
    assert [stem for stem, count in stems.items() if count > 1] == []


@given(st.text())
def test_any_text_is_decided(text: str) -> None:
    assert isinstance(may_hold_events(text), bool)
