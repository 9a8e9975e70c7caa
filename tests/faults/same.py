"""Whether a disturbed database holds what the undisturbed one does: all of it, and nothing twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from pipeline.models import Base, Document
from spiders.archive import read
from spiders.article import ArchiveRef

# moments, and where in the archive something lies, differ between any two runs; what is told does not
_MOMENTS = {"first_seen_at", "fetched_at", "last_checked_at", "read_at", "archive_file", "archive_offset"}
# a row a run; ids of clusters that stood until another source was loaded: sources are crawled side by side, and which
# is loaded first is chance, disturbed or not
_RUNS = {"crawls", "redirects"}


def told(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table without what differs between any two runs."""
    out = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name not in _RUNS:
                query = select(*(column for column in table.columns if column.name not in _MOMENTS))
                if table.name == "pages":
                    query = query.where(table.c.state != "failed")  # that a visit failed tells of its run
                out[table.name] = sorted((tuple(row) for row in connection.execute(query)), key=repr)
    return out


def archived(engine: Engine, archive: Path) -> dict[str, bool]:
    """Whether each document's record is in the archive, whole and under its address."""
    query = select(Document.id, Document.url, Document.archive_file, Document.archive_offset, Document.title)
    out = {}
    with engine.connect() as connection:
        for row in connection.execute(query):
            record = read(archive, ArchiveRef(file=row.archive_file, offset=row.archive_offset))
            out[row.id] = record.status == 200 and len(record.body) > 0
    return out
