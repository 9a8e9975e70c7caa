"""Reference data: the 83 regions, as rows and in the database."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection

from pipeline.database import upsert
from pipeline.models import Region


@cache
def regions() -> tuple[dict[str, str], ...]:
    """Rows of regions.csv: code (ISO 3166-2), name, short_name, district, capital, time_zone (IANA)."""
    with (files(__package__) / "regions.csv").open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


def store(connection: Connection) -> None:
    """Bring the table of regions up to the file. Idempotent."""
    upsert(connection, Region, [dict(row) for row in regions()])
