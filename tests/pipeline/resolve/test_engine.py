"""Whatever the order of loading, and however it is cut into batches, the clusters are the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import given as assume_given
from hypothesis import settings
from hypothesis import strategies as st

from benchmarks.linking import GOLD, given, releases
from pipeline.resolve import Assignment, MemoryStore, Mention, read, resolve

ROWS = [given(r) for path in sorted(GOLD.glob("linking*/releases.jsonl")) for r in releases(path)]
MENTIONS: list[list[Mention]] = [read(row) for row in ROWS]


def load(order: list[int], batch: int) -> dict[str, Assignment]:
    store = MemoryStore()
    for i in range(0, len(order), batch):
        resolve(store, [m.node for n in order[i : i + batch] for m in MENTIONS[n]])
    return store.assignments


BATCH = load(list(range(len(ROWS))), len(ROWS))


@pytest.mark.parametrize("seed", range(6))
def test_shuffled_loads_end_alike(seed: int) -> None:
    order = list(range(len(ROWS)))
    random.Random(seed).shuffle(order)
    assert load(order, [1, 2, 7, 13, 30, 84][seed]) == BATCH


def test_newest_first_ends_alike() -> None:
    order = sorted(range(len(ROWS)), key=lambda n: (str(ROWS[n].published), ROWS[n].id), reverse=True)
    assert load(order, 1) == BATCH


@settings(max_examples=15, deadline=None)
@assume_given(st.sets(st.integers(0, len(ROWS) - 1), min_size=2, max_size=25), st.randoms(use_true_random=False))
def test_any_part_ends_alike_in_any_order(part: set[int], rng: random.Random) -> None:
    order = sorted(part)
    shuffled = order.copy()
    rng.shuffle(shuffled)
    assert load(shuffled, 3) == load(order, len(order))


def test_loading_again_changes_nothing_and_answers_nothing() -> None:
    store = MemoryStore()
    nodes = [m.node for some in MENTIONS for m in some]
    resolve(store, nodes)
    before = dict(store.assignments)
    assert resolve(store, nodes) == []
    assert store.assignments == before


def test_reading_is_pure() -> None:
    assert [read(row) for row in ROWS[:5]] == MENTIONS[:5]


def test_every_event_party_and_document_has_a_node() -> None:
    for row, mentions in zip(ROWS, MENTIONS, strict=True):
        subjects = {m.subject for m in mentions}
        assert {row.id, *(e.id for e in row.events)} <= subjects
        parties = {f"{e.id}#{n}" for e in row.events for n, p in enumerate(e.event.parties) if p.kind != "region"}
        assert parties <= subjects


def test_every_link_explains_itself() -> None:
    linked = [a for a in BATCH.values() if a.rule != "first"]
    assert len(linked) > 50
    for a in linked:
        assert a.linked_to in BATCH
        assert a.linked_to != a.node
        assert 0 < a.score <= 1
        assert a.detail
