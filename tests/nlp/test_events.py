"""What sentences say: cases/events.yaml, read by the rules alone, whatever the gate would make of so short a text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlp.analyse import analyse_many
from nlp.characters import normalise
from nlp.events.read import draft_events
from nlp.people import People
from nlp.schema import Document

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "events.yaml").read_text("utf-8"))


@cache
def told() -> dict[str, list[str]]:
    """What each text tells; analysed together, which is faster than one by one."""
    documents = [Document(case["text"]) for case in CASES]
    analyses = analyse_many(documents, [normalise(document.text) for document in documents])
    found = {}
    for document, analysis in zip(documents, analyses, strict=True):
        drafts, _, _ = draft_events(analysis, People(analysis))
        found[document.text] = sorted(f"{draft.type} {draft.status}" for draft in drafts)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_what_is_told(case: dict[str, Any]) -> None:
    assert told()[case["text"]] == sorted(case["events"])


def test_no_text_stands_twice() -> None:
    assert len({case["text"] for case in CASES}) == len(CASES)
