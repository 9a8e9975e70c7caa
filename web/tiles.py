"""The map: a grid of equal tiles, one a region, so that no border is argued over and no region is too small to see.

It is cut in two halves of equal width, which stand side by side where there is room and one below the other on a phone,
so that a tile is never too small for a thumb.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SHADES = 4
HALF = 8  # columns of a half of the map; the second begins beyond the Urals


@dataclass(frozen=True, slots=True)
class Tile:
    region: str
    label: str  # short enough for a tile
    column: int  # of its half, from 1
    row: int
    value: int
    shade: int  # 0 for nothing, then 1 to SHADES


@cache
def _grid() -> tuple[tuple[str, str, int, int], ...]:
    with (files(__package__) / "tiles.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines)
        return tuple((row["region"], row["label"], int(row["column"]) + 1, int(row["row"]) + 1) for row in rows)


def halves(totals: Mapping[str, int]) -> tuple[list[Tile], list[Tile]]:
    """Tiles up to the Urals and beyond, in reading order; shades part the regions that have anything by rank."""
    ranked = sorted(value for value in totals.values() if value)

    def shade(value: int) -> int:
        if not value:
            return 0
        below = sum(other <= value for other in ranked)
        return max(1, -(-below * SHADES // len(ranked)))

    west: list[Tile] = []
    east: list[Tile] = []
    for region, label, column, row in sorted(_grid(), key=lambda cell: (cell[3], cell[2])):
        value = totals.get(region, 0)
        half, first = (west, 0) if column <= HALF else (east, HALF)
        half.append(Tile(region, label, column - first, row, value, shade(value)))
    return west, east
