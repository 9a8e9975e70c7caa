from __future__ import annotations

from zoneinfo import ZoneInfo

from pipeline.reference import regions


def test_there_are_83_regions_fully_described() -> None:
    rows = regions()
    assert len({row["code"] for row in rows}) == len({row["name"] for row in rows}) == len(rows) == 83
    assert all(value.strip() for row in rows for value in row.values())
    assert len({row["district"] for row in rows}) == 8
    for row in rows:
        ZoneInfo(row["time_zone"])
