"""What sentences say: cases/events.yaml, read by the rules alone, whatever the gate would make of so short a text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from nlp.analyse import analyse
from nlp.events.read import draft_events
from nlp.people import People
from nlp.schema import Document

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "events.yaml").read_text("utf-8"))


def told(text: str) -> list[str]:
    analysis = analyse(Document(text))
    drafts, _, _ = draft_events(analysis, People(analysis))
    return sorted(f"{draft.type} {draft.status}" for draft in drafts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_what_is_told(case: dict[str, Any]) -> None:
    assert told(case["text"]) == sorted(case["events"])
