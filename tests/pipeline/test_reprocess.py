"""Reprocessing: the difference first, nothing read twice, unchanged facts left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from benchmarks.releases import release
from nlp.schema import Extraction
from pipeline.load import Failure, document_id, load
from pipeline.models import Document, Event, ExtractorRun, Official, Revision
from pipeline.reprocess import Text, accept, preview, waiting
from spiders.article import ArchiveRef, Article
from tests.pipeline.contents import contents
from tests.pipeline.examples import dev_items

ITEMS = [item for item in dev_items()[:12] if item[1].events]
BY_ID = {document_id(article): extraction for article, extraction in ITEMS}


class Reader:
    """The next version: misses the last event of the first document, dates the first of the second anew, gives the
    third up, and reads the others as before."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, texts: Sequence[Text]) -> list[Extraction | Failure]:
        self.calls += len(texts)
        return [self.read(text.document_id) for text in texts]

    def read(self, id_: str) -> Extraction | Failure:
        extraction = replace(BY_ID[id_], version="2")
        first, second, third = (document_id(article) for article, _ in ITEMS[:3])
        if id_ == first:
            return replace(extraction, events=extraction.events[:-1])
        if id_ == second:
            return replace(extraction, events=(replace(extraction.events[0], date="2031"), *extraction.events[1:]))
        return Failure("2", "out of memory") if id_ == third else extraction


def events(engine: Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        return {row.id: row for row in connection.execute(select(Event.__table__))}


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    load(engine, ITEMS)
    return engine


def test_preview_then_accept(loaded: Engine, tmp_path: Path) -> None:
    reader, kept = Reader(), tmp_path / "kept.jsonl"
    before, everything = events(loaded), contents(loaded)
    assert waiting(loaded, "2") == len(ITEMS)

    shown = preview(loaded, "2", reader, kept)
    assert contents(loaded) == everything
    kinds = {kind: sum(n for (k, _), n in shown.changes.items() if k == kind) for kind, _ in shown.changes}
    assert kinds == {"gone": 1, "changed": 1}
    assert (shown.documents, shown.failures) == (len(ITEMS), 1)

    accepted = accept(loaded, "2", reader, kept)
    assert accepted == shown
    assert reader.calls == len(ITEMS)  # accepting read nothing again
    assert not kept.exists()
    after = events(loaded)
    assert len(after) == len(before) - 1
    differing = [id_ for id_ in after if after[id_] != before[id_]]
    assert [(after[id_].date, after[id_].version) for id_ in differing] == [("2031", "2")]
    assert waiting(loaded, "2") == 0
    assert accept(loaded, "2", reader, kept).documents == 0


def test_a_torn_line_of_kept_readings_is_read_again(loaded: Engine, tmp_path: Path) -> None:
    reader, kept = Reader(), tmp_path / "kept.jsonl"
    preview(loaded, "2", reader, kept)
    kept.write_bytes(kept.read_bytes()[:-20])
    preview(loaded, "2", reader, kept)
    assert reader.calls == len(ITEMS) + 1


def test_failures_are_remembered(loaded: Engine, tmp_path: Path) -> None:
    accept(loaded, "2", Reader(), tmp_path / "kept.jsonl")
    with loaded.connect() as connection:
        rows = connection.execute(
            select(ExtractorRun.document_id, ExtractorRun.reason).where(ExtractorRun.outcome == "failed")
        ).all()
    assert rows == [(document_id(ITEMS[2][0]), "out of memory")]


def archived(article: Article) -> Article:
    return article.model_copy(update={"archive": ArchiveRef(file="a.warc.gz", offset=0)})


def test_texts_taken_anew_from_their_pages(engine: Engine, tmp_path: Path) -> None:
    """A page that gives another text becomes a revision, its events keep their ids; the others are left alone."""
    load(engine, [(archived(article), extraction) for article, extraction in ITEMS])
    first, extraction = ITEMS[0]
    lead = "Пресс-служба сообщает. "
    moved = tuple(
        replace(
            e, start=e.start + len(lead), stop=e.stop + len(lead), trigger=(e.start + len(lead), e.stop + len(lead))
        )
        for e in extraction.events
    )

    def page(article: Article) -> Article:
        assert article.archive
        if document_id(article) != document_id(first):
            return article
        return article.model_copy(update={"title": "Новый заголовок", "text": lead + first.text})

    def read(texts: Sequence[Text]) -> list[Extraction | Failure]:
        assert [text.text for text in texts] == [lead + first.text]  # the same version: nothing else is to be read
        return [replace(extraction, events=moved)]

    version, kept = extraction.version, tmp_path / "kept.jsonl"
    before, everything = events(engine), contents(engine)
    assert waiting(engine, version) == 0
    assert waiting(engine, version, pages=True) == len(ITEMS)
    shown = preview(engine, version, read, kept, pages=page)
    assert contents(engine) == everything
    assert (shown.documents, shown.texts, {kind for kind, _ in shown.changes}) == (1, 1, {"moved"})
    looked_at: list[int] = []
    assert accept(engine, version, read, kept, looked_at.append, pages=page) == shown
    assert sum(looked_at) == len(ITEMS)
    assert events(engine).keys() == before.keys()
    with engine.connect() as connection:
        rows = connection.execute(select(Document.title, Document.text).where(Document.revision == 2)).all()
        assert rows == [("Новый заголовок", lead + first.text)]
        assert connection.scalars(select(Revision.text)).all() == [first.text]
    assert accept(engine, version, read, kept, pages=page).documents == 0  # as its page gives it: nothing more to do


def test_who_is_named_with_an_office_is_brought_up_to_date_where_no_event_changes(
    engine: Engine, tmp_path: Path
) -> None:
    article, extraction = release(7)
    load(engine, [(article, extraction)])
    people = (replace(extraction.people[0], position="исполняющий обязанности"), *extraction.people[1:])

    def read(texts: Sequence[Text]) -> list[Extraction | Failure]:
        return [replace(extraction, version="2", people=people) for _ in texts]

    assert preview(engine, "2", read, tmp_path / "kept.jsonl").people == 1
    before = events(engine)
    assert not accept(engine, "2", read, tmp_path / "kept.jsonl").changes
    assert events(engine) == before
    with engine.connect() as connection:
        assert "исполняющий обязанности" in connection.scalars(select(Official.position)).all()
