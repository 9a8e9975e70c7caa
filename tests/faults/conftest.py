"""Sites on loopback, a stage for disturbed ingests, and what an undisturbed one leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from playground import Playground, serve
from tests.databases import MakeDatabase, opened
from tests.faults.player import Stage, ingest_all, playing
from tests.faults.same import told

SOURCES = ("kha-ministry-industry", "kha-telegram")
MakeStage = Callable[[str], Stage]  # from the address of a database


@pytest.fixture(scope="session")
def sites() -> Iterator[Playground]:
    with serve(SOURCES) as playground:
        yield playground


@pytest.fixture
def make_stage(tmp_path: Path, sites: Playground) -> MakeStage:
    """A new stage, with an archive of its own."""
    numbers = count()

    def make(database_url: str) -> Stage:
        stage = Stage(tmp_path / str(next(numbers)), database_url)
        sites.write_sources(stage.folder / "sources", delay=0.0)
        return stage

    return make


@pytest.fixture(scope="session")
def undisturbed(
    sites: Playground, sqlite_database: MakeDatabase, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[tuple[Any, ...]]]:
    """What an undisturbed ingest leaves in the database; on both engines the same."""
    stage = Stage(tmp_path_factory.mktemp("undisturbed"), sqlite_database())
    sites.write_sources(stage.folder / "sources", delay=0.0)
    with playing(ingest_all, stage) as process:
        process.join()
        assert process.exitcode == 0
    with opened(stage.database_url) as engine:
        contents = told(engine)
    assert len(contents["documents"]) == len(sites.truth())
    assert contents["events"]
    return contents
