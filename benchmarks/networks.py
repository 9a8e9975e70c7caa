"""What training the networks has in common: how releases are grouped, how fast is learned, how weights are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import optax
from numpy.typing import NDArray

WARMING = 50  # steps until the full rate


class Layered(Protocol):
    """A network, by what it has learned."""

    @property
    def layers(self) -> Mapping[str, NDArray[np.float32]]: ...


def groups(sizes: NDArray[np.int64], batch: int, chance: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """The releases of one epoch, so many at once: those of like size together, not always the same ones."""
    order = np.argsort(sizes * np.exp(chance.normal(0, 0.3, len(sizes))), kind="stable")
    found = [order[first : first + batch] for first in range(0, len(order) - batch + 1, batch)]
    chance.shuffle(found)
    yield from found


def optimiser(rate: float, steps: int, decay: float) -> optax.GradientTransformation:
    """AdamW; the rate warms up, then cools along a cosine."""
    return optax.adamw(optax.warmup_cosine_decay_schedule(rate / 20, rate, WARMING, steps), weight_decay=decay)


def padded(count: int, multiple: int) -> int:
    """A count rounded up, so that few sizes are compiled."""
    return -(-count // multiple) * multiple


def write(path: Path, members: Sequence[Layered], **known: Any) -> None:
    """Write networks in half precision, each layer once for all of them, and what else is known of them."""
    layers: dict[str, Any] = {
        name: np.stack([member.layers[name] for member in members]).astype(np.float16) for name in members[0].layers
    }
    np.savez_compressed(path, **layers, **known)
