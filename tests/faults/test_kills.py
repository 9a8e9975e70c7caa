"""SIGKILL of the flow, of its crawls and of its reader at random points: run again, it ends in the same database.

(Thirty more, of the loader alone before any statement of its own: tests/pipeline/test_reliability.py.)
"""

from __future__ import annotations

import random
import time
from collections import Counter
from multiprocessing.context import ForkServerProcess
from typing import Any

import pytest

from playground import Playground
from tests.databases import MakeDatabase, opened
from tests.faults.conftest import MakeStage
from tests.faults.player import Stage, ingest_all, kill, part, playing, until
from tests.faults.same import archived, told

SEEDS = 3  # of the dice, one a test; a failed test is played again by its number
KILLS = 8  # a test


def strike(dice: random.Random, flow: ForkServerProcess, sites: Playground) -> str | None:
    """Kill a part of a flow at a random point; the part killed, None if the flow had ended before."""
    target = dice.choice(("flow", "flow", "crawl", "reader"))
    asked = len(sites.log) + dice.choice((0, 0, dice.randint(1, 15)))  # pages from now on
    delay = dice.uniform(0, 0.5)  # seconds
    until(lambda: len(sites.log) >= asked or _is_crawled(flow))
    time.sleep(delay)
    until(lambda: part(flow.pid, target) or not flow.is_alive())
    victim = part(flow.pid, target)
    if victim is None or not kill(victim):
        return None
    if target == "flow":
        flow.join()
    return target


def _is_crawled(flow: ForkServerProcess) -> bool:
    return (part(flow.pid, "reader") is not None and part(flow.pid, "crawl") is None) or not flow.is_alive()


def live(stage: Stage, dice: random.Random, sites: Playground, most: int) -> Counter[str]:
    """Bring a database up, killing on the way, at most so many times; what was killed."""
    killed: Counter[str] = Counter()
    while True:
        with playing(ingest_all, stage) as flow:
            while flow.is_alive() and killed.total() < most:
                if target := strike(dice, flow, sites):
                    killed[target] += 1
            flow.join()
            if flow.exitcode == 0:
                return killed
            assert flow.exitcode in (1, -9), "nothing but a kill of itself ends a flow before its time"


@pytest.mark.parametrize("seed", range(SEEDS))
def test_killed_anywhere_and_run_again(
    seed: int,
    make_stage: MakeStage,
    sites: Playground,
    undisturbed: dict[str, list[tuple[Any, ...]]],
    request: pytest.FixtureRequest,
) -> None:
    make: MakeDatabase = request.getfixturevalue("postgresql_database" if seed % 2 else "sqlite_database")
    dice = random.Random(seed)
    killed: Counter[str] = Counter()
    while killed.total() < KILLS:
        stage = make_stage(make())
        killed += live(stage, dice, sites, KILLS - killed.total())
        print(f"seed {seed}: {dict(killed)}")
        with opened(stage.database_url) as engine:
            assert told(engine) == undisturbed
            assert all(archived(engine, stage.settings.archive).values())
        assert not list((stage.folder / "data" / "crawls").glob("*/articles.jsonl")), "all that was crawled is loaded"
        assert not list(stage.settings.archive.rglob("*.lock")), "what was torn is mended"
