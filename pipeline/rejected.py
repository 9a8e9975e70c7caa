"""Input lines that could not be taken in: kept, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Engine

from pipeline.database import lock, upsert
from pipeline.models import RejectedLine, stable_id

MOST_CONTENT = 10_000  # characters of a line that are kept


def store(engine: Engine, file: str, lines: Iterable[tuple[int, str, str]]) -> int:
    """Keep lines (number from 1, content, what is wrong) of a file; answers how many. The same line is kept once."""
    rows = [
        {
            "id": stable_id("line", file, number, content[:MOST_CONTENT]),
            "file": file,
            "line": number,
            "content": content[:MOST_CONTENT],
            "reason": reason,
            "seen_at": datetime.now(UTC),
        }
        for number, content, reason in lines
    ]
    with engine.begin() as connection:
        lock(connection)
        upsert(connection, RejectedLine, rows, keep=("seen_at",))
    return len(rows)
