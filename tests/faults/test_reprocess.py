"""SIGKILL of a reprocessing, before any of its steps, and of its reader: run again, it ends in the same database."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update

import nlp
from flows import reader, reprocess
from flows.warcs import find_files, prepare, take_file
from pipeline import reprocess as again
from pipeline.copying import copy
from pipeline.kept import KeptReadings
from pipeline.load import Failure
from pipeline.models import Document, ExtractorRun, Revision
from spiders import registry
from spiders.archive import records
from tests.databases import MakeDatabase, opened
from tests.faults.player import Stage, kill, part, playing, until
from tests.faults.same import told
from tests.flows.warcs import Response, pages, write

MINISTRY = "minprom.khabkrai.ru"
DOCUMENTS, BATCH = 24, 8  # documents in all, and a transaction
MOST_STEPS = 400  # to a kill: of a batch and a half
OF_THE_READER = 1 / 4  # share of the kills
Told = dict[str, list[tuple[Any, ...]]]


def older(documents: Sequence[nlp.Document]) -> list[nlp.Extraction | Failure]:
    """What an older version read: all but the last event of each document."""
    readings = [one for one in reader.read(documents) if isinstance(one, nlp.Extraction)]
    return [replace(one, version="older", events=one.events[:-1]) for one in readings]


def longer(responses: Iterator[Response]) -> Iterator[Response]:
    """Of every third page what is found in it once pages are read better."""
    for response in list(responses)[::3]:
        more = "<p>Об этом сообщает пресс-служба министерства.</p></article>"
        yield replace(response, body=response.body.replace(b"</article>", more.encode()))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, sqlite_database: MakeDatabase) -> Stage:
    """A database that an older version filled, with its archive."""
    stage = Stage(tmp_path_factory.mktemp("before"), sqlite_database())
    archive = stage.settings.archive
    file = write(archive / "own" / "0.warc.gz", pages(DOCUMENTS, MINISTRY))
    better = write(archive / "own" / "1.warc.gz", longer(pages(DOCUMENTS, MINISTRY)))
    with opened(stage.database_url) as engine:
        prepare(engine, list(registry.load().values()))
        take_file(find_files([str(file)])[0], engine, stage.settings, read=older)
        with engine.begin() as connection:
            for place, record in records(better):
                there = {"archive_file": str(better.relative_to(archive)), "archive_offset": place}
                connection.execute(update(Document).where(Document.url == record.url).values(there))
    return stage


def reprocess_all(accept: bool, die_at: int | None, stage: Stage) -> None:
    """Reprocess with pages, and die before the so-many-th step: a statement, a commit, a reading put into its file."""
    steps = count(1)

    def step(*_: object) -> None:
        if next(steps) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, step)
    put = KeptReadings.put

    def put_and_step(*what: Any) -> None:
        put(*what)
        step()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KeptReadings, "put", put_and_step)
        patch.setattr(again, "BATCH", BATCH)
        reprocess.run(stage.settings, accept, pages=True)


@pytest.fixture
def make_copy(before: Stage, tmp_path: Path) -> Callable[[str], Stage]:
    """The older version's database, copied into another."""
    numbers = count()

    def make(database_url: str) -> Stage:
        stage = Stage(tmp_path / str(next(numbers)), database_url)
        stage.settings.data.mkdir(parents=True)
        stage.settings.archive.symlink_to(before.settings.archive)
        with opened(before.database_url) as old, opened(database_url) as new:
            copy(old, new)
        return stage

    return make


@pytest.fixture
def undisturbed(before: Stage, make_copy: Callable[[str], Stage], sqlite_database: MakeDatabase) -> Told:
    stage = make_copy(sqlite_database())
    with playing(partial(reprocess_all, True, None), stage) as process:
        process.join()
        assert process.exitcode == 0
    with opened(before.database_url) as old, opened(stage.database_url) as new:
        former, now = told(old), told(new)
        with new.connect() as connection:
            assert set(connection.scalars(select(ExtractorRun.version))) == {"older", nlp.VERSION}
            assert len(connection.scalars(select(Revision.text)).all()) == DOCUMENTS // 3
    assert len(now["events"]) > len(former["events"])
    return now


@pytest.mark.parametrize(
    ("databases", "most"),
    [("sqlite_database", 4), pytest.param("postgresql_database", 12, marks=pytest.mark.slow)],
)
def test_killed_anywhere_and_run_again(
    databases: str, most: int, request: pytest.FixtureRequest, make_copy: Callable[[str], Stage], undisturbed: Told
) -> None:
    make: MakeDatabase = request.getfixturevalue(databases)
    dice, kills = random.Random(databases), 0
    while kills < most:
        stage = make_copy(make())
        kills += live(stage, dice, most - kills)
        with opened(stage.database_url) as engine:
            assert told(engine) == undisturbed
        assert not (stage.settings.data / "reprocess.jsonl").exists(), "what was accepted waits no longer"


def live(stage: Stage, dice: random.Random, most: int) -> int:
    """Reprocess until it is done, killing on the way, at most so many times; how many it were."""
    kills = 0
    while True:
        the_reader = dice.random() < OF_THE_READER
        die_at = dice.randint(1, MOST_STEPS) if kills < most and not the_reader else None
        accept = kills == most or dice.random() < 0.7  # else shown only, whose readings are then accepted
        with playing(partial(reprocess_all, accept, die_at), stage) as process:
            if the_reader and kills < most:
                until(lambda: part(process.pid, "reader") or not process.is_alive())
                victim = part(process.pid, "reader")
                kills += victim is not None and kill(victim)
            process.join()
        assert process.exitcode in (0, -signal.SIGKILL), "nothing but a kill of itself ends it before its time"
        kills += process.exitcode != 0
        if accept and process.exitcode == 0:
            return kills
