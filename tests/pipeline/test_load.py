"""Loading: everything arrives, twice is once, changes become revisions, one bad reading harms no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from nlp.schema import Extraction
from pipeline.load import Failure, load, unread
from pipeline.models import Base, Document, Event, Evidence, ExtractorRun, Revision
from spiders.article import Article
from tests.databases import MakeDatabase, opened
from tests.pipeline.contents import contents
from tests.pipeline.examples import dev_items

ITEMS = dev_items()[:40]
EVENTS = sum(len(extraction.events) for _, extraction in ITEMS)
MONDAY, TUESDAY = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)


def count(engine: Engine, model: type[Base], *where: Any) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_twice_is_once(engine: Engine) -> None:
    first = load(engine, ITEMS, now=lambda: MONDAY)
    before = contents(engine)
    second = load(engine, ITEMS, now=lambda: TUESDAY)
    assert (first.new, first.events["added"], first.failures) == (40, EVENTS, ())
    assert (second.new, second.changed, second.unchanged, second.events) == (0, 0, 40, {})
    assert contents(engine) == before


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_batches_in_any_order_and_one_load_end_alike(kind: str, request: pytest.FixtureRequest) -> None:
    make: MakeDatabase = request.getfixturevalue(f"{kind}_database")
    ends = []
    for items, size in ((ITEMS, 40), (ITEMS[::-1], 15)):
        with opened(make()) as engine:
            for start in range(0, 40, size):
                load(engine, items[start : start + size], now=lambda: MONDAY)
            ends.append({name: rows for name, rows in contents(engine).items() if name != "redirects"})
    assert ends[0] == ends[1]


def test_every_event_shows_its_sentence(engine: Engine) -> None:
    load(engine, ITEMS)
    with engine.connect() as connection:
        rows = connection.execute(
            select(Document.text, Evidence.start, Evidence.stop, Evidence.quotation)
            .join(Event, Event.document_id == Document.id)
            .join(Evidence, (Evidence.event_id == Event.id) & (Evidence.role == "event"))
        ).all()
    assert len(rows) == EVENTS
    assert all(row.text[row.start : row.stop] == row.quotation for row in rows)


def changed(item: tuple[Article, Extraction], insert: str) -> tuple[Article, Extraction]:
    """The release with some words put before its text, and its reading moved accordingly."""
    article, extraction = item
    shift = len(insert)
    events = tuple(
        replace(e, start=e.start + shift, stop=e.stop + shift, trigger=(e.trigger[0] + shift, e.trigger[1] + shift))
        for e in extraction.events
    )
    return article.model_copy(update={"text": insert + article.text, "fetched_at": TUESDAY}), replace(
        extraction, events=events
    )


def test_a_changed_release_becomes_a_revision_and_keeps_its_events(engine: Engine) -> None:
    article, extraction = dev_items()[0]
    item = (article.model_copy(update={"fetched_at": MONDAY}), extraction)
    load(engine, [item])
    ids = event_ids(engine)
    report = load(engine, [changed(item, "Исправлено. ")])
    assert (report.new, report.changed, dict(report.events)) == (0, 1, {"moved": len(extraction.events)})
    assert event_ids(engine) == ids
    assert count(engine, Revision, Revision.text == article.text, Revision.revision == 1) == 1
    assert count(engine, Document, Document.revision == 2) == 1

    late = load(engine, [item])  # the older text, come in late
    assert (late.changed, late.unchanged) == (0, 1)
    assert count(engine, Document, Document.text.startswith("Исправлено")) == 1


def event_ids(engine: Engine) -> Sequence[str]:
    with engine.connect() as connection:
        return connection.scalars(select(Event.id).order_by(Event.id)).all()


def test_one_document_twice_in_a_batch(engine: Engine) -> None:
    item = dev_items()[0]
    report = load(engine, [item, changed(item, "Исправлено. "), item])
    assert (report.new, report.changed) == (1, 2)
    assert count(engine, Revision) == 2


def test_a_bad_reading_harms_no_other(engine: Engine) -> None:
    (bad, extraction), good, (given_up, _) = dev_items()[:3]
    lie = replace(extraction.events[0], quote="этого там нет")
    report = load(
        engine, [(bad, replace(extraction, events=(lie,))), good, (given_up, Failure("given", "out of memory"))]
    )
    assert report.new == 3
    assert [reason[:21] for _, reason in report.failures] == ["quotation is not at 0", "out of memory"] or len(
        report.failures
    ) == 2
    assert count(engine, ExtractorRun, ExtractorRun.outcome == "failed") == 2
    assert count(engine, Event) == len(good[1].events)


def test_what_is_to_be_read(engine: Engine) -> None:
    (known, extraction), (failed, _), (new, _), *_ = dev_items()
    load(engine, [(known, extraction), (failed, Failure("1", "out of memory"))])
    assert unread(engine, [known, failed, new], "1") == [new]
    assert unread(engine, [known, failed, new], "2") == [failed, new]
    assert unread(engine, [known.model_copy(update={"text": "иное"})], "1")
