"""The analysts' page is true: its queries, exports, requests and code run as they stand there, and find something."""

from __future__ import annotations

import asyncio
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.load import load
from pipeline.settings import settings
from pipeline.views import views
from tests.databases import MakeDatabase, opened
from tests.pipeline.examples import linking_items
from web.app import create_app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "analysts.md").read_text(encoding="utf-8")
BLOCKS = {kind: re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL) for kind in ("sh", "python")}
LINES = [shlex.split(line, comments=True) for block in BLOCKS["sh"] for line in block.splitlines()]


@pytest.fixture(scope="module")
def folder(sqlite_database: MakeDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where an analyst works: with the demonstration's data folder and our web/."""
    folder = tmp_path_factory.mktemp("analyst")
    url = sqlite_database()
    with opened(url) as engine:
        load(engine, linking_items())
    (folder / "data").mkdir()
    (folder / "data" / "zamena.db").symlink_to(url.removeprefix("sqlite:///"))
    (folder / "web").symlink_to(ROOT / "web")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("ZAMENA_DATABASE_URL", url)
        patch.setenv("COLUMNS", "300")
        settings.cache_clear()
        for line in LINES:
            if line[:2] == ["zamena", "export"]:
                assert CliRunner().invoke(app, line[1:]).exit_code == 0
        yield folder
    settings.cache_clear()


def test_the_page_has_an_example_of_each_way() -> None:
    said = [line[0:2] for line in LINES]
    assert said.count(["zamena", "query"]) >= 5
    assert said.count(["zamena", "export"]) >= 5
    assert sum(line[0] == "curl" for line in LINES) >= 3
    assert len(BLOCKS["python"]) == 2


@pytest.mark.parametrize("line", [line for line in LINES if line[:2] == ["zamena", "query"]], ids=lambda line: line[-1])
def test_queries_find_something(folder: Path, line: list[str]) -> None:
    result = CliRunner().invoke(app, line[1:])
    assert result.exit_code == 0, result.output
    rows = len(result.output.splitlines()) - 1 if "--csv" in line else int(re.findall(r"(\d+) rows", result.output)[-1])
    assert rows > 0


@pytest.mark.parametrize("line", [line for line in LINES if line[0] == "curl"], ids=lambda line: line[-1])
def test_requests_find_something(folder: Path, line: list[str]) -> None:
    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(settings()))) as client:
            return await client.get(line[-1])

    answer = asyncio.run(ask())
    assert answer.status_code == 200
    assert answer.json()["items"]


def test_the_code(folder: Path) -> None:
    files, notebook = BLOCKS["python"]
    names: dict[str, Any] = {}
    exec(compile(files, "docs/analysts.md", "exec"), names)
    assert len(names["done"]) > 3
    assert {34, 112, 231} <= set(names["counts"]["value"])
    exec(compile(notebook, "docs/analysts.md", "exec"), names)
    names["engine"].dispose()
    assert {34, 112, 231} <= set(names["counts"]["value"])
    assert len(names["regions"]) == 83
    assert (folder / "growth.html").stat().st_size > 1000


def test_every_view_is_introduced() -> None:
    assert all(f"| `{view.name}` |" in PAGE for view in views())
