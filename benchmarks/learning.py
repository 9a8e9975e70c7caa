"""Logistic regression over named features, of two classes or more, for models of some ten thousand of them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Row = tuple[Mapping[str, float], bool]  # the features with their values, and whether it is so
Vector = NDArray[np.float64]
STEPS = 400
SMALL = 0.01  # weights below it change no answer
TELLING = 0.05  # features whose weights for two classes differ by less change none either


def fit(rows: Sequence[Row], *, least: int = 1, ridge: float = 0.0, lasso: float = 0.0) -> dict[str, float]:
    """The weights under which the rows are likeliest, large ones discouraged by their squares (ridge) or by their
    sizes (lasso, which leaves few of them); features of fewer than `least` rows are left out. The constant stands
    under "". Nesterov's accelerated gradient with soft thresholds (Beck and Teboulle 2009): nothing random."""
    counts = Counter(name for values, _ in rows for name, value in values.items() if value)
    kept = sorted(name for name, count in counts.items() if count >= least)
    column = {name: i for i, name in enumerate(kept)}
    cells = [
        (i, column[name], value)
        for i, (values, _) in enumerate(rows)
        for name, value in values.items()
        if name in column
    ]
    row, feature, value = (np.array(each) for each in zip(*cells, strict=True))
    truth = np.array([float(right) for _, right in rows])
    penalty, threshold = np.full(len(kept), ridge), np.full(len(kept), lasso)
    penalty[column[""]], threshold[column[""]] = 0.01, 0.0
    # Each weight has a step of its own: how steep its slope can get at most, by the rows it shares with others.
    breadth = np.bincount(row, np.abs(value), len(rows))
    steep = np.bincount(feature, np.abs(value) * breadth[row], len(kept)) / 4 + penalty
    weights: Vector = np.zeros(len(kept))
    ahead, momentum = weights, 1.0
    for _ in range(STEPS):
        likelihood = 1 / (1 + np.exp(-np.bincount(row, value * ahead[feature], len(rows))))
        slope = np.bincount(feature, value * (likelihood - truth)[row], len(kept)) + penalty * ahead
        following = ahead - slope / steep
        following = np.sign(following) * np.maximum(np.abs(following) - threshold / steep, 0)
        faster = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = following + (momentum - 1) / faster * (following - weights)
        weights, momentum = following, faster
    return {name: round(float(w), 3) for name, w in zip(kept, weights, strict=True) if abs(w) >= SMALL or not name}


def fit_classes(
    rows: Sequence[tuple[Sequence[str], int]], classes: int, *, least: int = 1, ridge: float = 0.0
) -> dict[str, list[float]]:
    """The weights of each feature for each class, under which the classes of the rows are likeliest (multinomial
    logistic regression); features of fewer than `least` rows are left out. The constants stand under "". As `fit`."""
    counts = Counter(name for names, _ in rows for name in set(names))
    kept = sorted(name for name, count in counts.items() if count >= least)
    column = {name: i for i, name in enumerate(kept)}
    cells = [(i, column[name]) for i, (names, _) in enumerate(rows) for name in dict.fromkeys(names) if name in column]
    row, feature = np.array(cells).T
    truth = np.eye(classes)[[own for _, own in rows]].T
    penalty = np.full(len(kept), ridge)
    penalty[column[""]] = 0.01
    breadth = np.bincount(row, minlength=len(rows)).astype(float)
    steep = np.bincount(feature, breadth[row], len(kept)) / 2 + penalty
    weights = np.zeros((classes, len(kept)))
    ahead, momentum = weights, 1.0
    for _ in range(STEPS):
        odds = np.stack([np.bincount(row, each[feature], len(rows)) for each in ahead])
        likelihood = np.exp(odds - odds.max(axis=0))
        error = likelihood / likelihood.sum(axis=0) - truth
        slope = np.stack([np.bincount(feature, each[row], len(kept)) for each in error]) + penalty * ahead
        following = ahead - slope / steep
        faster = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = following + (momentum - 1) / faster * (following - weights)
        weights, momentum = following, faster
    return {
        name: [round(float(w), 2) for w in own]
        for name, own in zip(kept, weights.T, strict=True)
        if not name or np.ptp(own) >= TELLING
    }


def digest(files: Iterable[Path]) -> str:
    """Names and bytes of the files as one short hash: what weights carry to say what they were trained on."""
    found = hashlib.sha256()
    for path in files:
        found.update(f"{path.parent.name}/{path.name}".encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def write(path: Path, weights: Any, trained_on: str) -> None:
    """Write weights, a line each, for `nlp.learned` to read."""
    content = {"trained_on": trained_on, "weights": weights}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
