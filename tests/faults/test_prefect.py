"""Prefect's server gone in the middle, and its worker killed: what was begun is in the database all the same."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from playground import Playground
from tests.databases import MakeDatabase, opened
from tests.faults.conftest import MakeStage
from tests.faults.player import family, until
from tests.faults.same import told

ROOT = Path(__file__).parents[2]
PREFECT = str(Path(sys.executable).with_name("prefect"))
QUIET = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PREFECT_LOGGING_LEVEL": "WARNING"}


@contextmanager
def started(*command: str, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | env, stdout=out, stderr=out)
        try:
            yield process
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill it and all that it started, at once."""
    for one in family(process.pid):
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
    process.wait()


@contextmanager
def prefect_server(folder: Path, env: dict[str, str] | None = None) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = (PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui")
    settings = QUIET | {"PREFECT_HOME": str(folder / "prefect"), "PREFECT_API_URL": ""} | (env or {})
    with started(*command, env=settings, log=folder / "server.log") as process:
        api = f"http://127.0.0.1:{port}/api"
        assert until(lambda: _healthy(api)), (folder / "server.log").read_text(encoding="utf-8")
        yield process, api


def _healthy(api: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_the_server_is_gone_in_the_middle(
    make_stage: MakeStage,
    sites: Playground,
    sqlite_database: MakeDatabase,
    undisturbed: dict[str, list[tuple[Any, ...]]],
    tmp_path: Path,
) -> None:
    stage = make_stage(sqlite_database())
    command = (sys.executable, "-c", "from pipeline.cli import app; app()", "ingest")
    ours = {
        "ZAMENA_SOURCES": str(stage.folder / "sources"),
        "ZAMENA_DATA": str(stage.folder / "data"),
        "ZAMENA_DATABASE_URL": stage.database_url,
        "ZAMENA_ALLOW_PRIVATE": "true",
        "PREFECT_HOME": str(tmp_path / "prefect-of-the-flow"),
        "PREFECT_CLIENT_MAX_RETRIES": "1",
    }
    asked = len(sites.log)
    with (
        prefect_server(tmp_path) as (server, api),
        started(*command, env=QUIET | ours | {"PREFECT_API_URL": api}, log=tmp_path / "log") as flow,
    ):
        assert until(lambda: len(sites.log) > asked or flow.poll() is not None)
        end(server)
        flow.wait(240)
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "Prefect's server is gone" in log, log
    with opened(stage.database_url) as engine:
        assert told(engine) == undisturbed, "the work goes on without whoever watches it"
    assert flow.returncode == 0, log
