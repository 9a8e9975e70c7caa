"""Reading again what is known, with another version of the extractor: first the difference, then, if wanted, for good.

With a page reader, texts too are taken anew from the archived pages; one that differs becomes a revision. Both readers
are handed in, since this room knows none. Readings are kept in a file until they are accepted, so that accepting a
preview, or going on after a kill, reads nothing twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, exists, func, select

from nlp.schema import Extraction
from pipeline import readings
from pipeline.assign import assign, forget
from pipeline.database import insert_all, lock
from pipeline.kept import KeptReadings
from pipeline.load import Failure, checked, run_row, store
from pipeline.models import Document, ExtractorRun
from pipeline.readings import Change, DocumentReading, Plan
from spiders.article import ArchiveRef, Article

BATCH = 64  # documents a transaction
EXAMPLES = 3  # of each kind of change, kept to be shown


@dataclass(frozen=True, slots=True)
class Text:
    """A document as the reader is given it."""

    document_id: str
    fingerprint: str
    text: str
    published: date | None
    source_region: str | None
    url: str | None
    article: Article | None = None  # where its archived page gives another text now: the document with that text


Reader = Callable[[Sequence[Text]], Sequence[Extraction | Failure]]
PageReader = Callable[[Article], Article]  # a document with the title and text that its archived page gives now
Batch = list[tuple[Text, Extraction | Failure]]


@dataclass(slots=True)
class Difference:
    """Changes by kind and event type, some of them as examples; documents compared; those the reader gave up.

    `texts`: documents whose archived page gives another text; `people`: those that name others with an office.
    """

    documents: int = 0
    failures: int = 0
    texts: int = 0
    people: int = 0
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[Change]] = field(default_factory=dict)

    def add(self, batch: Batch, planned: Plan) -> None:
        self.documents += len(batch)
        self.failures += sum(isinstance(outcome, Failure) for _, outcome in batch)
        self.texts += sum(text.article is not None for text, _ in batch)
        self.people += len(planned.people)
        for change in planned.changes:
            reading = change.after or change.before or {}
            key = (change.kind, str(reading.get("type")))
            if change.kind != "same":
                self.changes[key] += 1
                if len(self.examples.setdefault(key, [])) < EXAMPLES:
                    self.examples[key].append(change)


def waiting(engine: Engine, version: str, *, pages: bool = False) -> int:
    """Number of documents that this version of the extractor has not read; with `pages` of all documents."""
    query = select(func.count()).select_from(Document)
    with engine.connect() as connection:
        return connection.scalar(query if pages else query.where(_unread(version))) or 0


def preview(
    engine: Engine,
    version: str,
    read: Reader,
    kept: Path,
    on_batch: Callable[[int], None] = lambda _: None,
    pages: PageReader | None = None,
) -> Difference:
    """What accepting this version would change. Nothing but the file of kept readings is written."""
    difference = Difference()
    with closing(KeptReadings(kept)) as file:
        for looked_at, batch in _batches(engine, version, read, file, pages):
            with engine.connect() as connection:
                difference.add(batch, readings.plan(connection, _successes(batch)))
            on_batch(looked_at)
    return difference


def accept(
    engine: Engine,
    version: str,
    read: Reader,
    kept: Path,
    on_batch: Callable[[int], None] = lambda _: None,
    pages: PageReader | None = None,
) -> Difference:
    """Make this version's readings those of the database, a batch a transaction. Unchanged facts keep their rows."""
    difference = Difference()
    with closing(KeptReadings(kept)) as file:
        for looked_at, batch in _batches(engine, version, read, file, pages):
            difference.add(batch, _store(engine, batch))
            on_batch(looked_at)
    kept.unlink()
    return difference


