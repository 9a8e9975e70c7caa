"""Taking releases in: documents with their revisions, what was read from them, and what that means across documents.

`load` does a batch in one transaction. Doing it again, or again after being killed, changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from nlp.schema import Extraction
from pipeline import facts, readings
from pipeline.assign import assign, forget
from pipeline.database import MOST_PARAMETERS, chunks, delete_where, insert_all, lock, optimise, upsert
from pipeline.lemmas import lemmatise, search_number
from pipeline.models import Document, ExtractorRun, Lemmas, Revision, Source, stable_id
from pipeline.readings import DocumentReading
from spiders.article import Article


@dataclass(frozen=True, slots=True)
class Failure:
    """A release on which the reader gave up; it is kept, marked, and not tried again by that version."""

    version: str
    reason: str


Item = tuple[Article, Extraction | Failure | None]  # None: not read this time


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: numbers of documents, of events by change, and the readings that failed (id, reason)."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    events: Counter[str] = field(default_factory=Counter)  # added, changed, moved, gone
    failures: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: LoadReport) -> LoadReport:
        return LoadReport(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.events + other.events,
            self.failures + other.failures,
        )


def document_id(article: Article) -> str:
    """Made from the id a document was given within its source, else from its address, else from its text."""
    if article.external_id is not None:
        return stable_id("document", article.source, article.external_id)
    if article.url is not None:
        return stable_id("document", article.url)
    return stable_id("document", article.source, None, article.fingerprint)


def unread(engine: Engine, articles: Iterable[Article], version: str) -> list[Article]:
    """Those of the articles that are to be read: new, changed, or given up by another version of the extractor."""
    out = []
    now = datetime.now(UTC)
    with engine.connect() as connection:
        for chunk in chunks(articles, 1000):
            ids = [document_id(a) for a in chunk]
            known = {row.id: row for row in _known(connection, ids)}
            runs = connection.execute(
                select(ExtractorRun.document_id, ExtractorRun.fingerprint).where(
                    ExtractorRun.document_id.in_(ids),
                    (ExtractorRun.outcome != "failed") | (ExtractorRun.version == version),
                )
            )
            done = {tuple(row) for row in runs}
            out += [
                a
                for id_, a in zip(ids, chunk, strict=True)
                if id_ not in known
                or _verdict(a, known[id_], now) == "changed"
                or (_verdict(a, known[id_], now) == "unchanged" and (id_, a.fingerprint) not in done)
            ]
    return out


def load(
    engine: Engine,
    batch: Iterable[Item],
    *,
    lemmatise: Callable[[str], str] = lemmatise,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> LoadReport:
    """Store a batch in one transaction: all of it or nothing.

    A document is known by `document_id`; another text or date of publication under a known id is a revision, an
    older one is passed over. A reading is known by document, fingerprint and extractor version. A reading that
    cannot be true of its text (facts.checked) counts as failed and harms no other.
    """
    with engine.begin() as connection:
        lock(connection)
        report = store(connection, batch, now(), lemmatise)
    optimise(engine)
    return report


def store(
    connection: Connection, batch: Iterable[Item], now: datetime, lemmatise: Callable[[str], str] = lemmatise
) -> LoadReport:
    """As `load`, within a transaction that holds the lock."""
    report = LoadReport()
    for wave in _waves(batch):
        report += _load(connection, wave, lemmatise, now)
    return report


def _waves(batch: Iterable[Item]) -> Iterator[dict[str, Item]]:
    """The batch by document id; a document that comes twice comes in a later wave."""
    wave: dict[str, Item] = {}
    for item in batch:
        id_ = document_id(item[0])
        if id_ in wave:
            yield wave
            wave = {}
        wave[id_] = item
    if wave:
        yield wave


def _load(connection: Connection, wave: dict[str, Item], lemmatise: Callable[[str], str], now: datetime) -> LoadReport:
    known = {row.id: row for row in _known(connection, list(wave))}
    verdicts = {id_: _verdict(item[0], known.get(id_), now) for id_, item in wave.items()}
    changed = [id_ for id_, verdict in verdicts.items() if verdict == "changed"]

    runs, to_store, failures = _runs(connection, wave, verdicts, now)
    forgotten = forget(connection, [r.document_id for r in to_store if r.document_id in known])
    _store_documents(connection, wave, verdicts, known, now)
    _store_lemmas(connection, wave, verdicts, lemmatise)
    insert_all(connection, ExtractorRun, runs)
    changes = readings.store(connection, to_store)
    assign(connection, [r.document_id for r in to_store], forgotten)

    return LoadReport(
        new=sum(v == "new" for v in verdicts.values()),
        changed=len(changed),
        unchanged=sum(v in ("unchanged", "older") for v in verdicts.values()),
        events=Counter(c.kind for c in changes),
        failures=tuple(failures),
    )


def _known(connection: Connection, ids: Sequence[str]) -> Iterator[Any]:
    for some in chunks(ids, MOST_PARAMETERS):
        yield from connection.execute(
            select(
                Document.id, Document.fingerprint, Document.published_on, Document.fetched_at, Document.revision
            ).where(Document.id.in_(some))
        )


def _verdict(article: Article, known: Any, now: datetime) -> str:
    if known is None:
        return "new"
    same_day = article.published_on in (None, known.published_on)
    if article.fingerprint == known.fingerprint and same_day:
        return "unchanged"
    if article.fetched_at and known.fetched_at and article.fetched_at < known.fetched_at <= now:
        return "older"  # a text fetched in the future was fetched by a wrong clock: it tells no order
    return "changed"


def _runs(
    connection: Connection, wave: dict[str, Item], verdicts: dict[str, str], now: datetime
) -> tuple[list[dict[str, Any]], list[DocumentReading], list[tuple[str, str]]]:
    """The readings not known yet: their rows, those to be stored, and those that failed."""
    rows = {}
    outcomes: dict[str, Extraction | Failure] = {}
    for id_, (article, extraction) in wave.items():
        if extraction is None or verdicts[id_] == "older":
            continue
        outcomes[id_] = checked(extraction, article.text)
        rows[id_] = run_row(id_, article.fingerprint, outcomes[id_], now)
    done: set[str] = set()
    for ids in chunks([r["id"] for r in rows.values()], MOST_PARAMETERS):
        done.update(connection.scalars(select(ExtractorRun.id).where(ExtractorRun.id.in_(ids))))
    fresh = {id_ for id_, row in rows.items() if row["id"] not in done}
    to_store, failures = [], []
    for id_ in rows:
        outcome = outcomes[id_]
        if isinstance(outcome, Failure):
            if id_ in fresh:
                failures.append((id_, outcome.reason))
        elif id_ in fresh or verdicts[id_] == "changed":  # an old text come back, or another date of publication
            to_store.append(DocumentReading(id_, wave[id_][0].text, outcome))
    return [rows[id_] for id_ in rows if id_ in fresh], to_store, failures


def checked(extraction: Extraction | Failure, text: str) -> Extraction | Failure:
    """The extraction, or a failure where it cannot be true of the text."""
    if isinstance(extraction, Failure):
        return extraction
    try:
        return facts.checked(extraction, text)
    except facts.BadReadingError as error:
        return Failure(extraction.version, str(error))


def run_row(document_id: str, fingerprint: str, outcome: Extraction | Failure, now: datetime) -> dict[str, Any]:
    """The row that remembers a reading."""
    if isinstance(outcome, Failure):
        verdict, reason = "failed", str(outcome.reason)
    else:
        verdict, reason = "read" if outcome.events else "irrelevant", None
    return {
        "id": stable_id("run", document_id, fingerprint, outcome.version),
        "document_id": document_id,
        "fingerprint": fingerprint,
        "version": outcome.version,
        "outcome": verdict,
        "reason": reason,
        "read_at": now,
    }


def _store_documents(
    connection: Connection, wave: dict[str, Item], verdicts: dict[str, str], known: dict[str, Any], now: datetime
) -> None:
    articles = {id_: item[0] for id_, item in wave.items()}
    upsert(
        connection,
        Source,
        [
            {"id": name, "name": name, "region": region}
            for name, region in {a.source: a.source_region for a in articles.values()}.items()
        ],
        keep=("name", "region"),
    )
    new = [id_ for id_, verdict in verdicts.items() if verdict == "new"]
    insert_all(
        connection,
        Document,
        [
            {
                "id": id_,
                "source_id": articles[id_].source,
                "external_id": articles[id_].external_id,
                "first_seen_at": articles[id_].fetched_at or now,
                "revision": 1,
                **_content(articles[id_]),
            }
            for id_ in new
        ],
    )
    columns = [c.name for c in Revision.__table__.columns if c.name != "document_id"]
    for id_ in (id_ for id_, verdict in verdicts.items() if verdict == "changed"):
        former = select(Document.id, *(getattr(Document, name) for name in columns)).where(Document.id == id_)
        connection.execute(insert(Revision).from_select(["document_id", *columns], former))
        content = _content(articles[id_]) | {"revision": known[id_].revision + 1}
        connection.execute(update(Document).where(Document.id == id_).values(content))


def _content(article: Article) -> dict[str, Any]:
    return {
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "author": article.author,
        "region": article.source_region,
        "published_on": article.published_on,
        "published_at": article.published_at,
        "date_source": article.date_source,
        "date_precision": article.date_precision,
        "fingerprint": article.fingerprint,
        "archive_file": article.archive.file if article.archive else None,
        "archive_offset": article.archive.offset if article.archive else None,
        "fetched_at": article.fetched_at,
    }


def _store_lemmas(
    connection: Connection, wave: dict[str, Item], verdicts: dict[str, str], lemmatise: Callable[[str], str]
) -> None:
    changed = [id_ for id_, verdict in verdicts.items() if verdict == "changed"]
    delete_where(connection, Lemmas.document_id, changed)
    rows: list[dict[str, Any]] = [
        {
            "number": search_number(id_, wave[id_][0].published_on),
            "document_id": id_,
            "words": lemmatise(wave[id_][0].text),
        }
        for id_, verdict in verdicts.items()
        if verdict in ("new", "changed")
    ]
    rows.sort(key=lambda row: row["number"])  # SQLite's index wants rising numbers within a transaction
    insert_all(connection, Lemmas, rows)
