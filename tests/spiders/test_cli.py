"""`zamena sources …` as an operator types it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.settings import settings
from playground.server import Playground, serve


@pytest.fixture
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Playground]:
    """Two played sources are the registry; data goes to a folder of its own."""
    with serve(["kha-telegram", "kha-government"]) as playground:
        playground.write_sources(tmp_path / "sources", delay=0)
        monkeypatch.setenv("ZAMENA_SOURCES", str(tmp_path / "sources"))
        monkeypatch.setenv("ZAMENA_DATA", str(tmp_path / "data"))
        monkeypatch.setenv("ZAMENA_ALLOW_PRIVATE", "true")
        monkeypatch.setenv("COLUMNS", "200")
        settings.cache_clear()
        yield playground
    settings.cache_clear()


def said(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["sources", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_list_and_show(operator: Playground) -> None:
    listed = said("list", "--platform", "telegram")
    assert "kha-telegram" in listed
    assert "kha-government" not in listed
    assert "Asia/Vladivostok" in said("show", "kha-telegram")
    assert "no source is called 'nobody'" in said("show", "nobody", code=2)


def test_check_asks_the_site_itself_only_when_told_to(operator: Playground) -> None:
    assert "2 declarations are in order" in said("check")
    assert not operator.log
    told = said("check", "--live", "kha-telegram")
    assert "as declared kha-telegram: 5 entries listed, 5 articles read" in told
    assert operator.log


def test_check_says_what_is_wrong(operator: Playground, tmp_path: Path) -> None:
    path = tmp_path / "sources" / "RU-KHA.yaml"
    path.write_text(path.read_text().replace("platform: bitrix", "platform: gosweb"), encoding="utf-8")
    told = said("check", "--live", "kha-government", code=1)
    assert "unknown_shape" in told
    assert "no entry of a gosweb list" in told
    path.write_text(path.read_text().replace("platform: gosweb", "platform: geocities"), encoding="utf-8")
    assert "RU-KHA.yaml: kha-government.platform" in said("check", code=2).replace("\n", "").replace("│ │", "")


def test_new_declares_a_source(operator: Playground) -> None:
    options = {
        "--region": "RU-KHA",
        "--body": "ministry_economy",
        "--name": "Министерство экономики",
        "--platform": "plain",
        "--homepage": "https://economy.example.org",
        "--list": "https://economy.example.org/news/",
    }
    words = [word for option in options.items() for word in option]
    assert "Declared in" in said("new", "kha-economy", *words)
    assert "kha-economy" in said("list")
    said("new", "kha-economy", *words, code=2)


def test_status_of_what_was_never_crawled(operator: Playground) -> None:
    assert said("status").count("never crawled") == 2
