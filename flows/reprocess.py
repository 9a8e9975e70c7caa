"""Reading again with the current extractor: what would change, as a table; and, if wanted, the change itself.

With `pages` the texts too are taken anew, from the archived pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from prefect import flow
from prefect.artifacts import create_table_artifact

import nlp
from flows.alone import AlreadyRunningError, alone
from flows.loading import Progress
from flows.logs import logger
from flows.reading import reading
from pipeline import reprocess as again
from pipeline.database import opened
from pipeline.load import Failure
from pipeline.settings import Settings, settings
from spiders import registry
from spiders.again import read_again
from spiders.article import Article


def run(
    settings: Settings, accept: bool, on_batch: Progress = lambda _: None, *, pages: bool = False
) -> again.Difference:
    """Compare the current extractor's readings with those of the database; with `accept` they take their place.

    Raises AlreadyRunningError.
    """
    sources = registry.load()

    def page(article: Article) -> Article:
        return read_again(article, settings.archive, sources)

    engine = opened(settings.database)
    try:
        kept = settings.data / "reprocess.jsonl"  # which two runs would tear to pieces
        with alone(kept.with_suffix(".lock"), str(kept)), reading(settings) as reader:

            def read(texts: Sequence[again.Text]) -> list[nlp.Extraction | Failure]:
                return reader.read([nlp.Document(t.text, t.published, t.source_region, t.url) for t in texts])

            work = again.accept if accept else again.preview
            return work(engine, nlp.VERSION, read, kept, on_batch, page if pages else None)
    finally:
        engine.dispose()


def waiting(settings: Settings, *, pages: bool = False) -> int:
    """Number of documents that the current extractor has not read; with `pages` of all."""
    engine = opened(settings.database)
    try:
        return again.waiting(engine, nlp.VERSION, pages=pages)
    finally:
        engine.dispose()


@flow(name="reprocess")
def reprocess(accept: bool = False, pages: bool = False) -> None:
    """Read again what another version of the extractor read.

    Args:
        accept: make the new readings those of the database; otherwise only show what would change.
        pages: take the texts of all documents anew from their archived pages.
    """
    if waiting(settings(), pages=pages) == 0:
        return
    try:
        difference = run(settings(), accept, pages=pages)
    except AlreadyRunningError as error:
        logger(__name__).warning("not reprocessed", reason=str(error))
        return
    rows: list[dict[str, str | int]] = [{"change": "changed", "type": "text", "number": difference.texts}]
    rows += [{"change": kind, "type": type_, "number": n} for (kind, type_), n in sorted(difference.changes.items())]
    create_table_artifact(key="reprocess", table=rows, description=f"Readings by version {nlp.VERSION}")
