"""The plan for ten years is what its inputs give."""

from __future__ import annotations

import pytest

from benchmarks.scale import inputs, markdown, plan
from tests.docs.test_docs import ROOT


def test_the_page_is_made_from_its_inputs() -> None:
    assert (ROOT / "docs" / "scale.md").read_text(encoding="utf-8") == markdown(*inputs())


def test_the_plan_follows_from_costs() -> None:
    costs, given = inputs()
    once = plan(costs, given)
    twice = plan(costs, given | {"documents": 2 * given["documents"]})
    assert twice.read == pytest.approx(2 * once.read)
    assert twice.database == pytest.approx(2 * once.database)
    assert twice.most_workers == once.most_workers, "where the loader is waited for does not hang on the number"
    assert once.read == pytest.approx(given["documents"] * (costs["read_mix_ms"] + costs["lemmatise_ms"]) / 3.6e6)
