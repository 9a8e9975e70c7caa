"""The database as files: a Data Package (https://datapackage.org) in one of six formats.

JSON lines hold nested records (documents, events, initiatives, people, organizations), FollowTheMoney its entities;
the other formats hold the analysts' views and the tables of canonical things, row for row.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Engine

from pipeline.dictionary import datasette_metadata
from pipeline.export import flat, ftm, nested
from pipeline.export.checking import InvalidExportError, validate
from pipeline.export.ftm import MissingExtraError

Format = Literal["csv", "parquet", "xlsx", "sqlite", "jsonl", "ftm"]
WRITERS: dict[Format, Callable[[Any, Path], list[dict[str, Any]]]] = {
    "csv": flat.write_csv,
    "parquet": flat.write_parquet,
    "xlsx": flat.write_xlsx,
    "sqlite": flat.write_sqlite,
    "jsonl": nested.write_jsonl,
    "ftm": ftm.write_ftm,
}
__all__ = ["Format", "InvalidExportError", "MissingExtraError", "export", "validate"]


def export(engine: Engine, format_: Format, folder: Path) -> dict[str, int]:
    """Write all of the database to a folder; answers the number of rows by resource.

    All is read in one transaction, so that the files agree with each other. Raises InvalidExportError where the
    package does not validate, MissingExtraError where a format's library is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        resources = WRITERS[format_](connection, folder)
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
