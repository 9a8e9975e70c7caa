"""Views for analysts. Their SQL is the same on SQLite and PostgreSQL but for the name of one function.

Each view's columns are described here, once: the data dictionary, exports and the explorer take it from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class View:
    name: str
    comment: str
    columns: dict[str, str]  # column -> what it holds
    sql: str  # with {concat}: the engine's function that joins strings


@cache
def views() -> tuple[View, ...]:
    """The views in order of making."""
    with (files(__package__) / "views.yaml").open(encoding="utf-8") as text:
        return tuple(View(name, **parts) for name, parts in yaml.safe_load(text).items())


def create(connection: Connection) -> None:
    concat = "group_concat" if connection.dialect.name == "sqlite" else "string_agg"
    for view in views():
        connection.exec_driver_sql(f"CREATE VIEW {view.name} AS {view.sql.replace('{concat}', concat)}")


def drop(connection: Connection) -> None:
    for view in reversed(views()):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {view.name}")
