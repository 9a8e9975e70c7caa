"""The whole database into another one: from SQLite to PostgreSQL, back, or into a file to keep."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from pipeline.database import chunks
from pipeline.models import Base

BATCH = 2000  # rows a statement


class NotEmptyError(ValueError):
    """The target holds documents already: two databases are never mixed."""


def rows(engine: Engine) -> int:
    """How many rows there are to copy."""
    with engine.connect() as connection:
        return sum(connection.scalar(select(func.count()).select_from(t)) or 0 for t in Base.metadata.sorted_tables)


def copy(source: Engine, target: Engine, on_rows: Callable[[int], None] = lambda _: None) -> dict[str, int]:
    """Copy every row of every table, in one transaction of the target; answers the number of rows by table.

    Both have the same schema (`database.opened` sees to that). What the target's schema brings of itself, the regions,
    is replaced. Raises NotEmptyError; then, as after any failure, the target is as it was.
    """
    tables = Base.metadata.sorted_tables
    copied = {}
    with source.connect() as reading, target.begin() as writing:
        _refuse_if_used(writing)
        for table in reversed(tables):
            writing.execute(table.delete())
        for table in tables:
            copied[table.name] = _copy_table(reading, writing, table, on_rows)
        _restart_counters(writing)
    return copied


def _refuse_if_used(connection: Connection) -> None:
    documents = Base.metadata.tables["documents"]
    if connection.scalar(select(func.count()).select_from(documents)):
        raise NotEmptyError("the target database holds documents already")


def _copy_table(reading: Connection, writing: Connection, table: Table, on_rows: Callable[[int], None]) -> int:
    found = reading.execution_options(yield_per=BATCH).execute(select(table).order_by(*table.primary_key)).mappings()
    number = 0
    for chunk in chunks(found, BATCH):
        writing.execute(insert(table), [dict(row) for row in chunk])
        number += len(chunk)
        on_rows(len(chunk))
    return number


def _restart_counters(connection: Connection) -> None:
    """PostgreSQL counts rows that number themselves apart from the rows; let it go on after the copied ones."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            name = {"table": table.name, "column": column.name}
            if connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), name):
                last = connection.scalar(select(func.max(column))) or 0
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:table, :column), :next, false)"),
                    name | {"next": last + 1},
                )
