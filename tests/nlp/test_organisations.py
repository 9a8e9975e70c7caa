"""Organisations, by the table of cases/organisations.yaml."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from nlp.analyse import analyse
from nlp.organisations import find_organisations
from nlp.schema import Document

CASES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "organisations.yaml").read_text("utf-8")
)


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_which_organisations(text: str, expected: list[str]) -> None:
    mentions = find_organisations(analyse(Document(text)))
    assert [mention.name for mention in mentions if mention.named] == expected
    for one, other in pairwise(mentions):
        assert one.start < one.stop <= other.start


def test_a_description_is_told_from_a_name() -> None:
    mentions = find_organisations(analyse(Document("От участия отказался шинный завод.")))
    assert [(mention.name, mention.named) for mention in mentions] == [("шинный завод", False)]
