"""Weights are of the annotated releases that the project holds now; else: `python -m benchmarks.training`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.corpora import TRAINING
from benchmarks.learning import digest
from nlp import relevance
from nlp.events import (
    confidence,
    dating,
    factuality,
    funding,
    jurisdiction,
    naming,
    network,
    pairing,
    sentences,
)

WEIGHTS = [
    module.WEIGHTS
    for module in (
        relevance,
        sentences,
        network,
        confidence,
        pairing,
        dating,
        funding,
        factuality,
        naming,
        jurisdiction,
    )
]


def trained_on(path: Path) -> str:
    if path.suffix == ".npz":
        with np.load(path) as file:
            return str(file["trained_on"])
    return str(json.loads(path.read_text(encoding="utf-8"))["trained_on"])


@pytest.mark.parametrize("path", WEIGHTS, ids=lambda path: path.name)
def test_weights_are_trained_on_the_annotations_at_hand(path: Path) -> None:
    assert trained_on(path) == digest(TRAINING)


def test_nothing_is_trained_on_what_is_only_measured() -> None:
    assert all(path.name != "releases_b.jsonl" for path in TRAINING)


def test_a_changed_annotation_shows(tmp_path: Path) -> None:
    file = tmp_path / "releases_a.jsonl"
    file.write_text("{}\n", encoding="utf-8")
    before = digest([file])
    file.write_text('{"relevant": true}\n', encoding="utf-8")
    assert digest([file]) != before
