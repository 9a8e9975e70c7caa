"""Exports hold what the views hold, in every format, and validate as Data Packages."""

from __future__ import annotations

import csv
import json
import sqlite3
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlalchemy import Engine, func, select, text

from pipeline.export import Format, InvalidExportError, export, size, validate
from pipeline.export.flat import EXPORTED
from pipeline.load import Item, load
from pipeline.models import Event
from tests.databases import MakeDatabase, opened
from tests.pipeline.examples import linking_items


def items() -> list[Item]:
    """The annotated releases, and a post as messengers have them."""
    annotated = linking_items()
    article, extraction = annotated[0]
    return [*annotated, (article.model_copy(update={"title": "", "external_id": "without a title"}), extraction)]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def loaded(request: pytest.FixtureRequest) -> Iterator[Engine]:
    make: MakeDatabase = request.getfixturevalue(f"{request.param}_database")
    with opened(make()) as engine:
        load(engine, items())
        yield engine


def rows_of(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {name: connection.scalar(text(f"SELECT COUNT(*) FROM {name}")) or 0 for name in EXPORTED}


def test_csv(loaded: Engine, tmp_path: Path) -> None:
    assert export(loaded, "csv", tmp_path) == rows_of(loaded)
    with (tmp_path / "counts_series.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == rows_of(loaded)["counts_series"]
    assert {int(row["value"]) for row in rows if row["initiative"].startswith("Хартия технологического")} >= {34, 112}


@pytest.mark.parametrize("format_", ["csv", "parquet", "xlsx", "sqlite", "jsonl", "ftm"])
def test_all_that_is_read_is_told(loaded: Engine, tmp_path: Path, format_: Format) -> None:
    if format_ == "ftm":
        pytest.importorskip("followthemoney", reason="the extra `ftm` is not installed")
    told: list[int] = []
    export(loaded, format_, tmp_path, told.append)
    assert sum(told) == size(loaded, format_) > 0


def test_parquet(loaded: Engine, tmp_path: Path) -> None:
    export(loaded, "parquet", tmp_path)
    found = {name: pq.read_table(tmp_path / f"{name}.parquet") for name in EXPORTED}
    assert {name: table.num_rows for name, table in found.items()} == rows_of(loaded)
    assert str(found["flat_events"].schema.field("published_on").type) == "date32[day]"
    assert found["flat_events"].schema.field("type").metadata[b"description"]


def test_sqlite(loaded: Engine, tmp_path: Path) -> None:
    export(loaded, "sqlite", tmp_path)
    database = sqlite3.connect(tmp_path / "zamena.sqlite")
    try:
        found = {name: database.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in EXPORTED}
    finally:
        database.close()
    assert found == rows_of(loaded)
    metadata = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))
    assert set(EXPORTED) <= set(metadata["databases"]["zamena"]["tables"])


def test_xlsx(loaded: Engine, tmp_path: Path) -> None:
    export(loaded, "xlsx", tmp_path)
    with zipfile.ZipFile(tmp_path / "zamena.xlsx") as book:
        sheets = [
            len(ET.fromstring(book.read(f"xl/worksheets/sheet{n}.xml")).findall(".//{*}row"))
            for n in range(1, len(EXPORTED) + 1)
        ]
    assert [rows - 1 for rows in sheets] == list(rows_of(loaded).values())


def test_jsonl(loaded: Engine, tmp_path: Path) -> None:
    rows = export(loaded, "jsonl", tmp_path)
    read = {
        name: [json.loads(line) for line in (tmp_path / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for name in rows
    }
    assert {name: len(lines) for name, lines in read.items()} == rows
    assert {d["id"] for d in read["documents"]} == {article.external_id for article, _ in items()}
    texts = {d["id"]: d["text"] for d in read["documents"]}
    assert all(texts[e["document_id"]][e["start"] : e["stop"]] == e["quote"] for e in read["events"])
    assert {e["initiative_id"] for e in read["events"]} == {i["id"] for i in read["initiatives"]}
    with loaded.connect() as connection:
        assert rows["events"] == connection.scalar(select(func.count()).select_from(Event))


def test_followthemoney(loaded: Engine, tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney", reason="the extra `ftm` is not installed")
    rows = export(loaded, "ftm", tmp_path)
    lines = (tmp_path / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    found = {proxy.id: proxy for proxy in (ftm.model.get_proxy(json.loads(line)) for line in lines)}
    assert len(found) == len(lines) == rows["entities"]
    for proxy in found.values():
        for prop, value in proxy.itervalues():
            assert prop.type.name != "entity" or value in found, f"{proxy.id} points at {value}, which is not there"
    with loaded.connect() as connection:
        for schema, table in (("Project", "initiatives"), ("Article", "documents"), ("Person", "people")):
            number = connection.scalar(text(f"SELECT COUNT(*) FROM {table}"))
            assert sum(proxy.schema.name == schema for proxy in found.values()) == number
    signed = next(
        p for p in found.values() if p.schema.name == "ProjectParticipant" and "charter_signing" in p.get("role")
    )
    project, release = (found[signed.first(name)] for name in ("project", "proof"))
    assert project.caption.startswith("Хартия")
    assert signed.first("summary") in release.first("bodyText")


def test_exports_are_equal_on_both_engines(
    sqlite_database: MakeDatabase, postgresql_database: MakeDatabase, tmp_path: Path
) -> None:
    written = []
    for order, make in ((1, sqlite_database), (-1, postgresql_database)):  # loaded in opposite orders
        with opened(make()) as engine:
            for item in items()[::order]:
                load(engine, [item])
            export(engine, "jsonl", tmp_path / engine.dialect.name)
            written.append({p.name: p.read_bytes() for p in (tmp_path / engine.dialect.name).iterdir()})
    assert written[0] == written[1]


def test_every_row_leads_to_its_parents(loaded: Engine, tmp_path: Path) -> None:
    export(loaded, "csv", tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    links = {r["name"]: [k["reference"]["resource"] for k in r["schema"]["foreignKeys"]] for r in package["resources"]}
    assert {"documents", "initiatives"} <= set(links["flat_events"])
    assert links["offices"] == ["people", "organizations"]
    path = tmp_path / "initiatives.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(InvalidExportError, match="ForeignKey"):
        validate(tmp_path / "datapackage.json")


@pytest.mark.parametrize("format_", ["parquet", "sqlite"])
def test_other_formats_are_read_back_too(loaded: Engine, tmp_path: Path, format_: Format) -> None:
    export(loaded, format_, tmp_path)
    if format_ == "parquet":
        people = pq.read_table(tmp_path / "people.parquet")
        pq.write_table(people.slice(1), tmp_path / "people.parquet")
    else:
        with closing(sqlite3.connect(tmp_path / "zamena.sqlite")) as database, database:
            database.execute("DELETE FROM people WHERE id IN (SELECT person_id FROM offices LIMIT 1)")
    with pytest.raises(InvalidExportError, match=r"Row Count Error|ForeignKey Error"):
        validate(tmp_path / "datapackage.json")


def test_a_spoilt_package_does_not_validate(loaded: Engine, tmp_path: Path) -> None:
    export(loaded, "csv", tmp_path)
    path = tmp_path / "counts_series.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",34,", ",many,"), encoding="utf-8")
    with pytest.raises(InvalidExportError, match="Type Error"):
        validate(tmp_path / "datapackage.json")
