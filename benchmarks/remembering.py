"""What it costs to load releases into resolved rows, as the database grows, and to ask it: SQLite and PostgreSQL."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, insert, select, text

from benchmarks.releases import releases
from pipeline.database import chunks, opened
from pipeline.load import load
from pipeline.models import Base
from pipeline.search import search
from pipeline.views import views
from tests.databases import postgresql_databases

DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS", "10000"))  # 100000 for the whole figure
EARLY = 5_000
BATCH = 500
WORDS = ("предприятие", "губернатор сроки", "хартия")


def run() -> None:
    with TemporaryDirectory(prefix="zamena-") as folder:
        _measure(f"sqlite:///{folder}/zamena.db", f"sqlite:///{folder}/plain.db")
    with TemporaryDirectory(prefix="zamena-") as folder, postgresql_databases(Path(folder)) as make:
        _measure(make(), make())


def _measure(url: str, plain_url: str) -> None:
    engine = opened(url)
    name = engine.dialect.name
    early, late = _load(engine, 0, EARLY), _load(engine, EARLY, DOCUMENTS)
    print(f"{name}: {early:.1f} ms a document up to {EARLY:,}, {late:.1f} ms from there to {DOCUMENTS:,}")
    known = _milliseconds(partial(load, engine, list(releases(BATCH)))) / BATCH
    print(f"{name}: {known:.2f} ms a document that is known, {early / known:.0f} times less")
    plain = _plainly(engine, opened(plain_url)) / DOCUMENTS
    print(f"{name}: {plain:.1f} ms a document for plain inserts of the same rows")
    with engine.connect() as connection:
        for view in views():
            print(f"{name}: {_milliseconds(partial(_page, connection, view.name)):.1f} ms first page of {view.name}")
        for words in WORDS:
            print(f"{name}: {_milliseconds(partial(search, connection, words)):.1f} ms search for «{words}»")


def _load(engine: Engine, start: int, stop: int) -> float:
    """Milliseconds a document, making it up left out."""
    spent = 0.0
    for first in range(start, stop, BATCH):
        batch = list(releases(BATCH, first))
        spent += _milliseconds(partial(load, engine, batch), times=1)
    return spent / (stop - start)


def _plainly(engine: Engine, other: Engine) -> float:
    """Milliseconds to insert all rows into an empty database, table by table, reading them left out."""
    spent = 0.0
    with engine.connect() as connection, other.begin() as empty:
        for table in Base.metadata.sorted_tables:
            if table.name == "regions":
                continue
            rows = [dict(row._mapping) for row in connection.execute(select(table))]
            for chunk in chunks(rows, 1000):
                spent += _milliseconds(partial(empty.execute, insert(table), chunk), times=1)
    return spent


def _page(connection: Connection, view: str) -> None:
    connection.execute(text(f"SELECT * FROM {view} LIMIT 50")).all()


def _milliseconds(work: Callable[[], object], times: int = 5) -> float:
    """The best of some tries."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return 1000 * best
