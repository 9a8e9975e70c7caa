"""Poisoned documents: what kills, holds or upsets the reader, or what the database refuses, is told and left."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import nlp
from flows import documents, ingest, loading, reader, reading, tables
from flows.reader import Reader, ReaderError
from flows.steps import Window
from pipeline.load import Failure, Item, LoadReport, load
from pipeline.models import Crawl, Document, Event, ExtractorRun, Page, RejectedLine
from pipeline.settings import Settings
from playground import Playground
from tests.databases import MakeDatabase, opened
from tests.faults import poison
from tests.faults.conftest import MakeStage

GOOD = "Хартия подписана\n\nВ Твери 3 марта 2025 года подписана хартия промышленной кооперации № {}."


@pytest.fixture
def settings(tmp_path: Path, postgresql_database: MakeDatabase) -> Settings:
    return Settings(data=tmp_path / "data", database_url=postgresql_database(), contact="test@example.org")


def given(folder: Path, *texts: str) -> Path:
    file = folder / "given.jsonl"
    lines = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_document_that_kills_the_reader_is_given_up_and_the_others_are_read(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "Reader", partial(Reader, poison.read))
    monkeypatch.setattr(reader, "PATIENCE", 8.0)
    monkeypatch.setattr(reader, "PATIENCE_ALONE", 2.0)
    file = given(tmp_path, GOOD.format(1), poison.KILLS, GOOD.format(2), poison.HOLDS, GOOD.format(3))
    result = documents.ingest_documents(file, None, settings)
    reasons = [reason for _, reason in result.load.failures]
    assert reasons == [
        "the reading process died with exit code -11",
        "the reading took longer than 2 s",
    ]
    with opened(settings.database) as engine, engine.connect() as connection:
        assert len(connection.scalars(select(Document.id)).all()) == 5, "what cannot be read is kept all the same"
        assert len(connection.scalars(select(Event.id)).all()) == 3
        failed = select(ExtractorRun.reason).where(ExtractorRun.outcome == "failed")
        assert set(connection.scalars(failed)) == set(reasons)
    again = documents.ingest_documents(file, None, settings)
    assert again.load.failures == (), "that version of the extractor does not try them again"


def test_a_document_that_upsets_the_reader_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp, "extract_many", poison.upset)
    monkeypatch.setattr(nlp, "extract", lambda one: poison.upset([one])[0])
    first, second, third = reader.read([nlp.Document("раз"), nlp.Document(poison.UPSETS), nlp.Document("два")])
    assert isinstance(second, Failure)
    assert second.reason == "RecursionError: maximum recursion depth exceeded"
    assert isinstance(first, nlp.Extraction)
    assert isinstance(third, nlp.Extraction)


def test_a_reader_that_does_not_start_blames_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "READY", 0.01)  # no process is as quick as that
    with Reader() as one, pytest.raises(ReaderError):
        one.read([nlp.Document("Ни в чём не повинный текст")])


def test_a_release_that_the_database_refuses_is_kept_as_a_rejected_line(
    make_stage: MakeStage, sites: Playground, postgresql_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_stage(postgresql_database())
    monkeypatch.setenv("ZAMENA_SOURCES", str(stage.folder / "sources"))
    (source,) = ingest.chosen(ids=["kha-telegram"])
    bad = next(truth.url for truth in sites.truth() if truth.source == source.id)

    def refuses(engine: Any, batch: list[Item], **how: Any) -> LoadReport:
        if any(article.url == bad for article, _ in batch):
            raise ValueError("what a defect in the loader says")
        return load(engine, batch, **how)

    with monkeypatch.context() as patch:
        patch.setattr(loading, "load", refuses)
        (result,) = ingest.run([source], Window(), stage.settings)
    releases = sum(truth.source == source.id for truth in sites.truth())
    assert (result.crawl.outcome, result.load.new) == ("complete", releases - 1)
    assert [reason for _, reason in result.load.failures] == ["ValueError: what a defect in the loader says"]
    assert tables.sources([result])[0]["unreadable"] == 1
    with opened(stage.database_url) as engine, engine.connect() as connection:
        (line,) = connection.execute(select(RejectedLine.file, RejectedLine.content, RejectedLine.reason))
        assert json.loads(line.content)["url"] == bad
        assert line.reason == "ValueError: what a defect in the loader says"
        assert bad not in connection.scalars(select(Page.url)).all(), "a page not taken is not known: it is asked again"
        assert connection.scalar(select(Crawl.outcome)) == "complete"

    (healed,) = ingest.run([source], Window(until=None, since=min(_days(sites))), stage.settings)
    assert healed.load.new == 1, "once the defect is mended, a look back takes it in"


def _days(sites: Playground) -> list[Any]:
    return [truth.published_on for truth in sites.truth() if truth.published_on]
