"""Prefect's server gone in the middle, and its worker killed: what was begun is in the database all the same."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from sqlalchemy import create_engine, make_url

from playground import Playground
from tests.databases import MakeDatabase, opened, postgresql_databases
from tests.faults.conftest import SOURCES, MakeStage
from tests.faults.player import Stage, family, until
from tests.faults.same import told

ROOT = Path(__file__).parents[2]
PREFECT = str(Path(sys.executable).with_name("prefect"))
QUIET = {
    "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
}


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
    ours = at(stage) | {"PREFECT_HOME": str(tmp_path / "home"), "PREFECT_CLIENT_MAX_RETRIES": "1"}
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


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of an empty database for Prefect's server."""
    with postgresql_databases(folder) as make:
        with create_engine(make(), isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE prefect TEMPLATE template0")
        address = make_url(make()).set(drivername="postgresql+asyncpg", database="prefect")
        yield address.render_as_string(hide_password=False)


def test_the_worker_is_killed_and_another_takes_over(
    make_stage: MakeStage,
    sites: Playground,
    sqlite_database: MakeDatabase,
    undisturbed: dict[str, list[tuple[Any, ...]]],
    tmp_path: Path,
) -> None:
    """`zamena schedule` at a lasting server over PostgreSQL; deployments are run as a schedule runs them."""
    stage = make_stage(sqlite_database())
    command = (sys.executable, "-c", "from pipeline.cli import app; app()", "schedule")
    watch = ("--watch", "--watch-interval", "1")
    # another deployment the second time: the slot of a killed run is free again only after some minutes
    order = (PREFECT, "deployment", "run", "ingest/week", "--param", "days=null", *watch)
    order_again = (PREFECT, "deployment", "run", "ingest/sweep", *watch)
    with (
        TemporaryDirectory(prefix="zamena-") as folder,
        postgresql(Path(folder)) as database,
        prefect_server(tmp_path, {"PREFECT_API_DATABASE_CONNECTION_URL": database}) as (_, api),
    ):
        env = QUIET | at(stage) | {"PREFECT_API_URL": api, "PREFECT_HOME": str(tmp_path / "home")}
        asked = len(sites.log)
        with (
            started(*command, env=env, log=tmp_path / "first") as first,
            started(*_patient(order), env=env, log=tmp_path / "ordered") as ordered,
        ):
            assert until(lambda: len(sites.log) > asked + 3), (tmp_path / "first").read_text(encoding="utf-8")
            end(first)
            end(ordered)
        with started(*command, env=env, log=tmp_path / "second"):
            again = subprocess.run(
                _patient(order_again), env=os.environ | env, cwd=ROOT, capture_output=True, check=False
            )
        assert again.returncode == 0, again.stdout.decode() + (tmp_path / "second").read_text(encoding="utf-8")
        with urllib.request.urlopen(_posted(f"{api}/artifacts/latest/filter"), timeout=10) as answer:
            tables = {artifact["key"]: json.loads(artifact["data"]) for artifact in json.load(answer)}
    assert {row["source"]: row["outcome"] for row in tables["ingest"]} == dict.fromkeys(SOURCES, "complete")
    assert [(row["region"], row["sources"], row["complete"]) for row in tables["coverage"]] == [("RU-KHA", 2, 2)]
    with opened(stage.database_url) as engine:
        assert told(engine) == undisturbed


def at(stage: Stage) -> dict[str, str]:
    return {
        "ZAMENA_SOURCES": str(stage.folder / "sources"),
        "ZAMENA_DATA": str(stage.folder / "data"),
        "ZAMENA_DATABASE_URL": stage.database_url,
        "ZAMENA_ALLOW_PRIVATE": "true",
    }


def _patient(command: tuple[str, ...]) -> tuple[str, ...]:
    """The command, again until the deployment is there."""
    return ("sh", "-c", 'until "$@" > /dev/null 2>&1; do sleep 1; done', "sh", *command)


def _posted(address: str) -> urllib.request.Request:
    return urllib.request.Request(address, b"{}", {"Content-Type": "application/json"}, method="POST")
