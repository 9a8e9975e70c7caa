"""The names of the gazetteer by form, as `python -m nlp.gazetteer.build forms` wrote them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent
TABLES = ("regions", "names", "cities", "places")


class Name(NamedTuple):
    """What a form can stand for."""

    kind: str  # official, adjective, nickname, abbreviation, demonym, capital, place; town: the adjective of a town;
    # head: an adjective with «область»
    code: str  # ISO 3166-2
    population: int
    flags: (
        str  # "?" not this region's alone ("?!" but most often its), "c" a word too, "s" a surname too, "v" a village
    )


class Names(NamedTuple):
    forms: dict[str, tuple[Name, ...]]  # lower case, ё as е, words parted by single spaces
    longest: dict[str, int]  # by first word, how many words the longest form has


@cache
def names() -> Names:
    """All forms; read once a process, in about 0.1 s."""
    forms: dict[str, tuple[Name, ...]] = {}
    longest: dict[str, int] = {}
    for table in TABLES:
        for line in (DATA / f"{table}.forms.txt").read_text("utf-8").splitlines():
            kind, _, code, population, flags, variants = line.split("\t")
            name = Name(kind, code, int(population), flags)
            for form in variants.split("|"):
                forms[form] = (*forms.get(form, ()), name)
                first, _, rest = form.partition(" ")
                length = 1 + (rest.count(" ") + 1 if rest else 0)
                if length > longest.get(first, 0):
                    longest[first] = length
    return Names(forms, longest)


@cache
def regions() -> dict[str, str]:
    """The official names of the 83 regions by code."""
    with (DATA / "regions.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["official"] for row in csv.DictReader(file)}


@cache
def by_number() -> dict[str, str]:
    """Codes by the number of the region: «47-й регион»."""
    with (DATA / "regions.csv").open(encoding="utf-8") as file:
        return {row["number"]: row["code"] for row in csv.DictReader(file)}
