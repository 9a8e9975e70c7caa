"""What it costs to load releases into resolved rows, as the database grows, and to ask it: SQLite and PostgreSQL.

Loading is measured in processor time, of this process and of PostgreSQL's beside it, since other work on the machine
makes waiting longer but not work more; pages and searches, which a reader waits for, by the clock.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from sqlalchemy import Connection, Engine, Insert, insert, select, text

from benchmarks.releases import release, releases
from benchmarks.speed import measure
from nlp.schema import Extraction
from pipeline.database import chunks, opened
from pipeline.load import load
from pipeline.models import Base
from pipeline.reprocess import Text, accept, waiting
from pipeline.search import search
from pipeline.views import views
from tests.databases import postgresql_databases

DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS", "10000"))  # 100000 for the whole figure
EARLY = 5_000
SAMPLE = 1_000  # documents over which the cost at a size is taken
BATCH = 64  # documents a transaction, as flows load them
WORDS = ("предприятие", "губернатор сроки", "хартия")


def run() -> None:
    with TemporaryDirectory(prefix="zamena-") as folder:
        _measure(f"sqlite:///{folder}/zamena.db", f"sqlite:///{folder}/plain.db", Path(folder))
    with TemporaryDirectory(prefix="zamena-") as folder, postgresql_databases(Path(folder)) as make:
        _measure(make(), make(), Path(folder))


def _measure(url: str, plain_url: str, folder: Path) -> None:
    engine = opened(url)
    name = engine.dialect.name
    _load(engine, 0, EARLY - SAMPLE)
    early = _load(engine, EARLY - SAMPLE, EARLY)
    _load(engine, EARLY, DOCUMENTS - SAMPLE)
    late = _load(engine, DOCUMENTS - SAMPLE, DOCUMENTS)
    print(f"{name}: {early:.2f} ms a document at {EARLY:,}, {late:.2f} at {DOCUMENTS:,}: {late / early:.2f} times")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {memory:.0f} MiB at most so far")
    known = _spent(engine, partial(load, engine, list(releases(SAMPLE)))) / SAMPLE
    print(f"{name}: {known:.3f} ms a document that is known, {late / known:.0f} times less")
    again = _spent(engine, partial(waiting, engine, "bench")) / DOCUMENTS
    print(f"{name}: {again:.4f} ms a document to reprocess nothing, {late / again:.0f} times less")
    made: list[float] = []  # seconds in which readings were made up; a reader's own time is no part of accepting
    same = _spent(engine, partial(accept, engine, "2", partial(_read, made), folder / "kept.jsonl"))
    same = (same - 1000 * sum(made)) / DOCUMENTS
    read = _reading()
    print(
        f"{name}: {same:.2f} ms a document to accept the same from another version, {late / same:.1f} times less than "
        f"loading, {(read + late) / same:.1f} times less than reading ({read:.1f} ms) and loading"
    )
    plain = _plainly(engine, opened(plain_url)) / DOCUMENTS
    print(f"{name}: {plain:.2f} ms a document for plain inserts of the same rows")
    with engine.connect() as connection:
        for view in views():
            print(f"{name}: {_milliseconds(partial(_page, connection, view.name)):.1f} ms first page of {view.name}")
        for words in WORDS:
            print(f"{name}: {_milliseconds(partial(search, connection, words)):.1f} ms search for «{words}»")


def _load(engine: Engine, start: int, stop: int) -> float:
    """Milliseconds a document, making it up left out."""
    spent = 0.0
    for first in range(start, stop, BATCH):
        batch = list(releases(min(BATCH, stop - first), first))
        spent += _spent(engine, partial(load, engine, batch))
    return spent / (stop - start)


def _read(made: list[float], texts: Sequence[Text]) -> list[Extraction]:
    """What the loaded reading says, by another version. (The number of a release is in its address.)"""
    start = time.process_time()
    out = [replace(release(int(str(t.url).rsplit("/", 1)[1]))[1], version="2") for t in texts]
    made.append(time.process_time() - start)
    return out


def _reading() -> float:
    """Milliseconds in which the extractor reads such a release, in a process of its own."""
    return float(1000 / measure("ours", [article.text for article, _ in releases(SAMPLE)])["per_second"])


def _plainly(engine: Engine, other: Engine) -> float:
    """Milliseconds to insert all rows into an empty database, table by table, reading them left out."""
    spent = 0.0
    for table in Base.metadata.sorted_tables:
        if table.name == "regions":
            continue
        with engine.connect() as connection:
            rows = connection.execution_options(yield_per=1000).execute(select(table)).mappings()
            for chunk in chunks(rows, 1000):
                spent += _spent(other, partial(_insert, other, insert(table), [dict(row) for row in chunk]))
    return spent


def _insert(engine: Engine, statement: Insert, rows: Sequence[dict[str, object]]) -> None:
    with engine.begin() as connection:
        connection.execute(statement, rows)


def _page(connection: Connection, view: str) -> None:
    connection.execute(text(f"SELECT * FROM {view} LIMIT 50")).all()


def _spent(engine: Engine, work: Callable[[], object]) -> float:
    """Milliseconds of processor time, this process's and that of PostgreSQL's on the other end of the connection."""
    before = time.process_time() + _server(engine)
    work()
    return 1000 * (time.process_time() + _server(engine) - before)


def _server(engine: Engine) -> float:
    """Seconds that the server's processes of this database have worked."""
    if engine.dialect.name == "sqlite":
        return 0.0
    with engine.connect() as connection:
        mine = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        times = [psutil.Process(pid).cpu_times() for pid in connection.scalars(text(mine))]
    return sum(t.user + t.system for t in times)


def _milliseconds(work: Callable[[], object], times: int = 5) -> float:
    """The best of some tries, by the clock."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return 1000 * best
