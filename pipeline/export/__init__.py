"""The database as files: a Data Package (https://datapackage.org) in one of six formats.

JSON lines hold nested records (documents, events, initiatives, people, organizations), FollowTheMoney its entities;
the other formats hold the analysts' views and the tables of canonical things, row for row.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Engine, func, select, table

from pipeline.dictionary import datasette_metadata
from pipeline.export import flat, ftm, nested
from pipeline.export.checking import InvalidExportError, validate
from pipeline.export.ftm import MissingExtraError
from pipeline.export.telling import Done, unheeded

Format = Literal["csv", "parquet", "xlsx", "sqlite", "jsonl", "ftm"]
WRITERS: dict[Format, Callable[[Any, Path, Done], list[dict[str, Any]]]] = {
    "csv": flat.write_csv,
    "parquet": flat.write_parquet,
    "xlsx": flat.write_xlsx,
    "sqlite": flat.write_sqlite,
    "jsonl": nested.write_jsonl,
    "ftm": ftm.write_ftm,
}
__all__ = ["Format", "InvalidExportError", "MissingExtraError", "export", "size", "validate"]


def size(engine: Engine, format_: Format) -> int:
    """How many rows or records an export in this format will read."""
    names = nested.RECORDS if format_ in {"jsonl", "ftm"} else flat.EXPORTED
    with engine.connect() as connection:
        return sum(connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names)


def export(engine: Engine, format_: Format, folder: Path, done: Done = unheeded) -> dict[str, int]:
    """Write all of the database to a folder; answers the number of rows by resource.

    `done` is told how many more rows or records are read.

    All is read in one transaction, so that the files agree with each other. Raises InvalidExportError where the
    package does not validate, MissingExtraError where a format's library is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        resources = WRITERS[format_](connection, folder, done)
    descriptor = {
        "profile": "data-package",
        "name": "zamena",
        "title": "Zamena: regional import-substitution initiatives in Russia",
        "resources": resources,
    }
    path = folder / "datapackage.json"
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if format_ == "sqlite":  # for `datasette zamena.sqlite --metadata metadata.json`
        described = json.dumps(datasette_metadata(), ensure_ascii=False, indent=1)
        (folder / "metadata.json").write_text(described + "\n", encoding="utf-8")
    validate(path)
    return {resource["name"]: resource["rows"] for resource in resources}
