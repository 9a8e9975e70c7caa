"""A large database from a small one, in minutes: every row copied by SQL, with ids of its own and an earlier date.

The copies are what loading would have made of releases that tell the same of other times, but for the resolver's own
memory (nodes, mentions), which no reader looks at.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Engine, Table, text

from pipeline.models import Base
from pipeline.models.base import Day

SHARED = ("regions", "sources")  # of which there is one set
LEFT_OUT = ("nodes", "node_keys", "mentions", "crawls", "pages", "rejected_lines", "decisions", "extractor_runs")
IDS = {("stories", "first_document_id"), ("redirects", "old_id"), ("redirects", "new_id")}  # without a foreign key


def multiply(engine: Engine, times: int) -> None:
    """Make a SQLite database `times` as large. Each copy ends where the one after it begins."""
    with engine.begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        days, number = connection.execute(
            text("SELECT julianday(max(published_on)) - julianday(min(published_on)) + 1, count(*) FROM documents")
        ).one()
        tables = [t for t in Base.metadata.sorted_tables if t.name not in (*SHARED, *LEFT_OUT) and _ids(t)]
        # what search holds newest has the highest number, and the copies are older
        connection.execute(text(f"UPDATE lemmas SET number = number + {number * times}"))
        for copy in range(1, times):
            for table in tables:
                _copy(connection, table, copy, int(days), number)


def _copy(connection: Connection, table: Table, copy: int, days: int, documents: int) -> None:
    columns = ", ".join(column.name for column in table.columns)
    values = ", ".join(_value(table, column, copy, days, documents) for column in table.columns)
    original = f"{_ids(table)[0].name} NOT LIKE '%-%'"  # the ids of copies bear a mark
    connection.execute(text(f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {table.name} WHERE {original}"))


def _value(table: Table, column: Column[object], copy: int, days: int, documents: int) -> str:
    if _is_id(table, column):
        return f"{column.name} || '-{copy}'"
    if isinstance(column.type, Day):
        return f"date({column.name}, '-{copy * days} days')"
    if (table.name, column.name) == ("lemmas", "number"):
        return f"number - {copy * documents}"
    return column.name


def _ids(table: Table) -> list[Column[object]]:
    return [column for column in table.primary_key if _is_id(table, column)]


def _is_id(table: Table, column: Column[object]) -> bool:
    """Whether a column holds ids of what is copied."""
    if column.name == "id" or (table.name, column.name) in IDS:
        return True
    return any(key.column.table.name not in SHARED for key in column.foreign_keys)
