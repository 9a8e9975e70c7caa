"""The schema: up, down, up again with data in it, and equal to the models."""

from __future__ import annotations

from alembic import command
from sqlalchemy import Engine, func, inspect, select

from pipeline.database import alembic_config, ensure_schema
from pipeline.load import load
from pipeline.models import Base, Document, Region
from tests.pipeline.examples import dev_items


def test_every_table_and_column_is_described() -> None:
    bare = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if not column.comment
    ]
    assert not bare
    assert all(table.comment for table in Base.metadata.sorted_tables)


def test_models_and_migrations_agree(engine: Engine) -> None:
    config = alembic_config(engine.url.render_as_string(hide_password=False))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.check(config)  # raises where they differ


def test_down_and_up_again_with_data(engine: Engine) -> None:
    load(engine, dev_items()[:10])
    config = alembic_config(engine.url.render_as_string(hide_password=False))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    assert not inspect(engine).get_view_names()
    ensure_schema(engine)
    ensure_schema(engine)  # again: nothing to do
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Region)) == 83
        assert connection.scalar(select(func.count()).select_from(Document)) == 0
    load(engine, dev_items()[:10])
