"""People and offices, by the tables of cases/people.yaml and cases/offices.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.analyse import analyse
from nlp.people import People, find_people, officials
from nlp.schema import Document

CASES = Path(__file__).parent / "cases"
OFFICES: dict[str, dict[str, Any]] = yaml.safe_load((CASES / "offices.yaml").read_text("utf-8"))
PEOPLE: dict[str, list[str]] = yaml.safe_load((CASES / "people.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), OFFICES.items())
def test_who_holds_what_office(text: str, expected: dict[str, Any]) -> None:
    found = officials(analyse(Document(text)))
    held = [(name, office) for name, offices in expected.items() for office in as_list(offices)]
    assert [official.name for official in found] == [name for name, _ in held]
    for official, (_, office) in zip(found, held, strict=True):
        if isinstance(office, str):
            assert official.position == office
        else:
            assert (official.position, official.organization) == (office["position"], office["organization"])
        assert official.quote == text[official.start : official.stop]


def as_list(offices: Any) -> list[Any]:
    return offices if isinstance(offices, list) else [offices]


@pytest.mark.parametrize(("text", "expected"), PEOPLE.items())
def test_who_is_meant(text: str, expected: list[str]) -> None:
    mentions = find_people(analyse(Document(text)))
    assert [mention.name for mention in mentions] == expected
    by_person: dict[int, set[str]] = {}
    for mention in mentions:
        by_person.setdefault(mention.person, set()).add(mention.name)
    assert all(len(names) == 1 for names in by_person.values())


PIECES = """губернатор Омской области|врио|и.о.|Иван Петров|М. В.|,|«|»|"|„|–|(|)|ООО|завод|и|Минпромторг|назначен
возглавил|Хоценко|.|по|имени|двух республик|ТПП|5|АКБ-12""".replace("\n", "|\n|")


@settings(deadline=None)  # other work on the machine is no error
@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=30).map(" ".join))
def test_any_text_is_read(text: str) -> None:
    analysis = analyse(Document(text))
    people = People(analysis)
    spans = [(m.start, m.stop, m.name) for m in people.mentions()]
    spans += [(o.start, o.stop, o.name) for o in people.organisations]
    for start, stop, name in spans:
        assert 0 <= start < stop <= len(analysis.text)
        assert name
    for official in people.officials():
        assert official.quote == analysis.text[official.start : official.stop]
    assert people.mentions() == People(analysis).mentions()
