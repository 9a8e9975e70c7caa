"""Reading again what is known, with another version of the extractor: first the difference, then, if wanted, for good.

The reader is handed in, since this room knows none. Readings are kept in a file until they are accepted, so that
accepting a preview, or going on after a kill, reads nothing twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Engine, and_, exists, func, select

from nlp.schema import Extraction
from pipeline import readings
from pipeline.assign import assign, forget
from pipeline.database import insert_all, lock
from pipeline.kept import KeptReadings
from pipeline.load import Failure, checked, run_row
from pipeline.models import Document, ExtractorRun
from pipeline.readings import Change, DocumentReading

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


Reader = Callable[[Sequence[Text]], Sequence[Extraction | Failure]]
Batch = list[tuple[Text, Extraction | Failure]]


@dataclass(slots=True)
class Difference:
    """Changes by kind and event type, some of them as examples; documents compared; those the reader gave up."""

    documents: int = 0
    failures: int = 0
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[Change]] = field(default_factory=dict)

    def add(self, batch: Batch, changes: Sequence[Change]) -> None:
        self.documents += len(batch)
        self.failures += sum(isinstance(outcome, Failure) for _, outcome in batch)
        for change in changes:
            reading = change.after or change.before or {}
            key = (change.kind, str(reading.get("type")))
            if change.kind != "same":
                self.changes[key] += 1
                if len(self.examples.setdefault(key, [])) < EXAMPLES:
                    self.examples[key].append(change)


def waiting(engine: Engine, version: str) -> int:
    """Number of documents that this version of the extractor has not read."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Document).where(_unread(version))) or 0


def preview(
    engine: Engine, version: str, read: Reader, kept: Path, on_batch: Callable[[int], None] = lambda _: None
) -> Difference:
    """What accepting this version would change. Nothing but the file of kept readings is written."""
    difference = Difference()
    with closing(KeptReadings(kept)) as file:
        for batch in _batches(engine, version, read, file):
            with engine.connect() as connection:
                difference.add(batch, readings.plan(connection, _successes(batch)).changes)
            on_batch(len(batch))
    return difference


def accept(
    engine: Engine, version: str, read: Reader, kept: Path, on_batch: Callable[[int], None] = lambda _: None
) -> Difference:
    """Make this version's readings those of the database, a batch a transaction. Unchanged facts keep their rows."""
    difference = Difference()
    with closing(KeptReadings(kept)) as file:
        for batch in _batches(engine, version, read, file):
            difference.add(batch, _store(engine, batch))
            on_batch(len(batch))
    kept.unlink()
    return difference


def _batches(engine: Engine, version: str, read: Reader, file: KeptReadings) -> Iterator[Batch]:
    """The documents that this version has not read, in the order of ids, with their readings."""
    after = ""
    while texts := _texts(engine, version, after):
        known = {t.document_id: file.get(t.document_id, t.fingerprint, version) for t in texts}
        missing = [t for t in texts if known[t.document_id] is None]
        for text, outcome in zip(missing, read(missing) if missing else (), strict=True):
            known[text.document_id] = good = checked(outcome, text.text)
            file.put(text.document_id, text.fingerprint, good)
        yield [(text, found) for text in texts if (found := known[text.document_id]) is not None]
        after = texts[-1].document_id


def _texts(engine: Engine, version: str, after: str) -> list[Text]:
    query = (
        select(Document.id, Document.fingerprint, Document.text, Document.published_on, Document.region, Document.url)
        .where(Document.id > after, _unread(version))
        .order_by(Document.id)
        .limit(BATCH)
    )
    with engine.connect() as connection:
        return [Text(*row) for row in connection.execute(query)]


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


def _store(engine: Engine, batch: Batch) -> list[Change]:
    """Write a batch; documents that changed since they were read are left to their loader."""
    with engine.begin() as connection:
        lock(connection)
        ids = [text.document_id for text, _ in batch]
        now = {
            (row.id, row.fingerprint)
            for row in connection.execute(select(Document.id, Document.fingerprint).where(Document.id.in_(ids)))
        }
        batch = [(text, outcome) for text, outcome in batch if (text.document_id, text.fingerprint) in now]
        moment = datetime.now(UTC)
        insert_all(
            connection,
            ExtractorRun,
            [run_row(text.document_id, text.fingerprint, outcome, moment) for text, outcome in batch],
        )
        found = _successes(batch)
        changes = readings.plan(connection, found).changes
        differing = {c.document_id for c in changes if c.kind != "same"}
        touched = [reading for reading in found if reading.document_id in differing]
        forgotten = forget(connection, sorted(differing))
        readings.store(connection, touched)
        assign(connection, sorted(differing), forgotten)
    return changes
