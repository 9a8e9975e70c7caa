"""Train the network of sentences (nlp/events/network.py), in JAX; at run time numpy alone computes it.

The layers are named as there. Releases go through in batches laid end to end, padded to few sizes, because each new
size is compiled anew. With one seed the same weights come out each time on one machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from benchmarks import networks
from nlp.events.network import Network, Sheet, places, seen, vector
from nlp.schema import EventType

Floats = NDArray[np.float32]
Layers = dict[str, jax.Array]

WORDS, WIDTH, BRIEF = 64, 96, 64  # numbers a word, a place in a sentence, and a sentence are seen by
EPOCHS = 12
BATCH = 8  # releases
RATE, DECAY = 2e-3, 5e-3
FORGOTTEN = 0.35  # share of numbers left out at random while learning
UNREAD = 0.15  # share of words left out so
TOKENS, SENTENCES = 1_024, 64  # sizes of batches are multiples of these
RARE = 20  # tokens a mark must be seen at


class Batch(NamedTuple):
    """Releases end to end; what is past them belongs to no sentence and no release."""

    words: Floats  # (tokens, 300)
    marks: Floats  # (tokens, marks)
    sentence: NDArray[np.int32]  # of each token; the count of sentences for none
    places: Floats  # (sentences, 2)
    release: NDArray[np.int32]  # of each sentence; BATCH for none
    stated: Floats  # (sentences, types)


def train(
    sheets: Sequence[Sheet], stated: Sequence[Sequence[set[EventType]]], types: Sequence[EventType], seed: int
) -> Network:
    """The network that has learned which types each sentence of these releases states."""
    counts: dict[str, int] = {}
    for sheet in sheets:
        for names in sheet.marks:
            for name in names:
                counts[name] = counts.get(name, 0) + 1
    known = sorted(name for name, count in counts.items() if count >= RARE)
    columns = {name: column for column, name in enumerate(known)}
    marked = [seen(sheet.marks, columns) for sheet in sheets]
    vectors, rows = meanings(sheets)
    truth = [np.array([[kind in one for kind in types] for one in each], np.float32) for each in stated]
    chance = np.random.default_rng(seed)
    key = jax.random.PRNGKey(seed)
    layers = _begin(key, len(known), len(types))
    optimiser = networks.optimiser(RATE, EPOCHS * (len(sheets) // BATCH), DECAY)
    state = optimiser.init(layers)
    step = jax.jit(partial(_step, optimiser))
    lengths = np.array([len(sheet.lemmas) for sheet in sheets])
    for _ in range(EPOCHS):
        for group in networks.groups(lengths, BATCH, chance):
            batch = batched(
                [sheets[i] for i in group],
                [vectors[rows[i]] for i in group],
                [marked[i] for i in group],
                [truth[i] for i in group],
            )
            key, forgetting = jax.random.split(key)
            layers, state = step(layers, state, batch, forgetting)
    return Network(types, known, {name: np.asarray(layer) for name, layer in layers.items()})


def meanings(sheets: Sequence[Sheet]) -> tuple[Floats, list[NDArray[np.int64]]]:
    """The vectors of all words, and for each sheet the rows of its tokens among them."""
    place: dict[str, int] = {}
    rows = [np.array([place.setdefault(word, len(place)) for word in sheet.lemmas]) for sheet in sheets]
    return np.stack([vector(word) for word in place]), rows


def _begin(key: jax.Array, marks: int, types: int) -> Layers:
    """Random layers (He et al. 2015)."""
    inside = 2 * WIDTH + 2
    shapes = {
        "words": (300, WORDS),
        "near": (3, WORDS + marks, WIDTH),
        "far": (3, WIDTH, WIDTH),
        "brief": (inside, BRIEF),
        "around": (3, BRIEF, BRIEF),
        "whole": (2 * BRIEF, BRIEF),
        "out": (inside + 3 * BRIEF, types),
    }
    keys = jax.random.split(key, len(shapes))
    layers: Layers = {
        name: jax.random.normal(each, shape) * np.sqrt(2 / np.prod(shape[:-1]))
        for each, (name, shape) in zip(keys, shapes.items(), strict=True)
    }
    layers["out"] *= 0.3
    for name in ("near", "far", "brief", "around"):
        layers[f"{name} bias"] = jnp.zeros(shapes[name][-1])
    layers["out bias"] = jnp.full(types, -3.0)  # most sentences state nothing
    return layers


def batched(
    sheets: Sequence[Sheet], words: Sequence[Floats], marked: Sequence[Floats], truth: Sequence[Floats]
) -> Batch:
    """Releases with the vectors and marks of their tokens, and what their sentences state, end to end."""
    tokens = networks.padded(sum(len(sheet.lemmas) for sheet in sheets), TOKENS)
    sentences = networks.padded(sum(len(each) + 1 for each in truth), SENTENCES)
    batch = Batch(
        np.zeros((tokens, 300), np.float32),
        np.zeros((tokens, marked[0].shape[1]), np.float32),
        np.full(tokens, sentences, np.int32),
        np.zeros((sentences, 2), np.float32),
        np.full(sentences, BATCH, np.int32),
        np.zeros((sentences, truth[0].shape[1]), np.float32),
    )
    token = sentence = 0
    for release, (sheet, meant, own, each) in enumerate(zip(sheets, words, marked, truth, strict=True)):
        batch.words[token : token + len(own)] = meant
        batch.marks[token : token + len(own)] = own
        for index, (first, last) in enumerate(zip(sheet.starts, sheet.starts[1:], strict=False)):
            batch.sentence[token + first : token + last - 1] = sentence + index
        here = slice(sentence, sentence + len(each))
        batch.places[here], batch.release[here], batch.stated[here] = places(len(each)), release, each
        token += len(own)
        sentence += len(each) + 1  # a gap between releases
    return batch


def _step(
    optimiser: optax.GradientTransformation, layers: Layers, state: Any, batch: Batch, key: jax.Array
) -> tuple[Layers, Any]:
    *given, stated = batch

    def loss(layers: Layers) -> jax.Array:
        odds = log_odds(layers, *given, key=key)
        real = (given[-1] < BATCH)[:, None]
        return jnp.sum(optax.sigmoid_binary_cross_entropy(odds, stated) * real) / jnp.sum(real)

    changes, state = optimiser.update(jax.grad(loss)(layers), state, layers)
    return optax.apply_updates(layers, changes), state


def log_odds(
    layers: Layers,
    words: jax.Array,
    marks: jax.Array,
    sentence: jax.Array,
    places: jax.Array,
    release: jax.Array,
    *,
    key: jax.Array | None = None,
) -> jax.Array:
    """As `Network.log_odds`, of many releases; with a key for chance, and with forgetting."""
    count = len(places)
    keys = iter([] if key is None else jax.random.split(key, 5))

    def forget(values: jax.Array, share: float, *, whole: bool = False) -> jax.Array:
        if key is None:
            return values
        shape = (*values.shape[:-1], 1) if whole else values.shape
        kept = jax.random.uniform(next(keys), shape) > share
        return values * kept / (1.0 if whole else 1 - share)

    within, real = (sentence < count)[:, None], (release < BATCH)[:, None]
    read = jnp.concatenate([forget(words @ layers["words"], UNREAD, whole=True), marks], axis=1)
    near = jax.nn.relu(_convolved(read, layers["near"], layers["near bias"])) * within
    far = jax.nn.relu(_convolved(forget(near, FORGOTTEN), layers["far"], layers["far bias"])) * within
    pooled = [_most(near, sentence, count), _most(far, sentence, count), places]
    inside = forget(jnp.concatenate(pooled, axis=1), FORGOTTEN)
    brief = jax.nn.relu(inside @ layers["brief"] + layers["brief bias"]) * real
    around = jax.nn.relu(_convolved(forget(brief, FORGOTTEN / 2), layers["around"], layers["around bias"]))
    total = jax.ops.segment_sum(jnp.concatenate([brief, real], axis=1), release, num_segments=BATCH + 1)
    mean = total[:BATCH, :-1] / jnp.maximum(1, total[:BATCH, -1:])
    whole = jax.nn.relu(jnp.concatenate([_most(brief, release, BATCH), mean], axis=1) @ layers["whole"])
    every = jnp.concatenate([forget(whole, FORGOTTEN), jnp.zeros((1, BRIEF))])[release]
    return jnp.concatenate([inside, brief, around * real, every], axis=1) @ layers["out"] + layers["out bias"]


def _convolved(rows: jax.Array, kernel: jax.Array, bias: jax.Array) -> jax.Array:
    padded = jnp.pad(rows, ((1, 1), (0, 0)))
    return padded[:-2] @ kernel[0] + padded[1:-1] @ kernel[1] + padded[2:] @ kernel[2] + bias


def _most(values: jax.Array, group: jax.Array, count: int) -> jax.Array:
    """The maxima of each group; nothing where it is empty."""
    return jnp.maximum(jax.ops.segment_max(values, group, num_segments=count + 1)[:count], 0)


def write(path: Path, members: Sequence[Network], trained_on: str) -> None:
    """Write networks for `nlp.events.network` to read, in half precision."""
    marks = list(members[0].columns)
    networks.write(path, members, types=members[0].types, marks=marks, trained_on=trained_on)
