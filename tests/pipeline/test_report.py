"""The report tells of every initiative under its region, in order of time, with sentences and documents."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from sqlalchemy import Engine

from pipeline.load import load
from pipeline.report import quantity, render, sum_of
from tests.pipeline.examples import linking_items


def shown(engine: Engine, region: str | None = None) -> str:
    console = Console(file=StringIO(), width=200, highlight=False)
    with engine.connect() as connection:
        for piece in render(connection, region):
            console.print(piece)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_report(engine: Engine) -> None:
    load(engine, linking_items())
    report = shown(engine)
    assert report.count("Омская область (RU-OMS)") == 1
    assert "60 documents, 158 events" in report
    omsk = shown(engine, "RU-OMS")
    assert "Саратовская область" not in omsk
    charter = omsk[omsk.index("Хартия технологического суверенитета Омского Прииртышья  charter") :]
    charter = charter[: charter.index("\n\n")]
    assert charter.index("34 предприятия") < charter.index("112 участников") < charter.index("231")
    assert "«27 мая в Омске губернатор Леонид Шестопалов" in charter
    assert "Леонид Шестопалов (губернатор)" in charter
    assert "promise    late      200" in charter
    assert "ld-014, ld-015" in charter  # two documents of one story tell one happening


def test_quantities_agree_with_their_nouns() -> None:
    assert quantity({"value": 386, "comparator": "eq", "unit": "предприятие"}) == "386 предприятий"
    assert quantity({"value": 1, "comparator": "ge", "unit": "индустриальный парк"}) == "≥ 1 индустриальный парк"
    assert sum_of({"value": 1_500_000_000, "comparator": "gt", "currency": "RUB"}) == "> 1 500 000 000 RUB"
