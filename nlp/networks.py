"""The neural models: slovnet's named entities over navec's word vectors, as natasha's package ships them.

Same weights and same answers as slovnet's own inference, several times faster: the embedding is fixed, so the
first convolution is a table by word form, kept in a bounded cache; convolutions are shifted matrix products over
all sequences laid end to end; the decoder walks all sequences at once. One thing is mended: slovnet loses an
entity that begins with an I- tag, as the first of a sequence often does.
"""

from __future__ import annotations

import gzip
import json
import tarfile
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

CACHED_FORMS = 10_000  # rows of the first layer's table; 3 KB each
CHUNK = 2_048  # tokens computed at once; bounds the working memory to some 20 MB


def data_path(*parts: str) -> Path:
    """A file of natasha's package, found without importing it (its import needs pymorphy2)."""
    spec = find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("natasha is not installed")
    return Path(spec.submodule_search_locations[0], "data", *parts)


class Vectors:
    """navec's word vectors: 300 numbers a word, quantised in 100 parts of 3."""

    def __init__(self, path: Path) -> None:
        with tarfile.open(path) as tar:
            data = _read(tar, "pq.bin")
        count, parts, _ = (int(n) for n in np.frombuffer(data, np.uint32, 4)[[0, 2, 3]])
        self.indexes = np.frombuffer(data, np.uint8, count * parts, 16).reshape(count, parts)
        codes = np.frombuffer(data, np.float32, -1, 16 + count * parts)
        self.codes = codes.reshape(parts, -1, 300 // parts)
        self.parts = np.arange(parts)

    def __getitem__(self, words: Integers) -> Floats:
        return self.codes[self.parts, self.indexes[words]].reshape(len(words), -1)


class Layer:
    """A convolution of width 3 with its ReLU and normalisation."""

    def __init__(self, weight: Floats, bias: Floats, norm: tuple[Floats, Floats, Floats, Floats]) -> None:
        self.width = weight.shape[0]
        self.weight = np.ascontiguousarray(np.concatenate([weight[:, :, k].T for k in range(3)], axis=1))  # in x 3 out
        self.bias = bias
        gain, offset, mean, deviation = norm
        self.gain = gain / deviation
        self.offset = offset - mean * self.gain

    def finish(self, products: Floats, gaps: Integers) -> Floats:
        """From the products of every row with the three thirds of the kernel to the layer's output."""
        width = self.width
        out = products[:, width : 2 * width] + self.bias
        out[1:] += products[:-1, :width]
        out[:-1] += products[1:, 2 * width :]
        np.maximum(out, 0, out=out)
        out *= self.gain
        out += self.offset
        out[gaps] = 0
        return out


class Tagger:
    """A network that gives each token of a sequence its tag."""

    def __init__(self, path: Path, vectors: Vectors) -> None:
        with tarfile.open(path) as tar:
            model = json.loads(_read(tar, "model.json"))
            layers = [
                Layer(
                    _array(tar, layer["conv"]["weight"]),
                    _array(tar, layer["conv"]["bias"]),
                    tuple(_array(tar, layer["norm"][name]) for name in ("weight", "bias", "mean", "std")),  # type: ignore[arg-type]
                )
                for layer in model["encoder"]["layers"]
            ]
            self.tags = _vocabulary(tar, "tag")
            shapes = _array(tar, model["emb"]["shape"]["weight"])
            self.head = _array(tar, model["head"]["proj"]["weight"]), _array(tar, model["head"]["proj"]["bias"])
            self.transitions = _array(tar, model["head"]["crf"]["transitions"])
            self.words = {word: index for index, word in enumerate(_vocabulary(tar, "word"))}
            self.shapes = {shape: index for index, shape in enumerate(_vocabulary(tar, "shape"))}
        self.vectors = vectors
        self.first, *self.rest = layers
        self.word_weight = np.ascontiguousarray(self.first.weight[:300])
        self.shape_products = shapes @ self.first.weight[300:]
        self.slots: dict[str, int] = {}
        self.table = np.zeros((CACHED_FORMS, 3 * self.first.width), np.float32)  # row 0 is that of a gap

    def __call__(self, sequences: Sequence[Sequence[str]]) -> list[list[str]]:
        """The tags of each sequence of tokens, equal to slovnet's for each alone."""
        results: list[list[str]] = []
        for chunk in _chunks(sequences):
            results.extend(self._tag(chunk))
        return results

    def _tag(self, sequences: Sequence[Sequence[str]]) -> list[list[str]]:
        lengths = np.array([len(sequence) for sequence in sequences], np.int64)
        starts = np.concatenate([[1], 1 + np.cumsum(lengths + 1)]).astype(np.int64)  # a gap of one row between them
        gaps = starts - 1
        rows = np.zeros(int(starts[-1]), np.int64)
        real = np.ones(len(rows), bool)
        real[gaps] = False
        rows[real] = self._rows([form for sequence in sequences for form in sequence])
        values = self.first.finish(self.table[rows], gaps)
        for layer in self.rest:
            values = layer.finish(values @ layer.weight, gaps)
        emissions = values @ self.head[0] + self.head[1]
        best = _viterbi(emissions, starts[:-1], lengths, self.transitions)
        return [[self.tags[tag] for tag in tags] for tags in best]

    def _rows(self, forms: list[str]) -> Integers:
        """Rows of the table that hold the first layer's products of these word forms."""
        missing = {form for form in forms if form not in self.slots}
        if len(self.slots) + len(missing) >= len(self.table):
            self.slots.clear()
            missing = set(forms)
        if missing:
            from slovnet.shape import word_shape

            new = sorted(missing)
            unknown = self.words["<unk>"]
            words = np.array([self.words.get(form.lower(), unknown) for form in new], np.int64)
            shapes = [self.shapes.get(word_shape(form), self.shapes["OTHER"]) for form in new]
            first = 1 + len(self.slots)
            rows = slice(first, first + len(new))
            self.table[rows] = self.vectors[words] @ self.word_weight
            self.table[rows] += self.shape_products[shapes]
            self.slots.update((form, first + index) for index, form in enumerate(new))
        slots = self.slots
        return np.fromiter((slots[form] for form in forms), np.int64, len(forms))


def spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(first token, token after the last, type) of each entity; a lone I- begins one as B- does.

    >>> list(spans(["I-PER", "I-PER", "O", "B-LOC"]))
    [(0, 2, 'PER'), (3, 4, 'LOC')]
    """
    start, kind = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        part, _, its_kind = tag.partition("-")
        if kind and (part != "I" or its_kind != kind):
            yield start, index, kind
            kind = ""
        if not kind and part in ("B", "I"):
            start, kind = index, its_kind


@cache
def ner() -> Tagger:
    """The tagger of persons, places and organisations; loaded on first use, some 100 MB."""
    vectors = Vectors(data_path("emb", "navec_news_v1_1B_250K_300d_100q.tar"))
    return Tagger(data_path("model", "slovnet_ner_news_v1.tar"), vectors)


def _chunks(sequences: Sequence[Sequence[str]]) -> Iterator[Sequence[Sequence[str]]]:
    """Runs of sequences that together have some CHUNK tokens."""
    start = size = 0
    for index, sequence in enumerate(sequences):
        if size and size + len(sequence) > CHUNK:
            yield sequences[start:index]
            start, size = index, 0
        size += len(sequence) + 1
    if start < len(sequences):
        yield sequences[start:]


def _viterbi(emissions: Floats, starts: Integers, lengths: Integers, transitions: Floats) -> list[list[int]]:
    """The best path through each stretch `emissions[start : start + length]`, all decoded in step."""
    order = np.argsort(-lengths, kind="stable")
    starts, sizes = starts[order], lengths[order]
    longest = int(sizes[0]) if len(sizes) else 0
    if not longest:
        return [[] for _ in lengths]
    active = [int(n) for n in np.searchsorted(-sizes, -np.arange(longest), side="left")]  # sequences longer than step
    scores = emissions[starts[: active[0]]]
    back: list[Integers] = []
    for step in range(1, longest):
        count = active[step]
        paths = scores[:count, :, None] + transitions
        best = paths.argmax(1)
        scores[:count] = paths.max(1) + emissions[starts[:count] + step]
        back.append(best)
    tags = np.zeros((len(sizes), longest), np.int64)
    current = scores.argmax(1)
    for step in range(longest - 1, -1, -1):
        count = active[step]
        tags[:count, step] = current[:count]
        if step:
            current[:count] = back[step - 1][np.arange(count), current[:count]]
    results: list[list[int]] = [[] for _ in lengths]
    for row, index in enumerate(order):
        results[index] = tags[row, : sizes[row]].tolist()
    return results


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)
    if file is None:
        raise FileNotFoundError(name)
    return file.read()


def _array(tar: tarfile.TarFile, weight: dict[str, Any]) -> Floats:
    return np.frombuffer(_read(tar, f"arrays/{weight['array']}.bin"), weight["dtype"]).reshape(weight["shape"])


def _vocabulary(tar: tarfile.TarFile, name: str) -> list[str]:
    return gzip.decompress(_read(tar, f"vocabs/{name}.gz")).decode().splitlines()
