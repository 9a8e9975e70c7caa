"""Train the network of pairs (nlp/events/pairing.py), in JAX; at run time numpy alone computes it.

The layers are named as there. Releases go through in batches laid end to end, padded to few sizes, because each new
size is compiled anew. With one seed the same weights come out each time on one machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from benchmarks import networks
from nlp.events.pairing import NONE, TABLES, Network, Pairing, columns, numbered

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
Layers = dict[str, jax.Array]

WIDTH, TOLD = 48, 32  # numbers a pair is seen by, and what others are told of it
EPOCHS = 20
BATCH = 24  # releases
RATE, DECAY = 3e-3, 5e-2
FORGOTTEN = 0.3  # share of numbers left out at random while learning
UNREAD = {"pair": 0.25, "event": 0.3, "candidate": 0.3}  # share of names left out so
MOST = {"pair": 64, "event": 32, "candidate": 16}  # names at most
SIZES = {"pair": 512, "event": 128, "candidate": 128}  # sizes of batches are multiples of these
RARE = 15  # pairs, events or candidates a name must be seen at
ALONE = 0.3  # what it costs if a pair by itself is misjudged, where the last judgement costs 1


@dataclass(frozen=True, slots=True)
class Example:
    """The pairs of a release, and of each whether it is one of event and party; None where gold has no such event."""

    found: Pairing
    right: list[bool | None]


class Batch(NamedTuple):
    """Releases end to end; the last event, candidate and pair are of none."""

    pair: Integers  # (pairs, names)
    event: Integers  # (events, names)
    candidate: Integers  # (candidates, names)
    of_event: Integers  # (pairs,)
    of_candidate: Integers
    before: Integers
    after: Integers
    real: Floats
    judged: Floats  # whether the event is in gold
    right: Floats


def train(examples: Sequence[Example], seed: int) -> Network:
    """The network that has learned who takes part in the events of these releases."""
    known = {table: _known(names for one in examples for names in rows_of(one.found, table)) for table in TABLES}
    places = {table: columns(names) for table, names in known.items()}
    rows = [{t: [numbered(names, places[t]) for names in rows_of(one.found, t)] for t in TABLES} for one in examples]
    chance = np.random.default_rng(seed)
    key = jax.random.PRNGKey(seed)
    layers = _begin(key, {table: len(names) + 1 for table, names in known.items()})
    optimiser = networks.optimiser(RATE, EPOCHS * (len(examples) // BATCH), DECAY)
    state = optimiser.init(layers)
    step = jax.jit(partial(_step, optimiser))
    sizes = np.array([len(one.right) for one in examples])
    for _ in range(EPOCHS):
        for group in networks.groups(sizes, BATCH, chance):
            key, forgetting = jax.random.split(key)
            batch = batched([examples[i] for i in group], [rows[i] for i in group])
            layers, state = step(layers, state, batch, forgetting)
    empty = {table: layers[table].at[0].set(0) for table in TABLES}  # padding: never learned
    return Network(known, {name: np.asarray(layer) for name, layer in (layers | empty).items()})


def rows_of(found: Pairing, table: str) -> list[list[str]]:
    return {"pair": found.pairs, "event": found.events, "candidate": found.candidates}[table]


def _known(rows: Iterable[Sequence[str]]) -> list[str]:
    counts = Counter(name for names in rows for name in names)
    return sorted(name for name, count in counts.items() if count >= RARE)


def _begin(key: jax.Array, known: dict[str, int]) -> Layers:
    """Random layers."""
    together = WIDTH + 5 * TOLD
    shapes = {
        "told": ((WIDTH, TOLD), 2 / WIDTH),
        "together": ((together, WIDTH), 1 / together),
        "first": ((WIDTH,), 0.01),
        "second": ((WIDTH,), 0.01),
        **{table: ((count, WIDTH + (table == "pair")), 0.01) for table, count in known.items()},
    }
    keys = jax.random.split(key, len(shapes))
    layers: Layers = {
        name: jax.random.normal(each, shape) * np.sqrt(variance)
        for each, (name, (shape, variance)) in zip(keys, shapes.items(), strict=True)
    }
    layers["pair"] = layers["pair"].at[:, -1].set(0)
    for name, width in (("bias", WIDTH), ("told bias", TOLD), ("together bias", WIDTH)):
        layers[name] = jnp.zeros(width)
    layers["constant"] = jnp.full((), -1.5)  # most candidates take no part
    return layers


def batched(examples: Sequence[Example], rows: Sequence[dict[str, list[list[int]]]]) -> Batch:
    """Releases end to end."""
    size = {t: networks.padded(sum(len(own[t]) for own in rows) + 1, SIZES[t]) for t in TABLES}
    names = {table: np.zeros((size[table], MOST[table]), np.int32) for table in TABLES}
    nobody = size["pair"] - 1
    links = {
        "of_event": np.full(size["pair"], size["event"] - 1, np.int32),
        "of_candidate": np.full(size["pair"], size["candidate"] - 1, np.int32),
        "before": np.full(size["pair"], nobody, np.int32),
        "after": np.full(size["pair"], nobody, np.int32),
    }
    real, judged, right = (np.zeros(size["pair"], np.float32) for _ in range(3))
    start = dict.fromkeys(TABLES, 0)
    for one, own in zip(examples, rows, strict=True):
        for table in TABLES:
            for row, numbers in enumerate(own[table], start[table]):
                kept = numbers[: MOST[table]]
                names[table][row, : len(kept)] = kept
        here = slice(start["pair"], start["pair"] + len(one.right))
        links["of_event"][here] = np.array(one.found.event, np.int32) + start["event"]
        links["of_candidate"][here] = np.array(one.found.candidate, np.int32) + start["candidate"]
        for side, neighbours in (("before", one.found.before), ("after", one.found.after)):
            links[side][here] = [nobody if n == NONE else n + start["pair"] for n in neighbours]
        real[here] = 1
        judged[here] = [each is not None for each in one.right]
        right[here] = [bool(each) for each in one.right]
        for table in TABLES:
            start[table] += len(own[table])
    return Batch(**names, **links, real=real, judged=judged, right=right)


def _step(
    optimiser: optax.GradientTransformation, layers: Layers, state: Any, batch: Batch, key: jax.Array
) -> tuple[Layers, Any]:
    def loss(layers: Layers) -> jax.Array:
        alone, together = log_odds(layers, batch, key)
        costs = (optax.sigmoid_binary_cross_entropy(odds, batch.right) for odds in (together, alone))
        last, first = (jnp.sum(cost * batch.judged) / jnp.maximum(1, jnp.sum(batch.judged)) for cost in costs)
        return last + ALONE * first

    changes, state = optimiser.update(jax.grad(loss)(layers), state, layers)
    return optax.apply_updates(layers, changes), state


def log_odds(layers: Layers, batch: Batch, key: jax.Array) -> tuple[jax.Array, jax.Array]:
    """As `Network.log_odds`, of many releases, with forgetting: of each pair by itself, and of all together."""
    keys: Iterator[jax.Array] = iter(jax.random.split(key, 8))
    real = batch.real[:, None]

    def forget(values: jax.Array, share: float) -> jax.Array:
        return values * jax.random.bernoulli(next(keys), 1 - share, values.shape) / (1 - share)

    def summed(table: str, names: jax.Array) -> jax.Array:
        read = (names > 0) & jax.random.bernoulli(next(keys), 1 - UNREAD[table], names.shape)
        return jnp.einsum("nk,nkw->nw", read.astype(jnp.float32), layers[table][names])

    def most(values: jax.Array, group: jax.Array, count: int) -> jax.Array:
        return jnp.maximum(jax.ops.segment_max(values, group, num_segments=count), 0)[group]

    own = summed("pair", batch.pair)
    events, candidates = len(batch.event), len(batch.candidate)
    around = summed("event", batch.event)[batch.of_event] + summed("candidate", batch.candidate)[batch.of_candidate]
    alone = jax.nn.relu(own[:, :-1] + around + layers["bias"]) * real
    first = own[:, -1] + forget(alone, FORGOTTEN) @ layers["first"] + layers["constant"]
    told = jax.nn.relu(forget(alone, FORGOTTEN / 2) @ layers["told"] + layers["told bias"]) * real
    seen = [
        alone,
        most(told, batch.of_event, events),
        jax.ops.segment_sum(told, batch.of_event, num_segments=events)[batch.of_event] / 4,
        most(told, batch.of_candidate, candidates),
        told[batch.before],
        told[batch.after],
    ]
    inside = forget(jnp.concatenate(seen, axis=1), FORGOTTEN)
    together = jax.nn.relu(inside @ layers["together"] + layers["together bias"])
    return first, first + forget(together, FORGOTTEN) @ layers["second"]


def write(path: Path, members: Sequence[Network], trained_on: str) -> None:
    """Write networks for `nlp.events.pairing` to read, in half precision."""
    names = {f"{table} names": list(members[0].columns[table]) for table in TABLES}
    networks.write(path, members, **names, trained_on=trained_on)
