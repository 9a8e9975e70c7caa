"""Prefect's server gone in the middle, and its worker killed: what was begun is in the database all the same."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import HTTPError

import psutil
import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from playground import Playground
from tests.databases import MakeDatabase, opened, postgresql_databases
from tests.faults.conftest import SOURCES, MakeStage
from tests.faults.player import Stage, family, until
from tests.faults.same import told

SERVER = (
    "ZAMENA_TEST_POSTGRESQL"  # the address of a PostgreSQL with pg_trgm where databases may be made, if there is one
)
LONG = 400.0  # seconds a step may take where the machine is busy; Prefect starts five processes here
ROOT = Path(__file__).parents[2]
PREFECT = str(Path(sys.executable).with_name("prefect"))
QUIET = {
    "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
}

pytestmark = pytest.mark.slow


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


@pytest.fixture(params=["sqlite", "postgresql"])
def server_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where Prefect's server keeps its own: empty for a SQLite file, or the address of an empty PostgreSQL."""
    if request.param == "sqlite":
        yield ""
        return
    with TemporaryDirectory(prefix="zamena-") as folder, postgresql_databases(Path(folder)) as make:
        url = os.environ.get(SERVER) or make()
        admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with admin.connect() as connection:
            if not connection.scalar(text("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'")):
                pytest.skip(f"Prefect wants the extension pg_trgm, which the wheel lacks: set {SERVER}")
            name = f"prefect_{uuid.uuid4().hex}"
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
            address = make_url(url).set(drivername="postgresql+asyncpg", database=name)
            yield address.render_as_string(hide_password=False)
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.timeout(2 * LONG)
def test_the_worker_is_killed_and_another_takes_over(
    make_stage: MakeStage,
    sites: Playground,
    sqlite_database: MakeDatabase,
    undisturbed: dict[str, list[tuple[Any, ...]]],
    server_database: str,
    tmp_path: Path,
) -> None:
    """`zamena schedule` at a lasting server; deployments are run as a schedule runs them."""
    stage = make_stage(sqlite_database())
    command = (sys.executable, "-c", "from pipeline.cli import app; app()", "schedule")
    own = {"PREFECT_API_DATABASE_CONNECTION_URL": server_database} if server_database else {}
    with prefect_server(tmp_path, own) as (_, api):
        env = QUIET | at(stage) | {"PREFECT_API_URL": api, "PREFECT_HOME": str(tmp_path / "home")}
        asked = len(sites.log)
        with started(*command, env=env, log=tmp_path / "first") as first:
            ordered = order(api, "ingest/week", {"days": None})
            assert until(lambda: len(sites.log) > asked + 3, longest=LONG)
            end(first)
        assert state(api, ordered) == "RUNNING", "nobody is left to say otherwise"
        with started(*command, env=env, log=tmp_path / "second"):
            # another deployment: the slot of a killed run is free again only after some minutes
            again = order(api, "ingest/sweep", {})
            assert until(lambda: state(api, again) in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}, longest=LONG)
        assert state(api, again) == "COMPLETED", (tmp_path / "second").read_text(encoding="utf-8")
        shown = {
            artifact["key"]: json.loads(artifact["data"]) for artifact in ask(f"{api}/artifacts/latest/filter", {})
        }
    log = [line for line in (tmp_path / "second").read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    told_of = [json.loads(line) for line in log]
    assert {(line["source"], line["run"]) for line in told_of if line["event"] == "ingested"} == {
        (source, again) for source in SOURCES
    }
    assert {row["source"]: row["outcome"] for row in shown["ingest"]} == dict.fromkeys(SOURCES, "complete")
    assert [(row["region"], row["sources"], row["complete"]) for row in shown["coverage"]] == [("RU-KHA", 2, 2)]
    with opened(stage.database_url) as engine:
        assert told(engine) == undisturbed


def at(stage: Stage) -> dict[str, str]:
    return {
        "ZAMENA_SOURCES": str(stage.folder / "sources"),
        "ZAMENA_DATA": str(stage.folder / "data"),
        "ZAMENA_DATABASE_URL": stage.database_url,
        "ZAMENA_ALLOW_PRIVATE": "true",
    }


def order(api: str, deployment: str, parameters: dict[str, Any]) -> str:
    """Let a deployment run, as soon as it is there; the run's id."""
    found: list[dict[str, Any]] = []

    def look() -> bool:
        with suppress(HTTPError):
            found.append(ask(f"{api}/deployments/name/{deployment}"))
        return bool(found)

    assert until(look, longest=LONG), deployment
    run = ask(f"{api}/deployments/{found[0]['id']}/create_flow_run", {"parameters": parameters})
    return str(run["id"])


def state(api: str, run: str) -> str:
    return str(ask(f"{api}/flow_runs/{run}")["state"]["type"])


def ask(address: str, content: dict[str, Any] | None = None) -> Any:
    """The server's answer to a GET, or to a POST of the content."""
    data = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)
