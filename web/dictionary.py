"""The data dictionary in Russian, as pages show it: the names are the data's own, the words are of dictionary.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pipeline.dictionary import tables


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class Told:
    """A table with its columns."""

    name: str
    comment: str
    columns: tuple[Column, ...]


@cache
def words() -> dict[str, Any]:
    """What dictionary.yaml tells."""
    loaded: dict[str, Any] = yaml.safe_load((files(__package__) / "dictionary.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def views() -> tuple[Told, ...]:
    """The tables with which it is easiest to begin."""
    types = words()["types"]
    return tuple(
        Told(
            table.name,
            words()["tables"][table.name]["about"],
            tuple(
                Column(field.name, types[field.type], words()["tables"][table.name]["columns"][field.name])
                for field in table.fields
            ),
        )
        for table in tables().values()
        if table.view
    )
