"""JSON lines: one nested record a line, in the order of ids."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection

from pipeline import records
from pipeline.dictionary import tables
from pipeline.export.telling import Done, told

RECORDS: dict[str, Callable[[Connection], Iterator[records.Record]]] = {
    "documents": records.documents,
    "events": records.events,
    "initiatives": records.initiatives,
    "people": records.people,
    "organizations": records.organizations,
}


def write_jsonl(connection: Connection, folder: Path, done: Done) -> list[dict[str, Any]]:
    """Write a file for each kind of record; answers their descriptions."""
    resources = []
    for name, read in RECORDS.items():
        path = folder / f"{name}.jsonl"
        rows = 0
        with path.open("w", encoding="utf-8", newline="\n") as lines:
            for record in told(read(connection), done):
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
                rows += 1
        resources.append(
            {
                "name": name,
                "path": path.name,
                "format": "jsonl",
                "encoding": "utf-8",
                "rows": rows,
                "schema": {"fields": fields(name), "primaryKey": "id"},
            }
        )
    return resources


@cache
def fields(name: str) -> list[dict[str, Any]]:
    """A record's fields in Table Schema; records.yaml tells those that are no column, the models the others."""
    with (files(__package__) / "records.yaml").open(encoding="utf-8") as text:
        own: dict[str, dict[str, str]] = yaml.safe_load(text)[name]
    columns = {field.name: field for field in tables()[name].fields}
    return [
        {
            "name": field,
            "type": next(iter(description)) if description else columns[field].type,
            "description": next(iter(description.values())) if description else columns[field].comment,
        }
        for field, description in own.items()
    ]
