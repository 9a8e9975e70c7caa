"""The commands on the database, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.load import load
from pipeline.models import Document, Event, Initiative
from pipeline.settings import settings
from tests.databases import MakeDatabase, opened
from tests.pipeline.examples import linking_items


@pytest.fixture
def database(sqlite_database: MakeDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = sqlite_database()
    with opened(url) as engine:
        load(engine, linking_items()[:20])
    monkeypatch.setenv("ZAMENA_DATABASE_URL", url)
    monkeypatch.setenv("ZAMENA_DATA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    settings.cache_clear()
    return url


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def first(url: str, column: object) -> str:
    with opened(url) as engine, engine.connect() as connection:
        return str(connection.scalars(select(column).order_by(column)).first())  # type: ignore[call-overload]


def test_report(database: str) -> None:
    result = run("report", "--region", "RU-OMS")
    assert result.exit_code == 0
    assert "Омская область" in result.output
    assert "zamena why" in result.output
    assert database in result.output.replace("\n", "")


def test_query_shows_rows_and_writes_nothing(database: str) -> None:
    assert "20" in run("query", "SELECT COUNT(*) AS n FROM documents").output
    codes = run("query", "--csv", "SELECT code FROM regions WHERE code LIKE 'RU-A%' ORDER BY 1").output
    assert codes.splitlines()[:3] == ["code", "RU-AD", "RU-AL"]
    refused = run("query", "DELETE FROM events")
    assert refused.exit_code == 2
    assert "readonly" in refused.output
    assert run("query", "SELECT nothing").exit_code == 2
    assert run("query", "SELECT '12:30' AS hour").output.count("12:30") == 1


def test_export(database: str, tmp_path: Path) -> None:
    result = run("export", "--format", "jsonl", str(tmp_path / "out"))
    assert result.exit_code == 0
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["name"]: resource["rows"] for resource in described["resources"]}["documents"] == 20


def test_why(database: str) -> None:
    id_ = first(database, Initiative.id)
    result = run("why", id_[:8])
    assert result.exit_code == 0
    assert id_ in result.output
    assert run("why", "ffffffff-no").exit_code == 2


def test_review_goes_and_comes_back(database: str) -> None:
    event = first(database, Event.id)
    decision = run("review", "edit", event, "--set", "date=2019-05", "--reason", "так в документе", "--by", "Анна")
    assert decision.exit_code == 0
    assert "так в документе" in run("review", "list", "--decided").output
    assert "2019-05" in run("query", f"SELECT date FROM events WHERE id = '{event}'").output
    assert run("review", "undo", decision.output.strip(), "--reason", "ошибка").exit_code == 0
    assert "Nothing." in run("review", "list", "--decided").output
    assert run("review", "edit", event, "--set", "status=maybe", "--reason", "?").exit_code == 2
    assert run("review", "list").exit_code == 0


def test_reprocess_with_the_real_extractor(database: str) -> None:
    shown = run("reprocess")
    assert shown.exit_code == 0
    assert "20 documents read, 0 given up" in shown.output
    assert "Nothing was changed" in shown.output
    accepted = run("reprocess", "--accept")
    assert accepted.exit_code == 0
    assert "nothing to do" in run("reprocess").output


def test_reprocess_takes_texts_anew_from_the_archive(database: str, tmp_path: Path) -> None:
    """As if a former extraction had left the menu in the text."""
    body = " ".join(["Сегодня глава региона подписал хартию технологического суверенитета."] * 5)
    html = (
        f"<html><body><nav>Главная Новости</nav><article><h1>Подписана хартия</h1><p>{body}</p></article></body></html>"
    )
    page = {"id": "page-1", "url": "https://example.org/1", "published": "2026-03-02", "html": html}
    (tmp_path / "page.jsonl").write_text(json.dumps(page) + "\n", encoding="utf-8")
    assert run("ingest", "--documents", str(tmp_path / "page.jsonl")).exit_code == 0
    run("reprocess", "--accept")
    with opened(database) as engine, engine.begin() as connection:
        menu = {"text": "Главная Новости\n\n" + Document.text, "fingerprint": "of the former text"}
        connection.execute(update(Document).where(Document.external_id == "page-1").values(menu))
    shown = run("reprocess", "--pages")
    assert "1 have another text" in shown.output
    assert run("reprocess", "--pages", "--accept").exit_code == 0
    asked = "SELECT revision, text FROM documents WHERE external_id = 'page-1'"
    row = run("query", "--csv", asked).output
    assert "Главная" not in row
    assert ",Подписана хартия" in row.replace('"', "")
    assert "0 have another text" in run("reprocess", "--pages").output
