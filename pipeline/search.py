"""Search by words in any inflection: the same documents, in the same order, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Text,
    column,
    func,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from pipeline.lemmas import WORD, lemma, lemmatise
from pipeline.models import Document, Lemmas

WINDOW = 240  # code points of a snippet
MOST_COUNTED = 1_000  # documents found; beyond, the total is this: counting all that have a common word takes long

LEMMAS = Lemmas.metadata.tables["lemmas"]


@dataclass(frozen=True, slots=True)
class Hit:
    document_id: str
    snippet: list[tuple[str, bool]]  # pieces of the text around the words found; True: one of the words


@dataclass(frozen=True, slots=True)
class Results:
    total: int  # documents found, counted up to MOST_COUNTED
    hits: list[Hit]


def search(
    database: Connection | Session,
    query: str,
    *,
    where: Sequence[ColumnElement[bool]] = (),
    limit: int = 20,
    offset: int = 0,
    before: int | None = None,
) -> Results:
    """Documents that have all words of the query in some inflection, the newest first.

    `where`: further conditions on `documents`; `before`: only hits whose search number is smaller, whatever the total.
    A query without a word finds nothing.
    """
    words = list(dict.fromkeys(lemmatise(query).split()))
    if not words:
        return Results(0, [])
    connection = database.connection() if isinstance(database, Session) else database
    number, source, matches = _index(connection, words)
    if where:
        source = source.join(Lemmas, Lemmas.number == number) if source is not LEMMAS else source
        source = source.join(Document, Document.id == Lemmas.document_id)
    found = select(number).select_from(source).where(matches, *where)
    total = connection.scalar(select(func.count()).select_from(found.limit(MOST_COUNTED).subquery())) or 0
    if before is not None:
        found = found.where(number < before)
    numbers = connection.scalars(found.order_by(number.desc()).limit(limit).offset(offset)).all()
    rows = connection.execute(
        select(Document.id, Document.text)
        .join(Lemmas, Lemmas.document_id == Document.id)
        .where(Lemmas.number.in_(numbers))
        .order_by(Lemmas.number.desc())
    )
    return Results(total, [Hit(row.id, snippet(row.text, frozenset(words))) for row in rows])


def _index(connection: Connection, words: Sequence[str]) -> tuple[ColumnElement[int], FromClause, ColumnElement[bool]]:
    """The index of this engine: its row number, what to select from, and the condition that all lemmas are there."""
    if connection.dialect.name == "sqlite":
        rows = table("search_lemmas", column("rowid", BigInteger), column("search_lemmas", Text))
        asked = " ".join(f'"{word}"' for word in words)
        return rows.c.rowid, rows, rows.c.search_lemmas.op("MATCH")(asked)
    parted = func.search_words(LEMMAS.c.words, type_=ARRAY(Text))
    return LEMMAS.c.number, LEMMAS, parted.contains(list(words))


def snippet(document: str, lemmas: frozenset[str], window: int = WINDOW) -> list[tuple[str, bool]]:
    """The part of a text where most of the lemmas stand together, cut at words, the words found marked."""
    words = [m.span() for m in WORD.finditer(document)]
    found = [(a, b) for a, b in words if lemma(document[a:b].lower()) in lemmas]
    start, stop = _window(found, words, window)
    pieces: list[tuple[str, bool]] = []
    at = start
    for a, b in found:
        if start <= a and b <= stop:
            pieces += [(document[at:a], False), (document[a:b], True)]
            at = b
    pieces.append((document[at:stop], False))
    if start > 0:
        pieces.insert(0, ("…", False))
    if stop < len(document):
        pieces.append(("…", False))
    return [(piece, marked) for piece, marked in pieces if piece]


def _window(found: list[tuple[int, int]], words: list[tuple[int, int]], window: int) -> tuple[int, int]:
    """Where to cut: around the densest run of words found, a sixth of the window before it."""
    if not found:
        first = 0
    else:
        first = max(range(len(found)), key=lambda i: (sum(b <= found[i][0] + window for _, b in found[i:]), -i))
        first = max(0, found[first][0] - window // 6)
    start = next((a for a, _ in words if a >= first), 0) if first else 0
    stop = max((b for _, b in words if b <= start + window), default=start + window)
    return start, stop
