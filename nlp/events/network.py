"""How likely each sentence states an event of each type: a small convolutional network over a release.

Beside the linear model (sentences.py), which counts words, the network knows what words mean (navec's vectors) and in
what order they stand, and sees the whole release: two convolutions over the words of a sentence, their maxima, one
convolution over the sentences, and what the release holds as a whole. Several networks that began differently are
averaged. The weights (network.npz, half precision) come from the annotated releases; `python -m benchmarks.training`
trains them anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.analysis import Analysis, Token
from nlp.events.marks import marks
from nlp.events.scene import Scene
from nlp.networks import ner
from nlp.schema import EventType

WEIGHTS = Path(__file__).parent / "network.npz"
SCALE = 4.0  # length of a word's vector
LATE = 20  # sentences after which all are late
CHUNK = 2_048  # tokens computed at once, so that memory stays small in long texts
CACHED = 6_000  # words whose products are kept, a quarter of a KB each
MEANT = 2_000  # words whose vectors are kept until every network has seen them, 1 KB each

Floats = NDArray[np.float32]
Layers = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A release as the network sees it: its tokens in one row, with a gap after each sentence."""

    lemmas: list[str]  # of each token, "" for a gap and for what is no word
    marks: list[set[str]]
    starts: list[int]  # the first token of each sentence; one more at the end


def sheet(analysis: Analysis, scenes: Sequence[Scene]) -> Sheet:
    found = Sheet([], [], [0])
    for scene in scenes:
        found.lemmas.extend(_word(token) for token in scene.words.tokens)
        found.lemmas.append("")
        found.marks.extend(marks(analysis, scene))
        found.marks.append(set())
        found.starts.append(len(found.lemmas))
    return found


def _word(token: Token) -> str:
    """The lemma where navec has it, else the form."""
    if not token.text[0].isalpha():
        return ""
    lemma = token.lemma.lower().replace("ё", "е")
    return lemma if lemma in ner().words else token.text.lower()


@lru_cache(maxsize=MEANT)
def vector(word: str) -> Floats:
    """The direction in which navec sees a word, nothing where it does not know it. Shape (300,)."""
    tagger = ner()
    index = tagger.words.get(word)
    if not word or index is None:
        return np.zeros(300, np.float32)
    found = tagger.vectors[np.array([index])][0]
    scaled: Floats = found * np.float32(SCALE / (np.linalg.norm(found) + 1e-6))
    return scaled


def places(count: int) -> Floats:
    """Where each sentence stands. Shape (sentences, 2): how late, and whether it is the headline."""
    late = np.minimum(LATE, np.arange(count)) / LATE
    return np.stack([late, np.arange(count) == 0], axis=1).astype(np.float32)


class Network:
    """One network: the types it tells apart, the marks it knows, and its layers, as benchmarks/convolution.py says."""

    def __init__(self, types: Sequence[EventType], known: Sequence[str], layers: Layers) -> None:
        self.types = tuple(types)
        self.columns = {name: column for column, name in enumerate(known)}
        self.layers = {name: np.asarray(layer, np.float32) for name, layer in layers.items()}
        self.products: dict[str, Floats] = {}

    def log_odds(self, sheet: Sheet) -> Floats:
        """The logarithm of the odds of each type in each sentence. Shape (sentences, types)."""
        layers = self.layers
        count = len(sheet.starts) - 1
        if not count:
            return np.zeros((0, len(self.types)), np.float32)
        pooled = np.concatenate([*self._pooled(sheet)])
        inside = np.concatenate([pooled, places(count)], axis=1)
        brief = _relu(inside @ layers["brief"] + layers["brief bias"])
        around = _relu(_convolved(brief, layers["around"], layers["around bias"]))
        whole = _relu(np.concatenate([brief.max(0), brief.mean(0)]) @ layers["whole"])
        every = np.broadcast_to(whole, (count, len(whole)))
        odds: Floats = np.concatenate([inside, brief, around, every], axis=1) @ layers["out"] + layers["out bias"]
        return odds

    def _pooled(self, sheet: Sheet) -> Iterator[Floats]:
        """The maxima of both convolutions over the words of each sentence, chunk by chunk."""
        layers = self.layers
        for first, last in _chunks(sheet.starts):
            rows = range(sheet.starts[first], sheet.starts[last])
            starts = np.array(sheet.starts[first:last]) - rows.start
            gaps = np.append(starts[1:], len(rows)) - 1
            words = np.stack([self._product(sheet.lemmas[row]) for row in rows])
            read = np.concatenate([words, seen(sheet.marks[rows.start : rows.stop], self.columns)], axis=1)
            near = _relu(_convolved(read, layers["near"], layers["near bias"]))
            near[gaps] = 0
            far = _relu(_convolved(near, layers["far"], layers["far bias"]))
            far[gaps] = 0
            yield np.concatenate([np.maximum.reduceat(near, starts), np.maximum.reduceat(far, starts)], axis=1)

    def _product(self, word: str) -> Floats:
        """What the first layer makes of a word; kept, for words come again."""
        found = self.products.get(word)
        if found is None:
            if len(self.products) >= CACHED:
                self.products.clear()
            found = self.products[word] = vector(word) @ self.layers["words"]
        return found


def seen(tokens: Sequence[set[str]], columns: Mapping[str, int]) -> Floats:
    """The marks of each token, by the columns they have. Shape (tokens, columns)."""
    found = np.zeros((len(tokens), len(columns)), np.float32)
    for row, names in enumerate(tokens):
        for name in names:
            column = columns.get(name)
            if column is not None:
                found[row, column] = 1
    return found


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0)


def _convolved(rows: Floats, kernel: Floats, bias: Floats) -> Floats:
    """A convolution of width 3 over rows, nothing before the first and after the last. Kernel (3, in, out)."""
    out: Floats = rows @ kernel[1] + bias
    out[1:] += rows[:-1] @ kernel[0]
    out[:-1] += rows[1:] @ kernel[2]
    return out


def _chunks(starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of sentences (first, last exclusive) that together have some CHUNK tokens."""
    first = 0
    for sentence in range(1, len(starts)):
        if starts[sentence] - starts[first] >= CHUNK or sentence == len(starts) - 1:
            yield first, sentence
            first = sentence


@cache
def networks() -> tuple[Network, ...]:
    """The networks of the project."""
    return read(WEIGHTS)


def read(path: Path) -> tuple[Network, ...]:
    """The networks of a file."""
    with np.load(path) as file:
        types, known = file["types"].tolist(), file["marks"].tolist()
        names = [name for name in file.files if name not in META]
        return tuple(
            Network(types, known, {name: file[name][member] for name in names}) for member in range(len(file[names[0]]))
        )


META = frozenset({"types", "marks", "trained_on"})


def log_odds(members: Sequence[Network], analysis: Analysis, scenes: Sequence[Scene]) -> list[dict[EventType, float]]:
    """The mean of the networks' log odds, by sentence and type."""
    whole = sheet(analysis, scenes)
    mean = np.mean([network.log_odds(whole) for network in members], axis=0)
    return [dict(zip(members[0].types, row, strict=True)) for row in mean.tolist()]
