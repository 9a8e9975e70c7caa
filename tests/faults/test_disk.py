"""A disk that fills up while a crawl archives: nothing follows what is torn, and the next run makes it whole."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from pipeline.database import opened as opened_up_to_date
from spiders.appending import append_whole
from spiders.archive import records
from spiders.known import read_articles
from tests.databases import MakeDatabase, opened
from tests.faults.conftest import MakeStage
from tests.faults.player import Stage, ingest_all, playing
from tests.faults.same import archived, told

ROOT = Path(__file__).parents[2]


def ingest_with_room(room: int, stage: Stage) -> None:
    """An ingest none of whose files may grow beyond so many bytes; writing on fails as on a full disk (EFBIG)."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    ingest_all(stage)


@pytest.mark.parametrize(
    "room", [pytest.param(1_000, marks=pytest.mark.slow), 5_000, pytest.param(12_000, marks=pytest.mark.slow)]
)
def test_full_while_archiving(
    room: int,
    make_stage: MakeStage,
    postgresql_database: MakeDatabase,  # another's disk, which is not full
    undisturbed: dict[str, list[tuple[Any, ...]]],
) -> None:
    stage = make_stage(postgresql_database())
    with playing(partial(ingest_with_room, room), stage) as flow:
        flow.join()
        assert flow.exitcode == 1, "an ingest that could not archive has not succeeded"
    for file in stage.settings.archive.rglob("*.warc.gz"):
        assert file.stat().st_size <= room
        assert all(record.body for _, record in records(file)), "whole records only"
    for file in (stage.folder / "data" / "crawls").rglob("articles.jsonl"):
        list(read_articles(file))
    with playing(ingest_all, stage) as flow:
        flow.join()
        assert flow.exitcode == 0
    with opened(stage.database_url) as engine:
        assert told(engine) == undisturbed
        assert all(archived(engine, stage.settings.archive).values())


def fill_and_ingest(stage: Stage, room: int) -> None:
    """On a file system of its own: an ingest with so many bytes left, and another with enough of them.

    The exit code tells of the second; what the first came to is printed.
    """
    data = stage.settings.data
    opened_up_to_date(stage.settings.database).dispose()
    ballast = data / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        file.write(bytes(shutil.disk_usage(data).free - room))
    print(shutil.disk_usage(data).free, "bytes are free")
    try:
        ingest_all(stage)
    except OperationalError as error:  # no room even to open the database
        print("failed", error)
    except SystemExit:
        pass
    ballast.unlink()
    ingest_all(stage)


PLAYED = """
set -e
mkdir -p "$DATA"
mount -t tmpfs -o size=16m tmpfs "$DATA"
"$PYTHON" -m tests.faults.test_disk "$FOLDER" "$ROOM"
cp -a "$DATA" "$FOLDER/kept"
"""


@pytest.mark.slow
@pytest.mark.parametrize("room", [20_000, 150_000])
def test_no_space_left(room: int, make_stage: MakeStage, undisturbed: dict[str, list[tuple[Any, ...]]]) -> None:
    """A real file system, full to the last page, with the archive and the database on it."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no user name spaces here, so no file system of our own")
    stage = make_stage("")
    there = {"DATA": str(stage.folder / "data"), "FOLDER": str(stage.folder), "ROOM": str(room)}
    played = subprocess.run(
        [unshare, "-rm", "sh", "-c", PLAYED],
        cwd=ROOT,
        env=os.environ | there | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    assert "failed" in played.stdout, played.stdout
    with opened(f"sqlite:///{stage.folder / 'kept' / 'zamena.db'}") as engine:
        assert told(engine) == undisturbed
        assert all(archived(engine, stage.folder / "kept" / "archive").values())


def test_a_piece_cut_short_is_taken_back(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with (tmp_path / "file").open("ab", buffering=0) as file:
        append_whole(file, b"whole\n")
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                append_whole(file, b"cut short\n")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        append_whole(file, b"whole again\n")
    assert (tmp_path / "file").read_bytes() == b"whole\nwhole again\n"


if __name__ == "__main__":
    fill_and_ingest(Stage(Path(sys.argv[1]), ""), int(sys.argv[2]))
