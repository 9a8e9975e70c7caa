"""The dictionary describes what there is: nothing missing, nothing stale, types as in the database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect

from pipeline import dictionary
from pipeline.export.nested import RECORDS, fields
from pipeline.models import Base
from pipeline.views import views

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_every_view_column_is_described(engine: Engine) -> None:
    inspector = inspect(engine)
    assert set(inspector.get_view_names()) == {view.name for view in views()}
    for view in views():
        assert [column["name"] for column in inspector.get_columns(view.name)] == list(view.columns)
        assert all(view.columns.values())
        assert view.comment


def test_columns_tell_their_types_by_their_names() -> None:
    free = {"date", "start", "stop", "count", "number"}  # an event's date may be a year
    for table in Base.metadata.tables.values():
        for column in dictionary.tables()[table.name].fields:
            if column.type in ("date", "datetime"):
                assert dictionary.named_type(column.name) == column.type, f"{table.name}.{column.name}"
            elif column.name not in free:
                assert dictionary.named_type(column.name) in (column.type, "string"), f"{table.name}.{column.name}"


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary.markdown(), (
        "run: python -m pipeline.dictionary > docs/data-dictionary.md"
    )


def test_the_explorer_knows_every_column() -> None:
    described = dictionary.datasette_metadata()["databases"]["zamena"]["tables"]
    assert described["events"]["columns"]["status"].startswith("done, planned")
    assert len(described) == len(Base.metadata.tables) + len(views())


def test_records_are_described() -> None:
    for name in RECORDS:
        assert all(field["description"] and field["type"] for field in fields(name))
