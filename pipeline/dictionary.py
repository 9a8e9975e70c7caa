"""The data dictionary: tables and views with all columns, from the models' comments and views.yaml alone.

From it come docs/data-dictionary.md, the schemas in exports' datapackage.json, and the SQL explorer's descriptions.
`python -m pipeline.dictionary` prints the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import BigInteger, Column, Double, Text
from sqlalchemy.types import TypeEngine

from pipeline.models import Base
from pipeline.models.base import EMPTY, Day, Instant, Json
from pipeline.views import views

Type = Literal["string", "integer", "number", "date", "datetime", "object"]  # as Table Schema names them

TYPES: tuple[tuple[type[TypeEngine[Any]], Type], ...] = (
    (Day, "date"),
    (Instant, "datetime"),
    (Json, "object"),
    (BigInteger, "integer"),
    (Double, "number"),
    (Text, "string"),
)
# A view's column tells its type by its name, as those of the tables do.
NAMED: tuple[tuple[str, Type], ...] = (
    (r".*_on|date_from|date_to|day|as_of|deadline", "date"),
    (r".*_at", "datetime"),
    (r"confidence", "number"),
    (r"(.*_)?value|start|stop|documents|events|initiatives|sources|pages_.*", "integer"),
)


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    type: Type
    comment: str
    required: bool = False
    key: bool = False
    references: str | None = None  # table.column


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    comment: str
    view: bool
    fields: tuple[Field, ...]


@cache
def tables() -> dict[str, Table]:
    """Views first, then tables, each in the order of their names."""
    described = [
        Table(view.name, view.comment, True, tuple(Field(n, named_type(n), c) for n, c in view.columns.items()))
        for view in views()
    ]
    described += [
        Table(table.name, table.comment or "", False, tuple(_field(column) for column in table.columns))
        for table in Base.metadata.tables.values()
    ]
    return {table.name: table for table in sorted(described, key=lambda t: (not t.view, t.name))}


def _field(column: Column[Any]) -> Field:
    return Field(
        column.name,
        _type(column),
        column.comment or "",
        required=not column.nullable and column.info != EMPTY,
        key=column.primary_key,
        references=next((str(key.target_fullname) for key in column.foreign_keys), None),
    )


def _type(column: Column[Any]) -> Type:
    return next(name for kind, name in TYPES if isinstance(column.type, kind))


def named_type(name: str) -> Type:
    return next((type_ for pattern, type_ in NAMED if re.fullmatch(pattern, name)), "string")


def markdown() -> str:
    """The page docs/data-dictionary.md."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Made from the models' comments by `python -m pipeline.dictionary`; a test fails when it is stale."
    yield "Analysts start from the views: `zamena query 'SELECT * FROM flat_events LIMIT 10'`."
    for view, heading in ((True, "Views"), (False, "Tables")):
        yield from ("", f"## {heading}")
        for table in (t for t in tables().values() if t.view is view):
            yield from (
                "",
                f"### {table.name}",
                "",
                table.comment,
                "",
                "| column | type | what it holds |",
                "|---|---|---|",
            )
            for field in table.fields:
                comment = field.comment.replace("|", "\\|")
                marks = (" Key." if field.key else "") + (f" → `{field.references}`" if field.references else "")
                yield f"| `{field.name}` | {field.type} | {comment}{marks} |"


def table_schema(name: str) -> dict[str, Any]:
    """A table or view in Table Schema, for a Data Package."""
    table = tables()[name]
    schema: dict[str, Any] = {
        "fields": [
            {
                "name": field.name,
                "type": field.type,
                "description": field.comment,
                **({"constraints": {"required": True}} if field.required else {}),
            }
            for field in table.fields
        ]
    }
    if key := [field.name for field in table.fields if field.key]:
        schema["primaryKey"] = key
    return schema


def datasette_metadata() -> dict[str, Any]:
    """What Datasette shows beside tables and columns."""
    return {
        "title": "Zamena",
        "description": "Regional import-substitution initiatives in Russia, each fact with the sentence it came from.",
        "databases": {
            "zamena": {
                "tables": {
                    table.name: {
                        "description": table.comment,
                        "columns": {field.name: field.comment for field in table.fields},
                    }
                    for table in tables().values()
                }
            }
        },
    }


if __name__ == "__main__":
    print(markdown(), end="")
