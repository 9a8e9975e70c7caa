"""The analysts' example runs as it stands in the docs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.load import load
from pipeline.views import views
from tests.databases import MakeDatabase, opened
from tests.pipeline.examples import linking_items

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "analysts.md").read_text(encoding="utf-8")


def test_the_notebook_example(sqlite_database: MakeDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = sqlite_database()
    with opened(url) as engine:
        load(engine, linking_items())
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "zamena.db").symlink_to(url.removeprefix("sqlite:///"))
    (tmp_path / "web").symlink_to(ROOT / "web")
    monkeypatch.chdir(tmp_path)
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/analysts.md", "exec"), names)
    names["engine"].dispose()
    assert {34, 112, 231} <= set(names["counts"]["value"])
    assert len(names["regions"]) == 83
    assert (tmp_path / "growth.html").stat().st_size > 1000


def test_every_view_is_introduced() -> None:
    assert all(f"| `{view.name}` |" in PAGE for view in views())
