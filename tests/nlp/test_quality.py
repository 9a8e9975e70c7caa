"""The quality gate: what is read from the annotated releases never gets worse unnoticed."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks import quality
from benchmarks.corpora import DEV, records
from benchmarks.scoring import Record, Score, score

FLOORS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "floors.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reading() -> Score:
    return quality.scored(DEV)


def test_the_corpus_is_the_one_the_floors_were_set_on() -> None:
    assert hashlib.sha256(DEV.read_bytes()).hexdigest() == FLOORS["sha256"]


@pytest.mark.parametrize("measure", ["relevance", "event", "slot"])
def test_the_whole_is_no_worse(reading: Score, measure: str) -> None:
    assert getattr(reading, measure).f1 >= FLOORS[measure]


@pytest.fixture(scope="module")
def unseen() -> Score:
    return quality.scored(quality.UNSEEN)


@pytest.mark.parametrize("measure", FLOORS["unseen"])
def test_releases_that_no_rule_comes_from_are_read_no_worse(unseen: Score, measure: str) -> None:
    assert getattr(unseen, measure).f1 >= FLOORS["unseen"][measure]


def test_the_site_tells_the_quality_that_is_measured(unseen: Score) -> None:
    assert yaml.safe_load(quality.FILE.read_text(encoding="utf-8")) == quality.told(unseen)


def test_regions_are_no_worse(reading: Score) -> None:
    assert reading.regions.recall >= FLOORS["regions"]


@pytest.mark.parametrize("kind", FLOORS["types"])
def test_each_type_is_no_worse(reading: Score, kind: str) -> None:
    assert reading.types[kind].f1 >= FLOORS["types"][kind]


@pytest.mark.parametrize("slot", FLOORS["slots"])
def test_each_slot_is_no_worse(reading: Score, slot: str) -> None:
    assert reading.slots[slot].f1 >= FLOORS["slots"][slot]


EVENT = {
    "type": "agreement_signing",
    "status": "done",
    "quote": "Завод и область подписали соглашение.",
    "date": "2024-07-01",
    "regions": ["RU-OMS"],
    "initiative": "соглашение о сотрудничестве",
    "kind": "agreement",
    "parties": [{"name": "Виталий Хоценко", "kind": "person"}, {"name": "ООО «Вектор»", "kind": "organization"}],
    "count": None,
    "money": None,
}


def one(*events: dict[str, Any]) -> list[Record]:
    text = "Завод и область подписали соглашение. Ещё завод открыли."
    return [{"id": "a", "text": text, "relevant": bool(events), "regions": ["RU-OMS"], "events": list(events)}]


def test_the_same_scores_full() -> None:
    result = score(one(EVENT), one(EVENT))
    assert (result.event.f1, result.slot.f1, result.relevance.f1, result.regions.recall) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("change", "event", "slot"),
    [
        ({"status": "planned"}, 1, 6 / 7),
        ({"initiative": "соглашение"}, 1, 1),  # half of the stems are enough
        ({"parties": [{"name": "Хоценко", "kind": "person"}, {"name": "Вектор", "kind": "organization"}]}, 1, 1),
        ({"quote": "не из текста"}, 1, 1),  # paired by initiative and parties
        ({"quote": "", "parties": []}, 0, 0),
        ({"type": "charter_signing"}, 0, 0),
    ],
)
def test_what_differs_costs(change: dict[str, Any], event: float, slot: float) -> None:
    result = score(one(EVENT), one(EVENT | change))
    assert result.event.f1 == event
    assert result.slot.f1 == pytest.approx(slot)


def test_our_measure_is_that_of_the_gold_set(shared: Path, tmp_path: Path) -> None:
    gold_file, found_file = shared / "gold" / "seeds.jsonl", tmp_path / "found.jsonl"
    gold = records(gold_file)
    found = quality.answers(gold)
    found_file.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in found), encoding="utf-8")
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold_file), str(found_file), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    ours = score(gold, found)
    assert ours.event.f1 == pytest.approx(theirs["event"]["f1"])
    assert ours.slot.f1 == pytest.approx(theirs["slot"]["f1"])
    assert ours.relevance.f1 == pytest.approx(theirs["relevance_f1"])
    for slot, values in theirs["by_slot"].items():
        assert ours.slots[slot].f1 == pytest.approx(values["f1"]), slot