def _batches(
    engine: Engine, version: str, read: Reader, file: KeptReadings, pages: PageReader | None
) -> Iterator[tuple[int, Batch]]:
    """In the order of ids: number of documents looked at, and those whose text this version has not read."""
    after = ""
    while documents := _documents(engine, version, after, every=pages is not None):
        texts = [text for document in documents if (text := _text(document, pages))]
        known = {t.document_id: file.get(t.document_id, t.fingerprint, version) for t in texts}
        missing = [t for t in texts if known[t.document_id] is None]
        for text, outcome in zip(missing, read(missing) if missing else (), strict=True):
            known[text.document_id] = good = checked(outcome, text.text)
            file.put(text.document_id, text.fingerprint, good)
        yield len(documents), [(text, found) for text in texts if (found := known[text.document_id]) is not None]
        after = documents[-1].id


def _documents(engine: Engine, version: str, after: str, *, every: bool) -> Sequence[Any]:
    """The next documents, with whether this version is yet to read them: of all, or of those that it is to read."""
    unread = _unread(version)
    query = select(Document.__table__, unread.label("unread")).where(Document.id > after)
    with engine.connect() as connection:
        return connection.execute((query if every else query.where(unread)).order_by(Document.id).limit(BATCH)).all()


def _text(document: Any, pages: PageReader | None) -> Text | None:
    """What is to be read of a document, if anything."""
    article = _again(document, pages) if pages and document.archive_file else None
    if article is None and not document.unread:
        return None
    text, fingerprint = (article.text, article.fingerprint) if article else (document.text, document.fingerprint)
    return Text(document.id, fingerprint, text, document.published_on, document.region, document.url, article)


def _again(document: Any, pages: PageReader) -> Article | None:
    """A document with the text that its page gives now, where that is another."""
    stored = Article(
        source=document.source_id,
        external_id=document.external_id,
        url=document.url,
        title=document.title,
        text=document.text,
        author=document.author,
        source_region=document.region,
        published_on=document.published_on,
        published_at=document.published_at,
        date_source=document.date_source,
        date_precision=document.date_precision,
        fetched_at=document.fetched_at,
        archive=ArchiveRef(file=document.archive_file, offset=document.archive_offset),
    )
    article = pages(stored)
    return article if article.fingerprint != document.fingerprint else None


def _unread(version: str) -> ColumnElement[bool]:
    done = and_(
        ExtractorRun.document_id == Document.id,
        ExtractorRun.fingerprint == Document.fingerprint,
        ExtractorRun.version == version,
    )
    return ~exists().where(done)


def _successes(batch: Batch) -> list[DocumentReading]:
    return [
        DocumentReading(text.document_id, text.text, outcome)
        for text, outcome in batch
        if isinstance(outcome, Extraction)
    ]


def _store(engine: Engine, batch: Batch) -> Plan:
    """Write a batch; documents that changed since they were read are left to their loader."""
    with engine.begin() as connection:
        lock(connection)
        ids = [text.document_id for text, _ in batch]
        known = select(Document.id, Document.fingerprint).where(Document.id.in_(ids))
        now = {row.id: row.fingerprint for row in connection.execute(known)}
        planned = readings.plan(connection, _successes(batch))
        batch = [(t, outcome) for t, outcome in batch if t.article or now.get(t.document_id) == t.fingerprint]
        store(connection, [(t.article, outcome) for t, outcome in batch if t.article], datetime.now(UTC))
        batch = [(t, outcome) for t, outcome in batch if not t.article]
        moment = datetime.now(UTC)
        insert_all(
            connection, ExtractorRun, [run_row(t.document_id, t.fingerprint, outcome, moment) for t, outcome in batch]
        )
        differing = {c.document_id for c in planned.changes if c.kind != "same"} | planned.people
        touched = [reading for reading in _successes(batch) if reading.document_id in differing]
        ids = sorted(reading.document_id for reading in touched)
        if touched:
            forgotten = forget(connection, ids)
            readings.store(connection, touched)
            assign(connection, ids, forgotten)
    return planned
