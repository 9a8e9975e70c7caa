"""The log: a JSON object a line, with the ids of run and source; lines of Prefect and others in the same form."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from flows import logs
from pipeline.settings import Settings


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.CaptureFixture[str]]:
    root = logging.getLogger()
    before, levels = list(root.handlers), {name: logging.getLogger(name).level for name in logs.OURS}
    yield capsys
    root.handlers = before
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_lines_bear_the_ids(lines: pytest.CaptureFixture[str]) -> None:
    logs.setup()
    with logs.run_named() as run, structlog.contextvars.bound_contextvars(source="kha-government"):
        logs.logger("flows.steps").warning("document not read", document="4db0", reason="died")
        logging.getLogger("pipeline.load").info("said by the %s", "library's own logging")
        logging.getLogger("prefect.flow_runs").warning("late", extra={"flow_run_id": "abc"})
    logs.logger("flows.steps").info("outside")
    ours, plain, prefect, outside = logged(lines)
    assert (
        ours.items()
        >= {
            "run": run,
            "source": "kha-government",
            "document": "4db0",
            "event": "document not read",
            "level": "warning",
            "logger": "flows.steps",
        }.items()
    )
    assert plain.items() >= {"run": run, "event": "said by the library's own logging"}.items()
    assert prefect.items() >= {"run": run, "flow_run_id": "abc", "event": "late"}.items()
    assert "run" not in outside
    assert all(str(line["timestamp"]).endswith("Z") for line in (ours, plain, prefect, outside))


def test_a_traceback_stays_within_its_line(lines: pytest.CaptureFixture[str]) -> None:
    logs.setup()
    try:
        raise ValueError("амба")
    except ValueError:
        logs.logger("flows.steps").exception("not ingested")
    (line,) = logged(lines)
    assert "ValueError: амба" in str(line["exception"])


def test_for_people_where_it_is_wanted(lines: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "settings", lambda: Settings(log="text"))
    logs.setup(logging.WARNING)
    logs.logger("flows.steps").info("not told")
    logs.logger("flows.steps").warning("told", source="kha-government")
    said = lines.readouterr().err
    assert "told" in said
    assert "not told" not in said
    assert not said.startswith("{")
