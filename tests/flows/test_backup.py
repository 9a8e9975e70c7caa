"""Backup and restore as docs/operating.md has them: what is restored is what was, and work goes on there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from flows.documents import ingest_documents
from pipeline.cli import app
from pipeline.models import Document
from pipeline.settings import settings
from spiders.archive import read
from spiders.article import ArchiveRef
from tests.databases import MakeDatabase, opened
from tests.pipeline.contents import contents

TEXT = "Хартия подписана\n\nВ Твери 3 марта 2025 года подписана хартия промышленной кооперации № {}."


def zamena(*command: str) -> str:
    result = CliRunner().invoke(app, list(command))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_backed_up_and_restored(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    make: MakeDatabase = request.getfixturevalue(f"{engine}_database")
    before, restored, data, kept = make(), make(), tmp_path / "data", tmp_path / "backup"
    for name, value in {"ZAMENA_DATA": str(data), "ZAMENA_DATABASE_URL": before}.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    request.addfinalizer(settings.cache_clear)
    documents = tmp_path / "given.jsonl"
    lines = [f'{{"id": "{n}", "text": "{TEXT.format(n)}"}}'.replace("\n", "\\n") for n in range(3)]
    documents.write_text("\n".join(lines), encoding="utf-8")
    ingest_documents(documents, None, settings())
    with opened(before) as was:
        expected = contents(was)
    assert len(expected["events"]) == 3

    zamena("copy-database", f"sqlite:///{kept / 'zamena.db'}")
    shutil.copytree(data / "archive", kept / "archive")
    shutil.rmtree(data)  # the disaster

    shutil.copytree(kept / "archive", data / "archive")
    zamena("copy-database", "--from", f"sqlite:///{kept / 'zamena.db'}", restored)
    monkeypatch.setenv("ZAMENA_DATABASE_URL", restored)
    settings.cache_clear()
    with opened(restored) as now, now.connect() as connection:
        assert contents(now) == expected
        for file, offset in connection.execute(select(Document.archive_file, Document.archive_offset)):
            record = read(data / "archive", ArchiveRef(file=file, offset=offset))
            assert "хартия" in record.body.decode(), "what each fact was read from is there"
    assert "3 documents" in zamena("status")
    again = ingest_documents(documents, None, settings()).load
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
