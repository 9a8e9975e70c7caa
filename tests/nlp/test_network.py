"""The network of sentences: numpy computes what JAX trained, whatever the length of the text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from nlp.analyse import analyse
from nlp.events import network
from nlp.events.marks import marks
from nlp.events.network import WEIGHTS, Floats, Sheet, log_odds, networks, sheet
from nlp.events.read import draft_events
from nlp.events.scene import Scene
from nlp.people import People
from nlp.schema import Document, EventType
from tests.processes import apart

TYPES: tuple[EventType, ...] = ("agreement_signing", "production_launch")
MOST_BYTES = 5_000_000
TEXT = "Завод запустил линию\n\nОмский завод «Луч» 5 мая запустил новую линию за 12 млн рублей. Её ждали 7 предприятий."


def scenes(text: str) -> tuple[list[Scene], Sheet]:
    analysis = analyse(Document(text))
    found = draft_events(analysis, People(analysis))[1]
    return found, sheet(analysis, found)


def lesson(number: int) -> tuple[Sheet, list[set[EventType]]]:
    """A release of three sentences, some of which state an event."""
    words = [["Цех", "открыть"], ["Договор", "подписать"], ["Вечер", "наступить"]]
    order = [words[(number + i) % 3] for i in range(3)]
    told: dict[str, set[EventType]] = {"Цех": {"production_launch"}, "Договор": {"agreement_signing"}, "Вечер": set()}
    rows = [word for each in order for word in (*(w.lower() for w in each), "")]
    seen = [{"capital"} if row % 3 == 0 else set() for row in range(9)]
    return Sheet(rows, seen, [0, 3, 6, 9]), [told[each[0]] for each in order]


def teach(path: Path) -> tuple[network.Network, list[Sheet], Floats]:
    """A network taught and written, some sheets, and what JAX computes of them."""
    from benchmarks import convolution

    sheets, stated = zip(*(lesson(number) for number in range(160)), strict=True)
    taught = convolution.train(sheets, stated, TYPES, seed=1)
    convolution.write(path, [taught, taught], "digest")
    few = list(sheets[: convolution.BATCH])
    truth = [np.zeros((3, len(TYPES)), np.float32)] * len(few)
    meanings, rows = convolution.meanings(few)
    marked = [network.seen(each.marks, taught.columns) for each in few]
    *seen, _ = convolution.batched(few, [meanings[each] for each in rows], marked, truth)
    return taught, few, np.asarray(convolution.log_odds(taught.layers, *seen))


Lesson = tuple[network.Network, list[Sheet], Floats, Path]


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    path = tmp_path_factory.mktemp("network") / "network.npz"
    return (*apart(teach, path), path)


@pytest.fixture
def taught(learned: Lesson) -> network.Network:
    return learned[0]


def test_what_was_taught_is_known(taught: network.Network) -> None:
    for number in range(3):
        row, stated = lesson(number)
        odds = taught.log_odds(row)
        assert [{kind for kind, odd in zip(TYPES, each, strict=True) if odd > 0} for each in odds] == stated


def test_numpy_computes_what_jax_does(learned: Lesson) -> None:
    taught, sheets, theirs, _ = learned
    for number, each in enumerate(sheets):
        assert np.allclose(taught.log_odds(each), theirs[4 * number : 4 * number + 3], atol=1e-4)


def test_it_comes_back_as_it_was_written(learned: Lesson) -> None:
    taught, _, _, path = learned
    first, second = network.read(path)
    row, _ = lesson(0)
    assert np.allclose(first.log_odds(row), taught.log_odds(row), atol=0.05), "half precision"
    assert np.array_equal(first.log_odds(row), second.log_odds(row))


def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    _, row = scenes(TEXT)
    whole = networks()[0].log_odds(row)
    monkeypatch.setattr(network, "CHUNK", 1)
    assert np.allclose(networks()[0].log_odds(row), whole, atol=1e-4)


def test_a_release_without_sentences_has_no_odds() -> None:
    assert log_odds(networks(), analyse(Document("")), []) == []


def test_the_file_is_small() -> None:
    assert WEIGHTS.stat().st_size < MOST_BYTES


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("запустил", {"VERB", "past", "trigger launch"}),
        ("линию", {"NOUN", "accs", "initiative production telling"}),
        ("Луч", {"capital", "organisation"}),
        ("5", {"digit", "date"}),
        ("12", {"digit", "sum"}),
        ("7", {"digit", "count enterprise"}),
    ],
)
def test_marks(word: str, expected: set[str]) -> None:
    analysis = analyse(Document(TEXT, date(2025, 5, 6)))
    found = draft_events(analysis, People(analysis))[1]
    named = {
        token.text: names
        for scene in found[1:]
        for token, names in zip(scene.words.tokens, marks(analysis, scene), strict=True)
    }
    assert expected <= named[word]
