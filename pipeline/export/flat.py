"""Tables and views as CSV, Parquet, XLSX and SQLite, row for row."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from sqlalchemy import Connection, column, select
from sqlalchemy import table as sql_table

from pipeline.dictionary import Table, table_schema, tables
from pipeline.export.telling import Done
from pipeline.models import Base
from pipeline.models.base import Day, Instant
from pipeline.views import views

EXPORTED = (*(view.name for view in views()), "documents", "initiatives", "people", "offices", "organizations")
PARENTS = {
    "document_id": "documents",
    "initiative_id": "initiatives",
    "person_id": "people",
    "organization_id": "organizations",
}  # fmt: skip - a view's column that names a row of an exported table
PAGE = 2000  # rows at a time
Rows = list[tuple[Any, ...]]
ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "datetime": pa.timestamp("s", tz="UTC"),
    "object": pa.string(),
}
SQLITE = {"integer": "INTEGER", "number": "REAL"}
MOST_EXCEL_ROWS = 1_048_575  # below the heading
MOST_EXCEL_TEXT = 32_767  # characters in a cell; longer texts are cut


def pages(connection: Connection, table: Table, done: Done) -> Iterator[Rows]:
    """All rows of a table or view, in the order of its key, of a view's columns."""
    source: Any = Base.metadata.tables.get(table.name)
    if source is None:
        typed: dict[str, Any] = {"date": Day(), "datetime": Instant()}
        source = sql_table(table.name, *(column(f.name, typed.get(f.type)) for f in table.fields))
    keys = [source.c[f.name] for f in table.fields if f.key] or list(source.c)
    result = connection.execution_options(yield_per=PAGE).execute(select(source).order_by(*keys))
    for page in result.partitions():
        yield [tuple(row) for row in page]
        done(len(page))


def write_csv(connection: Connection, folder: Path, done: Done) -> list[dict[str, Any]]:
    """One file a table, UTF-8, RFC 4180."""

    def write(table: Table, path: Path, found: Iterator[Rows]) -> int:
        with path.open("w", encoding="utf-8", newline="") as text:
            out = csv.writer(text)
            out.writerow([field.name for field in table.fields])
            rows = 0
            for page in found:
                out.writerows([[_plain(value) for value in row] for row in page])
                rows += len(page)
        return rows

    return _write_each(connection, folder, "csv", write, done)


def write_parquet(connection: Connection, folder: Path, done: Done) -> list[dict[str, Any]]:
    """One file a table, typed, each column with its description."""

    def write(table: Table, path: Path, found: Iterator[Rows]) -> int:
        schema = pa.schema([pa.field(f.name, ARROW[f.type], metadata={"description": f.comment}) for f in table.fields])
        rows = 0
        with pq.ParquetWriter(path, schema) as out:
            for page in found:
                columns = [
                    pa.array([_json(value) for value in values], type_.type)
                    for values, type_ in zip(zip(*page, strict=True), schema, strict=True)
                ]
                out.write_table(pa.Table.from_arrays(columns, schema=schema))
                rows += len(page)
        return rows

    return _write_each(connection, folder, "parquet", write, done)


def _write_each(
    connection: Connection, folder: Path, format_: str, write: Callable[[Table, Path, Iterator[Rows]], int], done: Done
) -> list[dict[str, Any]]:
    resources = []
    for name in EXPORTED:
        path = folder / f"{name}.{format_}"
        rows = write(tables()[name], path, pages(connection, tables()[name], done))
        resources.append(_resource(name, path.name, format_, rows))
    return resources


def write_sqlite(connection: Connection, folder: Path, done: Done) -> list[dict[str, Any]]:
    """One database, one table each; dates are ISO text."""
    path = folder / "zamena.sqlite"
    path.unlink(missing_ok=True)
    resources = []
    database = sqlite3.connect(path)
    try:
        for name in EXPORTED:
            fields = tables()[name].fields
            columns = ", ".join(f'"{f.name}" {SQLITE.get(f.type, "TEXT")}' for f in fields)
            database.execute(f'CREATE TABLE "{name}" ({columns}) STRICT')
            places = ", ".join("?" * len(fields))
            rows = 0
            for page in pages(connection, tables()[name], done):
                plain = [[_plain(value) for value in row] for row in page]
                database.executemany(f'INSERT INTO "{name}" VALUES ({places})', plain)
                rows += len(page)
            resources.append(_resource(name, path.name, "sqlite", rows) | {"dialect": {"table": name}})
        database.commit()
    finally:
        database.close()
    return resources


def write_xlsx(connection: Connection, folder: Path, done: Done) -> list[dict[str, Any]]:
    """One workbook, one sheet each. What looks like a formula or an address stays text."""
    path = folder / "zamena.xlsx"
    resources = []
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(path, options) as book:
        bold = book.add_format({"bold": True})
        for name in EXPORTED:
            fields = tables()[name].fields
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, [field.name for field in fields], bold)
            rows = 0
            for page in pages(connection, tables()[name], done):
                for row in page:
                    rows += 1
                    if rows > MOST_EXCEL_ROWS:
                        raise ValueError(f"{name} has more rows than a sheet can hold; export it as CSV or Parquet")
                    for number, value in enumerate(row):
                        if value is not None:
                            sheet.write(rows, number, _excel(value))
            resources.append(_resource(name, path.name, "xlsx", rows) | {"dialect": {"excel": {"sheet": name}}})
    return resources


def _resource(name: str, path: str, format_: str, rows: int) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "format": format_,
        "encoding": "utf-8",
        "description": tables()[name].comment,
        "rows": rows,
        "schema": table_schema(name) | {"foreignKeys": _parents(name)},
    }


def _parents(name: str) -> list[dict[str, Any]]:
    """Which columns name rows of other exported tables, in Table Schema."""
    return [
        {"fields": [field.name], "reference": {"resource": PARENTS[field.name], "fields": ["id"]}}
        for field in tables()[name].fields
        if field.name in PARENTS
    ]


def _json(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict) else value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else _json(value)


def _excel(value: Any) -> Any:
    return value[:MOST_EXCEL_TEXT] if isinstance(value, str) else _json(value)
