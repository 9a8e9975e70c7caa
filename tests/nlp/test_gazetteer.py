"""Regions and places, by the tables of cases/regions.yaml and cases/about.yaml."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

from nlp.analyse import analyse, dissect
from nlp.characters import normalise
from nlp.gazetteer import find_regions, regions, regions_of
from nlp.gazetteer.build import write_forms
from nlp.gazetteer.names import DATA, TABLES, names
from nlp.schema import Document

CASES = Path(__file__).parent / "cases"
REGIONS: dict[str, list[str]] = yaml.safe_load((CASES / "regions.yaml").read_text("utf-8"))
ABOUT: dict[str, list[str]] = yaml.safe_load((CASES / "about.yaml").read_text("utf-8"))


def codes_in(text: str, source: str | None = None) -> list[str]:
    analysis = dissect(Document(text, source_region=source), normalise(text))
    return [(mention.code or "?").removeprefix("RU-") for mention in find_regions(analysis)]


@pytest.mark.parametrize(("text", "expected"), REGIONS.items())
def test_which_region_is_named(text: str, expected: list[str]) -> None:
    assert codes_in(text) == expected


@pytest.mark.parametrize(("expected", "text"), [(codes, text) for codes, texts in ABOUT.items() for text in texts])
def test_what_regions_a_release_is_about(expected: str, text: str) -> None:
    analysis = analyse(Document(text))
    found = regions_of(analysis, find_regions(analysis))
    assert {code.removeprefix("RU-") for code in found} == set(expected.split())


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("в посёлке Мирный", "RU-ARK", ["ARK"]),
        ("в Благовещенске", "RU-BA", ["BA"]),
        ("в Комсомольске", "RU-KHA", ["KHA"]),
        ("на Алтае", "RU-AL", ["AL"]),
        ("в Ростове", "RU-YAR", ["YAR"]),
        ("в Ростове-на-Дону", "RU-YAR", ["ROS"]),
    ],
)
def test_the_source_settles_namesakes(text: str, source: str, expected: list[str]) -> None:
    assert codes_in(text, source) == expected


def test_the_source_is_what_a_release_without_names_is_about() -> None:
    analysis = analyse(Document("Завод открыт\n\nЕго открыли сегодня.", source_region="RU-TUL"))
    assert regions_of(analysis, find_regions(analysis)) == ("RU-TUL",)


def test_every_region_is_found_by_all_its_names() -> None:
    with (DATA / "regions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(regions()) == 83
    for row in rows:
        official = re.sub(r" \(.*\)|город федерального значения ", "", row["official"])
        for name in (official, row["capital"], *row["nicknames"].split("; ")):
            if name and not name.endswith(("?", "?!")):
                assert row["code"].removeprefix("RU-") in codes_in(f"в {name}"), name


def test_the_forms_are_fresh(tmp_path: Path) -> None:
    write_forms(tmp_path)
    for table in TABLES:
        fresh, kept = ((folder / f"{table}.forms.txt").read_text("utf-8") for folder in (tmp_path, DATA))
        assert fresh == kept, "run python -m nlp.gazetteer.build forms"


def test_the_gazetteer_is_large() -> None:
    places = set()
    for table in ("names", "cities", "places"):
        with (DATA / f"{table}.csv").open(encoding="utf-8") as file:
            places |= {(row["name"], row["code"]) for row in csv.DictReader(file)}
    assert len(places) >= 5000
    assert all(name.code in regions() for found in names().forms.values() for name in found)
