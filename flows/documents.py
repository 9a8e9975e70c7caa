"""The ingest of documents somebody already has: from the archive on it is the way of every crawl."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

import nlp
from flows.loading import Progress, load_given, read_and_load
from flows.reading import reading
from pipeline import rejected as rejected_lines
from pipeline.database import ensure_schema, make_engine
from pipeline.extractions import parse
from pipeline.facts import BadReadingError
from pipeline.load import Failure, Item, LoadReport
from pipeline.resolve.places import home_of
from pipeline.settings import Settings
from spiders.article import Article
from spiders.documents import RejectedLine, parse_line, read_documents


@dataclass(slots=True)
class DocumentsResult:
    """What was loaded, and the lines that could not be."""

    load: LoadReport = field(default_factory=LoadReport)
    rejected: list[RejectedLine] = field(default_factory=list)


def ingest_documents(
    file: Path, extractions: Path | None, settings: Settings, on_loaded: Progress = lambda _: None
) -> DocumentsResult:
    """Take in a file of documents (JSON lines); with `extractions`, what somebody else read from them by their ids.

    A line that cannot be taken is kept in the table of rejected lines, and the others go on.
    """
    engine = make_engine(settings.database)
    ensure_schema(engine)
    result = DocumentsResult()
    try:
        articles = _articles(file, settings, result.rejected)

        def refuse(article: Article, reason: str) -> None:
            result.rejected.append(RejectedLine(str(file), _line(file, article), reason, article.model_dump_json()))

        if extractions is None:
            with reading(settings) as reader:
                result.load = read_and_load(engine, articles, on_loaded, read=reader.read, on_refused=refuse)
        else:
            given = _extractions(extractions, result.rejected)
            result.load = load_given(engine, _joined(articles, given), on_loaded, refuse)
        _keep(engine, result.rejected)
    finally:
        engine.dispose()
    return result


def _articles(file: Path, settings: Settings, rejected: list[RejectedLine]) -> Iterator[Article]:
    for taken in read_documents(file, archive=settings.archive, contact=settings.contact):
        if isinstance(taken, RejectedLine):
            rejected.append(taken)
        else:
            yield _at_home(taken)


def _line(file: Path, article: Article) -> int:
    """The number of the line that holds this document."""
    with file.open("rb") as lines:
        for number, raw in enumerate(lines, 1):
            try:
                given = parse_line(raw)
            except ValueError:
                continue
            if (given.source, given.id) == (article.source, article.external_id):
                return number
    raise LookupError(f"{file}: no document {article.external_id}")


def _at_home(article: Article) -> Article:
    """With the region that the source's name tells: nothing else says where a given document is from."""
    region = article.source_region or home_of(article.source)
    return article.model_copy(update={"source_region": region})


def _extractions(file: Path, rejected: list[RejectedLine]) -> dict[str, dict[str, Any]]:
    """Given extractions by the id of their document."""
    found: dict[str, dict[str, Any]] = {}
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                found[str(record["id"])] = record
            except (ValueError, KeyError, TypeError) as error:
                reason = f"no extraction with an id: {error}"
                rejected.append(RejectedLine(str(file), number, reason, line.rstrip("\n")))
    return found


def _joined(articles: Iterator[Article], given: dict[str, dict[str, Any]]) -> Iterator[Item]:
    """Each article with its reading: failed where it is not true of the text, none where none was given."""
    for article in articles:
        record = given.get(article.external_id or "")
        reading: nlp.Extraction | Failure | None = None
        if record is not None:
            try:
                reading = parse(record, article.text)
            except BadReadingError as error:
                reading = Failure(str(record.get("version", "given")), str(error))
        yield article, reading


def _keep(engine: Engine, rejected: list[RejectedLine]) -> None:
    by_file = {line.file: [(r.line, r.content, r.reason) for r in rejected if r.file == line.file] for line in rejected}
    for file, lines in by_file.items():
        rejected_lines.store(engine, file, lines)
