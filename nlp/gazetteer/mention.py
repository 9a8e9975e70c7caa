"""A name of a region or place as it was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Basis = Literal["official", "adjective", "nickname", "demonym", "capital", "place"]


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A name at `[start, stop)` of `Analysis.text` that means a region or lies in one."""

    start: int
    stop: int
    codes: tuple[str, ...]  # ISO 3166-2 codes it can mean, likeliest first
    basis: Basis
    code: str | None  # the one it means; None if that is open
    quoted: bool = False  # within a quoted name («Ямал СПГ»): a weak hint


class Found(NamedTuple):
    mention: RegionMention
    likely: str | None  # the code it means if nothing else in the release settles it
