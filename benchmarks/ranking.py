"""Which of several is right: a conditional logistic model over named features, for groups of options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]
STEPS = 120
SMALL = 0.1  # weights below it change no answer


class Numbers:
    """Features by number, each named once however often it is seen: there are millions of sightings."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def of(self, rows: Iterable[Iterable[str]]) -> list[Integers]:
        """The numbers of each row's features, in order."""
        places = self.places
        return [np.array(sorted({places.setdefault(f, len(places)) for f in row}), np.int32) for row in rows]

    def vector(self, weights: Mapping[str, float]) -> Floats:
        """Weights by number."""
        found = np.zeros(len(self.places))
        for name, weight in weights.items():
            found[self.places[name]] = weight
        return found


@dataclass(frozen=True, slots=True)
class Ranked:
    """Options of one choice: each one's features, and how right it is, 0 to 1. Several may be right, or none."""

    group: str  # choices of one group share weights of their own, beside those that all share
    rows: list[Integers]
    right: Sequence[float]

    def best(self, weights: Floats) -> int:
        """The option that most speaks for; of equals, the first."""
        return max(range(len(self.rows)), key=lambda i: weights[self.rows[i]].sum())


def fit_ranking(
    choices: Sequence[Ranked], numbers: Numbers, *, least: int, ridge: float
) -> dict[str, dict[str, float]]:
    """The weights under which the right options together, each as far as it is right, are likeliest of their choice.

    Large weights are discouraged by their squares. Those of all groups stand under "", then what each group adds.
    Features of fewer than `least` options are left out, choices without a right option too. L-BFGS; nothing random.
    """
    choices = [choice for choice in choices if any(choice.right)]
    groups = sorted({choice.group for choice in choices})
    width = len(numbers.places)
    rows: list[Integers] = []
    for choice in choices:
        offset = (1 + groups.index(choice.group)) * width
        rows.extend(np.concatenate([row, row + offset]) for row in choice.rows)
    feature = np.concatenate(rows)
    row = np.repeat(np.arange(len(rows)), [len(each) for each in rows])
    kept = np.flatnonzero(np.bincount(feature, minlength=(1 + len(groups)) * width) >= least)
    column = np.full((1 + len(groups)) * width, -1)
    column[kept] = np.arange(len(kept))
    cells = column[feature] >= 0
    table = csr_array(
        (np.ones(cells.sum(), np.float32), (row[cells], column[feature[cells]])), shape=(len(rows), len(kept))
    )
    weights = _likeliest(table, choices, ridge)
    found: dict[str, dict[str, float]] = {group: {} for group in ("", *groups)}
    names = list(numbers.places)
    for place, weight in zip(kept.tolist(), weights.tolist(), strict=True):
        if abs(weight) >= SMALL:
            found[("", *groups)[place // width]][names[place % width]] = round(weight, 2)
    return found


def _likeliest(table: csr_array, choices: Sequence[Ranked], ridge: float) -> Floats:
    right = np.concatenate([choice.right for choice in choices]).astype(np.float64)
    sizes = [len(choice.rows) for choice in choices]
    starts, choice_of = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes)
    across = table.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = (table @ weights.astype(np.float32)).astype(np.float64)
        share = np.exp(odds - np.maximum.reduceat(odds, starts)[choice_of])
        total, hit = np.add.reduceat(share, starts), np.add.reduceat(share * right, starts)
        slope = share / total[choice_of] - share * right / hit[choice_of]
        gradient = across @ slope.astype(np.float32) + ridge * weights
        return float(np.log(total / hit).sum() + ridge / 2 * weights @ weights), gradient

    found: Floats = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return found
