"""All that a database holds, to be compared."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, select

from pipeline.models import Base


def contents(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in order; the row numbers of the full-text index are left out."""
    out = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            columns = [c for c in table.columns if (table.name, c.name) != ("lemmas", "number")]
            out[table.name] = sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)
    return out
