"""All that a database holds, to be compared."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, select

from pipeline.models import Base


def contents(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in order."""
    out = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            out[table.name] = sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
    return out
