"""Learned weights are JSON beside the module that uses them; here they are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from math import exp
from pathlib import Path
from typing import Any


@cache
def learned(path: Path) -> Any:
    """The weights of a file, which says too what they were trained on (`trained_on`, a digest of the annotations)."""
    return json.loads(path.read_text(encoding="utf-8"))["weights"]


def likelihood(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The probability that a logistic model gives to what has these features."""
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) for name in features)))
