"""Train the confidence of events: `python -m benchmarks.confidence`.

Reads the annotated releases, lets the rules read them without a judge, and fits which events were right by logistic
regression (Newton's method, ridge; nothing random but the folds, whose seed is fixed). Prints how well the
confidences hold in five folds by document, then writes the weights of all.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import DEV, document, records
from benchmarks.scoring import pairs
from nlp.analyse import analyse
from nlp.events.confidence import DOUBTFUL, WEIGHTS, features, industry
from nlp.events.read import draft_events
from nlp.extractor import event_of
from nlp.people import People

GOLD = Path(__file__).parents[1] / "tests" / "gold"
DATA = (DEV, GOLD / "linking" / "releases.jsonl", GOLD / "releases_a.jsonl")
FOLDS, SEED = 5, 20_240_722
RIDGE = 3.0
STEPS = 25
Example = tuple[dict[str, float], bool]
Vector = NDArray[np.float64]


def examples(record: dict[str, Any]) -> list[Example]:
    """The events the rules read in one release: their features, and whether the gold set has them."""
    source = document(record)
    analysis = analyse(source)
    drafts, scenes, _ = draft_events(analysis, People(analysis))
    density = industry(scenes)
    found = [asdict(event_of(analysis, source, draft)) for draft in drafts]
    right = {j for _, j in pairs(record["events"], found)}
    return [(_summed(features(draft, drafts, density)), j in right) for j, draft in enumerate(drafts)]


def _summed(named: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, value in named:
        found[name] = found.get(name, 0.0) + value
    return found


def fit(data: list[Example]) -> dict[str, float]:
    """The weights under which the data are likeliest, large ones discouraged."""
    names = sorted({name for values, _ in data for name in values})
    column = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(data), len(names)))
    for row, (values, _) in enumerate(data):
        for name, value in values.items():
            x[row, column[name]] = value
    y = np.array([float(right) for _, right in data])
    ridge = np.full(len(names), RIDGE)
    ridge[column[""]] = 0.01
    weights: Vector = np.zeros(len(names))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - ridge * weights
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(ridge)
        weights = weights + np.linalg.solve(hessian, gradient)
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.005}


def confidence(weights: dict[str, float], values: dict[str, float]) -> float:
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) * value for name, value in values.items()))))


def main() -> None:
    releases = [examples(record) for path in DATA for record in records(path)]
    order = list(range(len(releases)))
    random.Random(SEED).shuffle(order)
    judged: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        weights = fit([e for i, release in enumerate(releases) if i not in held for e in release])
        judged += [(confidence(weights, values), right) for i in held for values, right in releases[i]]
    print(f"{len(judged)} events in {len(releases)} releases, five folds by document")
    for low, high in ((0.9, 1.01), (0.7, 0.9), (0.5, 0.7), (DOUBTFUL, 0.5), (0.0, DOUBTFUL)):
        band = [right for value, right in judged if low <= value < high]
        print(f"confidence {low:.1f}–{min(high, 1):.1f}: {sum(band)} of {len(band)} right")
    weights = fit([e for release in releases for e in release])
    WEIGHTS.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
