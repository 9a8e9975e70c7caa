"""Killed anywhere and run again, or loaded by several at once: the same database."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import count
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from pipeline.database import make_engine
from pipeline.export import export
from pipeline.load import load
from tests.databases import MakeDatabase, opened
from tests.pipeline.contents import contents
from tests.pipeline.examples import dev_items, linking_items
from tests.processes import SERVER

KILLS = (5, 5, 5)  # of each of three loads, on each engine; so few that each finds work left to be killed in
ITEMS = [*linking_items()[:20], *dev_items()[:10]]
BATCH = 6
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def load_in_batches(url: str, items: Sequence[Any], die_at: int | None = None) -> None:
    """Load; with `die_at` the process kills itself before its so-many-th statement."""
    engine = make_engine(url)
    statements = count(1)

    def tick(*_: object) -> None:
        if next(statements) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", tick)
    for start in range(0, len(items), BATCH):
        load(engine, items[start : start + BATCH], now=lambda: NOW)
    engine.dispose()


def in_child(work: Callable[..., None], *args: Any) -> ForkServerProcess:
    process = SERVER.Process(target=work, args=args)
    process.start()
    return process


def exported(url: str, folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    with opened(url) as engine:
        export(engine, "jsonl", folder)
        return contents(engine), {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(params=["sqlite", "postgresql"])
def make_database(request: pytest.FixtureRequest) -> MakeDatabase:
    make: MakeDatabase = request.getfixturevalue(f"{request.param}_database")
    return make


def test_killed_anywhere_and_run_again(make_database: MakeDatabase, tmp_path: Path) -> None:
    undisturbed = make_database()
    statements = count(0)
    with opened(undisturbed) as engine:
        event.listen(engine, "before_cursor_execute", lambda *_: next(statements))
        for start in range(0, len(ITEMS), BATCH):
            load(engine, ITEMS[start : start + BATCH], now=lambda: NOW)
    expected = exported(undisturbed, tmp_path / "undisturbed")
    dice, a_batch = random.Random(7), next(statements) * BATCH // len(ITEMS)
    for run, kills in enumerate(KILLS):
        killed = make_database()
        deaths = 0
        for _ in range(kills):
            process = in_child(load_in_batches, killed, ITEMS, dice.randint(1, 2 * a_batch))
            process.join()
            deaths += process.exitcode == -signal.SIGKILL
        load_in_batches(killed, ITEMS)
        assert deaths == kills
        assert exported(killed, tmp_path / f"killed-{run}") == expected


def test_several_loaders_at_once(make_database: MakeDatabase, tmp_path: Path) -> None:
    alone, together = make_database(), make_database()
    load_in_batches(alone, ITEMS)
    shuffled = [random.Random(seed).sample(ITEMS, len(ITEMS)) for seed in range(3)]
    processes = [in_child(load_in_batches, together, items) for items in shuffled]
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert exported(together, tmp_path / "together")[1] == exported(alone, tmp_path / "alone")[1]
