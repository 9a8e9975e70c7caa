"""Logistic regression over features that are there or not, for models of some ten thousand of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

Row = tuple[Collection[str], bool]  # the features that are there, and whether it is so
Vector = NDArray[np.float64]
STEPS = 400
SMALL = 0.01  # weights below it change no answer


def fit(rows: Sequence[Row], *, ridge: float, least: int) -> dict[str, float]:
    """The weights under which the rows are likeliest, large ones discouraged; features of fewer than `least` rows are
    left out. The constant stands under "". Nesterov's accelerated gradient: nothing random."""
    counts = Counter(name for names, _ in rows for name in set(names))
    kept = sorted(name for name, count in counts.items() if count >= least)
    column = {name: i for i, name in enumerate(kept)}
    pairs = [(i, column[name]) for i, (names, _) in enumerate(rows) for name in dict.fromkeys(names) if name in column]
    row, feature = (np.array(each) for each in zip(*pairs, strict=True))
    truth = np.array([float(right) for _, right in rows])
    penalty = np.full(len(kept), ridge)
    penalty[column[""]] = 0.01
    # Each weight has a step of its own: how steep its slope can get at most, by the rows it shares with others.
    breadth = np.bincount(row, minlength=len(rows))
    steep = np.bincount(feature, breadth[row], len(kept)) / 4 + penalty
    weights: Vector = np.zeros(len(kept))
    ahead, momentum = weights, 1.0
    for _ in range(STEPS):
        likelihood = 1 / (1 + np.exp(-np.bincount(row, ahead[feature], len(rows))))
        slope = np.bincount(feature, (likelihood - truth)[row], len(kept)) + penalty * ahead
        following = ahead - slope / steep
        faster = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = following + (momentum - 1) / faster * (following - weights)
        weights, momentum = following, faster
    return {name: round(float(w), 3) for name, w in zip(kept, weights, strict=True) if abs(w) >= SMALL}
