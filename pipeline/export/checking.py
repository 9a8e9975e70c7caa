"""Every row that was written, read back and held against the package's own description (frictionless)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from frictionless import Package, Resource, Schema

PAGE = 1000  # rows at a time
Rows = Iterator[list[Any]]


class InvalidExportError(RuntimeError):
    """What was written is not what its own description says."""


def validate(path: Path) -> None:
    """Check a package, given its datapackage.json: types, required values, keys, parents, numbers of rows.

    Raises InvalidExportError.
    """
    described = json.loads(path.read_text(encoding="utf-8"))["resources"]
    package = Package.from_descriptor(str(path))
    if (read := READERS.get(described[0]["format"])) is not None:  # what frictionless does not read by itself
        package = Package(
            resources=[
                Resource(
                    name=one["name"],
                    data=partial(read, path.parent / one["path"], one["name"]),
                    schema=Schema.from_descriptor(one["schema"]),
                    rows=one["rows"],
                )
                for one in described
            ]
        )
    for name in [resource.name for resource in package.resources if resource.rows == 0]:
        package.remove_resource(name)  # frictionless fails on an empty file of JSON lines
    report = package.validate()
    if not report.valid:
        first = report.flatten(["title", "rowNumber", "fieldName", "note"])[:3]
        raise InvalidExportError(f"{path}: {first or report.to_summary()}")


def _parquet(path: Path, _: str) -> Rows:
    file = pq.ParquetFile(path)
    yield list(file.schema_arrow.names)
    for batch in file.iter_batches(PAGE):
        yield from map(list, zip(*batch.to_pydict().values(), strict=True))


def _sqlite(path: Path, table: str) -> Rows:
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute(f'SELECT * FROM "{table}"')
        yield [column[0] for column in rows.description]
        yield from map(list, rows)


READERS: dict[str, Callable[[Path, str], Rows]] = {"parquet": _parquet, "sqlite": _sqlite}
