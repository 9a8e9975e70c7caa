"""Documentation made from the data must not be stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli.sources import pages
from spiders.reasons import reasons

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["sources.md", "reasons.md"])
def test_pages_are_fresh(name: str) -> None:
    made = pages()[name]
    assert (DOCS / name).read_text(encoding="utf-8") == made, "stale: run `zamena sources docs`"


def test_every_reason_that_is_bad_says_what_it_means() -> None:
    for reason in reasons().values():
        harmless = reason.outcome == "complete" or reason.code == "held"  # another run saw to it
        assert harmless == (reason.severity == "none"), reason.code
        assert reason.meaning.endswith("."), reason.code
