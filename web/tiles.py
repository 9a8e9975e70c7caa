"""The map: a grid of equal tiles, one a region, so that no border is argued over and no region is too small to see."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SHADES = 4


@dataclass(frozen=True, slots=True)
class Tile:
    region: str
    label: str  # short enough for a tile
    column: int  # from 1
    row: int
    value: int
    shade: int  # 0 for nothing, then 1 to SHADES


@cache
def _grid() -> tuple[tuple[str, str, int, int], ...]:
    with (files(__package__) / "tiles.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines)
        return tuple((row["region"], row["label"], int(row["column"]) + 1, int(row["row"]) + 1) for row in rows)


def tiles(totals: Mapping[str, int]) -> list[Tile]:
    """All regions' tiles in reading order; shades part the regions that have anything into equal groups by rank."""
    ranked = sorted(value for value in totals.values() if value)

    def shade(value: int) -> int:
        if not value:
            return 0
        below = sum(other <= value for other in ranked)
        return max(1, -(-below * SHADES // len(ranked)))

    cells = sorted(_grid(), key=lambda cell: (cell[3], cell[2]))
    return [
        Tile(region, label, column, row, totals.get(region, 0), shade(totals.get(region, 0)))
        for region, label, column, row in cells
    ]
