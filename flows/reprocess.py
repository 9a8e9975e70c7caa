"""Reading again with the current extractor: what would change, as a table; and, if wanted, the change itself."""

from __future__ import annotations

from collections.abc import Sequence

from prefect import flow
from prefect.artifacts import create_table_artifact

import nlp
from flows.loading import Progress
from flows.reader import Reader
from pipeline import reprocess as again
from pipeline.database import opened
from pipeline.load import Failure
from pipeline.settings import Settings, settings


def run(settings: Settings, accept: bool, on_batch: Progress = lambda _: None) -> again.Difference:
    """Compare the current extractor's readings with those of the database; with `accept` they take their place."""
    engine = opened(settings.database)
    try:
        kept = settings.data / "reprocess.jsonl"
        with Reader() as reader:

            def read(texts: Sequence[again.Text]) -> list[nlp.Extraction | Failure]:
                return reader.read([nlp.Document(t.text, t.published, t.source_region, t.url) for t in texts])

            return (again.accept if accept else again.preview)(engine, nlp.VERSION, read, kept, on_batch)
    finally:
        engine.dispose()


def waiting(settings: Settings) -> int:
    """Number of documents that the current extractor has not read."""
    engine = opened(settings.database)
    try:
        return again.waiting(engine, nlp.VERSION)
    finally:
        engine.dispose()


@flow(name="reprocess")
def reprocess(accept: bool = False) -> None:
    """Read again what another version of the extractor read.

    Args:
        accept: make the new readings those of the database; otherwise only show what would change.
    """
    if waiting(settings()) == 0:
        return
    difference = run(settings(), accept)
    rows = [{"change": kind, "type": type_, "number": n} for (kind, type_), n in sorted(difference.changes.items())]
    create_table_artifact(key="reprocess", table=rows, description=f"Readings by version {nlp.VERSION}")
