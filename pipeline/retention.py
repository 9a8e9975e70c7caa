"""What may go after a time: records of old crawls, their logs, archive files that nothing in the database points to.

Documents with their revisions, what was read from them, people's decisions and every archive file that one of them or a
page points to are kept for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, func, or_, select

from pipeline.database import delete_where, lock
from pipeline.models import Crawl, Document, Page, Revision

LAST_CRAWLS = 30  # of a source are kept however old: from them its state is told


@dataclass(frozen=True, slots=True)
class Spent:
    """What is older than the limit and needed by nobody."""

    crawls: list[str] = field(default_factory=list)  # ids
    logs: list[Path] = field(default_factory=list)
    archive: list[Path] = field(default_factory=list)
    bytes: int = 0  # of all these files

    @property
    def files(self) -> list[Path]:
        return self.logs + self.archive


def spent(engine: Engine, data: Path, archive: Path, before: datetime) -> Spent:
    """What may go: nothing of it is younger than `before`. Changes nothing."""
    logs = [path for path in _older(data / "crawls", "*/*.log", before) if not path.with_suffix(".jsonl").exists()]
    candidates = [path for path in _older(archive, "**/*.warc.gz", before) if not _in_use(path)]
    wanted = _pointed_to(engine) if candidates else set()
    unneeded = [path for path in candidates if str(path.relative_to(archive)) not in wanted]
    return Spent(_crawls(engine, before), logs, unneeded, sum(path.stat().st_size for path in logs + unneeded))


def remove(engine: Engine, what: Spent) -> None:
    """Let it go. Safe to repeat."""
    with engine.begin() as connection:
        lock(connection)
        delete_where(connection, Crawl.id, what.crawls)
    for path in what.files:
        path.unlink(missing_ok=True)


def _crawls(engine: Engine, before: datetime) -> list[str]:
    """Ids of old crawls, but for each source's last ones and its last that saw all it asked for."""
    number = func.row_number().over(partition_by=Crawl.source_id, order_by=Crawl.started_at.desc()).label("number")
    best = (
        select(Crawl.source_id, func.max(Crawl.started_at).label("at"))
        .where(Crawl.outcome == "complete")
        .group_by(Crawl.source_id)
        .subquery()
    )
    numbered = select(Crawl.id, Crawl.source_id, Crawl.started_at, number).subquery()
    query = (
        select(numbered.c.id)
        .outerjoin(best, best.c.source_id == numbered.c.source_id)
        .where(
            numbered.c.number > LAST_CRAWLS,
            numbered.c.started_at < before,
            or_(best.c.at.is_(None), numbered.c.started_at != best.c.at),
        )
        .order_by(numbered.c.id)
    )
    with engine.connect() as connection:
        return list(connection.scalars(query))


def _pointed_to(engine: Engine) -> set[str]:
    """Archive files that a document, one of its former texts or a page lies in."""
    found: set[str] = set()
    with engine.connect() as connection:
        for model in (Document, Revision, Page):
            query = select(model.archive_file).where(model.archive_file.is_not(None)).distinct()
            found.update(name for name in connection.scalars(query) if name)
    return found


def _older(folder: Path, pattern: str, before: datetime) -> Iterator[Path]:
    for path in sorted(folder.glob(pattern)):
        if path.stat().st_mtime < before.timestamp():
            yield path


def _in_use(path: Path) -> bool:
    return path.with_name(path.name + ".lock").exists()
