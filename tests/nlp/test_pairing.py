"""The network of pairs: numpy computes what JAX trained; what it sees of the events and candidates of a release."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from nlp.analyse import analyse
from nlp.events import pairing
from nlp.events.candidates import candidates
from nlp.events.pairing import NONE, TABLES, Network, Pairing
from nlp.events.read import believed_events
from nlp.events.relations import Release
from nlp.people import People
from nlp.schema import Document
from tests.processes import apart

MOST_BYTES = 5_000_000


def paired(text: str) -> tuple[Pairing, Release]:
    analysis = analyse(Document(text, date(2025, 3, 12)))
    drafts, scenes, about = believed_events(analysis, People(analysis))
    release = Release(drafts, scenes, candidates(scenes, about))
    return pairing.pairing(release), release


def lesson(number: int) -> tuple[Pairing, list[bool | None]]:
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
    return found, [near == 0, near == 1, near == 1, near == 0]


def teach(path: Path) -> tuple[Network, list[float]]:
    """A network taught and written, and what JAX computes of three lessons when nothing is forgotten."""
    import jax

    from benchmarks import pairing as learning

    examples = [learning.Example(*lesson(number)) for number in range(480)]
    taught = learning.train(examples, seed=1)
    learning.write(path, [taught, taught], "digest")
    rows = [
        {t: [pairing.numbered(each, taught.columns[t]) for each in learning.rows_of(one.found, t)] for t in TABLES}
        for one in examples[:3]
    ]
    layers = {name: jax.numpy.asarray(layer) for name, layer in taught.layers.items()}
    learning.FORGOTTEN, learning.UNREAD = 0.0, dict.fromkeys(TABLES, 0.0)  # this process ends here
    _, odds = learning.log_odds(layers, learning.batched(examples[:3], rows), jax.random.PRNGKey(0))
    return taught, np.asarray(odds).tolist()


Lesson = tuple[Network, list[float], Path]


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    path = tmp_path_factory.mktemp("pairing") / "choice.npz"
    return (*apart(teach, path), path)


def test_it_learns_what_only_the_other_event_tells(learned: Lesson) -> None:
    taught, _, _ = learned
    for number in (0, 1):
        found, right = lesson(number)
        assert [value > 0 for value in pairing.log_odds([taught], found)] == right


def test_numpy_computes_what_jax_trained(learned: Lesson) -> None:
    _, wanted, path = learned
    members = list(pairing.read(path))
    found = [value for number in range(3) for value in pairing.log_odds(members, lesson(number)[0])]
    assert found == pytest.approx(wanted[: len(found)], abs=0.02)


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
