"""Lines of input files that could not be taken in: kept, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from sqlalchemy import Engine

from pipeline.database import lock, upsert
from pipeline.models import RejectedLine, stable_id


def store(
    engine: Engine,
    lines: Iterable[tuple[str, int, str, str]],
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Keep lines, each as file, number from 1, reason, content. The same line is kept once."""
    rows = {
        (id_ := stable_id("rejected", file, number, content)): {
            "id": id_,
            "file": file,
            "line": number,
            "reason": reason,
            "content": content[:10_000],
            "seen_at": now(),
        }
        for file, number, reason, content in lines
    }
    with engine.begin() as connection:
        lock(connection)
        upsert(connection, RejectedLine, list(rows.values()), keep=("seen_at",))
