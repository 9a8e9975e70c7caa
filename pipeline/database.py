"""The door to the database: engines for SQLite and PostgreSQL, the schema brought up to date, bulk writing."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, Executable, create_engine, delete, event, insert, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

T = TypeVar("T")

LOADING = 7_301_952  # key of the advisory lock under which one loader at a time writes on PostgreSQL
MOST_PARAMETERS = 30_000  # SQLite allows 32,766 in a statement, PostgreSQL 65,535
READERS = {"pool_size": 20, "max_overflow": 20}  # at once: long downloads must not keep the pages waiting
BUSY_SECONDS = 60  # how long a SQLite writer waits for another


def make_engine(url: str, *, read_only: bool = False) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`; with `read_only` every write is refused.

    A SQLite file's folder is made. Writers on SQLite take their lock when a transaction begins, so that two of
    them wait for each other instead of failing half-way.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        if address.database and address.database != ":memory:" and not read_only:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        return _sqlite_engine(url, read_only)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    options = "-c timezone=UTC" + (" -c default_transaction_read_only=on" if read_only else "")
    readers: dict[str, Any] = READERS if read_only else {}
    return create_engine(address, pool_pre_ping=True, connect_args={"options": options}, **readers)


def _sqlite_engine(url: str, read_only: bool) -> Engine:
    readers: dict[str, Any] = READERS if read_only else {}
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, **readers)

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        _log_ahead(connection)
        for pragma in (
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            f"cache_size = -{2**14 if read_only else 2**16}",  # KiB; readers are many, and share the system's cache
            "analysis_limit = 1000",  # rows of an index that `optimise` looks at
            *(["query_only = ON"] if read_only else []),
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Readers and the writer side by side. The switch, made once a file, waits for nobody of itself: we wait for it."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def alembic_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", "pipeline:migrations")
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def ensure_schema(engine: Engine) -> None:
    """Make or upgrade the tables and views, and bring the reference data up to date. Idempotent, safe in parallel."""
    from pipeline import reference

    with engine.begin() as connection:
        lock(connection)
        config = alembic_config(engine.url.render_as_string(hide_password=False))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        reference.store(connection)


def opened(url: str) -> Engine:
    """An engine on a database that is up to date."""
    engine = make_engine(url)
    ensure_schema(engine)
    return engine


def lock(connection: Connection) -> None:
    """Let one loader at a time write, until its transaction ends. (On SQLite a writer is alone from BEGIN on.)"""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOADING})


def optimise(engine: Engine) -> None:
    """Let SQLite count anew what its planner goes by, once tables have grown tenfold. PostgreSQL does so by itself."""
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA optimize")


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def upsert(
    connection: Connection,
    model: type[DeclarativeBase],
    rows: Sequence[dict[str, Any]],
    *,
    keep: Iterable[str] = (),
) -> None:
    """Insert rows; where the primary key exists, overwrite the other columns given, except those in `keep`.

    All rows have the same keys. With nothing left to overwrite an existing row stays as it is.
    """
    if not rows:
        return
    key = [column.name for column in model.__table__.primary_key]
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(model)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in {*key, *keep}}
    if changed:
        statement = statement.on_conflict_do_update(index_elements=key, set_=changed)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=key)
    connection.execute(statement, rows)


def delete_where(connection: Connection, column: InstrumentedAttribute[Any], values: Iterable[Any]) -> None:
    """Delete the rows whose `column` is among the values."""
    for chunk in chunks(values, MOST_PARAMETERS):
        connection.execute(delete(column.class_).where(column.in_(chunk)))


def insert_all(connection: Connection, model: type[DeclarativeBase], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, all with the same keys; none is fine."""
    execute(connection, insert(model), rows)


def execute(connection: Connection, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
    """Run a statement once for each row of parameters; none is fine."""
    if rows:
        connection.execute(statement, rows)
