"""The network of pairs: numpy computes what JAX trained; what it sees of the events and candidates of a release."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import jax
import numpy as np
import pytest

from benchmarks import pairing as learning
from nlp.analyse import analyse
from nlp.events import pairing
from nlp.events.candidates import candidates
from nlp.events.pairing import NONE, TABLES, Network, Pairing
from nlp.events.read import believed_events
from nlp.events.relations import Release
from nlp.people import People
from nlp.schema import Document

MOST_BYTES = 5_000_000


def paired(text: str) -> tuple[Pairing, Release]:
    analysis = analyse(Document(text, date(2025, 3, 12)))
    drafts, scenes, about = believed_events(analysis, People(analysis))
    release = Release(drafts, scenes, candidates(scenes, about))
    return pairing.pairing(release), release


def lesson(number: int) -> learning.Example:
    """A release of two events and two candidates: who is near takes part, in the second event only if not before."""
    near = number % 2
    pairs = [["near" if near == i else "far"] for i in (0, 1)]
    found = Pairing(
        drafts=[0, 1],
        numbers=[0, 1],
        events=[["first"], ["second"]],
        candidates=[["firm"], ["firm", "bank"]],
        pairs=[*pairs, ["near"], ["near"]],
        event=[0, 0, 1, 1],
        candidate=[0, 1, 0, 1],
        before=[NONE, NONE, 0, 1],
        after=[2, 3, NONE, NONE],
    )
    return learning.Example(found, [near == 0, near == 1, near == 1, near == 0])


@pytest.fixture(scope="module")
def taught() -> Network:
    return learning.train([lesson(number) for number in range(480)], seed=1)


def test_it_learns_what_only_the_other_event_tells(taught: Network) -> None:
    for number in (0, 1):
        example = lesson(number)
        assert [value > 0 for value in pairing.log_odds([taught], example.found)] == example.right


def test_numpy_computes_what_jax_trained(taught: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = [lesson(number) for number in range(3)]
    monkeypatch.setattr(learning, "FORGOTTEN", 0.0)
    monkeypatch.setattr(learning, "UNREAD", dict.fromkeys(TABLES, 0.0))
    rows = [
        {t: [pairing.numbered(each, taught.columns[t]) for each in learning.rows_of(one.found, t)] for t in TABLES}
        for one in examples
    ]
    layers = {name: jax.numpy.asarray(layer) for name, layer in taught.layers.items()}
    _, wanted = learning.log_odds(layers, learning.batched(examples, rows), jax.random.PRNGKey(0))
    file = tmp_path / "choice.npz"
    learning.write(file, [taught, taught], "digest")
    members = list(pairing.read(file))
    found = [value for one in examples for value in pairing.log_odds(members, one.found)]
    assert found == pytest.approx(np.asarray(wanted)[: len(found)].tolist(), abs=0.02)


def test_all_near_are_considered_and_told_what_they_did_before() -> None:
    told = "Линию запустил завод «Луч» из Омска.\n\nВторую линию запустил завод «Рубин» 5 мая. Третью запустит «Луч»."
    found, release = paired(f"Новые линии\n\n{told}")
    firms = [each.number for each in release.candidates if each.firm]
    assert len(found.events) > 1
    for event in range(len(found.events)):
        own = {found.numbers[c] for e, c in zip(found.event, found.candidate, strict=True) if e == event}
        assert own >= set(firms)
    for pair, before in enumerate(found.before):
        if before != NONE:
            assert found.candidate[before] == found.candidate[pair]
            assert found.after[before] == pair


def test_without_candidates_nothing_is_weighed() -> None:
    assert pairing.log_odds(pairing.networks(), Pairing()) == []


def test_the_file_is_small() -> None:
    assert pairing.WEIGHTS.stat().st_size < MOST_BYTES
