"""Parties and counts of short texts: cases/arguments.yaml, read by the rules alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from nlp.analyse import analyse
from nlp.events.draft import Draft
from nlp.events.read import draft_events
from nlp.people import People
from nlp.schema import Document

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "arguments.yaml").read_text("utf-8"))


def drafts(text: str) -> list[Draft]:
    analysis = analyse(Document(text))
    return draft_events(analysis, People(analysis))[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_who_and_how_many(case: dict[str, Any]) -> None:
    found = drafts(case["text"])
    if "parties" in case:
        assert {party.name for draft in found for party in draft.parties} == set(case["parties"])
    if "counts" in case:
        counts = [draft.count for draft in found if draft.count]
        assert [f"{count.comparator} {count.value} {count.unit}" for count in counts] == case["counts"]
