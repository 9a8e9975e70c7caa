"""Alembic's way in: on the connection it was handed, or on the database of the settings."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from pipeline.database import make_engine
from pipeline.models import Base
from pipeline.settings import settings


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        user_module_prefix="types.",
        include_name=lambda name, kind, parents: not (name or "").startswith("search_"),  # the full-text index
    )
    with context.begin_transaction():
        context.run_migrations()


if connection := context.config.attributes.get("connection"):
    migrate(connection)
else:
    with make_engine(context.config.get_main_option("sqlalchemy.url") or settings().database).begin() as connection:
        migrate(connection)
