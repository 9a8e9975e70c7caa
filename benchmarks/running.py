"""Running: what two workers read of what one reads, Prefect's price, the whole way against reading alone, memory.

Whatever is compared is done by turns in one run, since others may use the machine: its load stands beside the figures.
BENCH_RUNNING shrinks the counts (0.1) or stretches the soak (60: an hour).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from sqlalchemy import select

import nlp
from benchmarks import corpora
from benchmarks.releases import releases
from flows import backfill, ingest
from flows.cluster import ClusterReader, cluster
from flows.reader import Reader, read
from flows.steps import Window
from flows.warcs import find_files, take_file
from pipeline.database import opened
from pipeline.models import Document
from pipeline.settings import Settings
from pipeline.warcs import Warc
from playground import serve
from spiders.article import Article
from tests.flows.warcs import Response, page, write

SIZE = float(os.environ.get("BENCH_RUNNING", "1"))
DOCUMENTS = max(320, int(5_000 * min(SIZE, 1)))
FLOW_DOCUMENTS, FLOW_FILES = max(100, int(1_000 * min(SIZE, 1))), 10
SOAK, ROUND = 60 * SIZE, 100  # seconds; documents a round


def run() -> None:
    with _load_told():
        workers()
    with _load_told():
        prefect()
    with _load_told():
        end_to_end()
    with _load_told():
        memory()


def workers() -> None:
    """The same documents on one worker and on two, twice; each time a new cluster, whose workers have read before."""
    texts = corpora.crawl_mix()
    documents = [nlp.Document(text) for text in islice(cycle(texts), DOCUMENTS)]
    spent = {1: 0.0, 2: 0.0}
    for n in (1, 2, 2, 1):
        with cluster(Settings(workers=n)) as client:
            client.run(_warmed, documents[: len(texts)])
            reader = ClusterReader(client)
            spent[n] += _seconds(lambda reader=reader: reader.read(documents))  # type: ignore[misc]
    for n, seconds in spent.items():
        print(f"{DOCUMENTS} documents, workers: {n}: {2 * DOCUMENTS / seconds:.0f} documents/s")
    print(f"times one worker's rate: {spent[1] / spent[2]:.2f} (floor 1.7), {os.cpu_count()} cores")


def _warmed(documents: Sequence[nlp.Document]) -> int:
    """What a worker remembers of words it has, on each of them alike."""
    return len(read(documents))


def prefect() -> None:
    """The same files by plain functions and as a flow, each time into a new database; both twice, in turns."""
    spent = {"plain functions": 0.0, "a flow": 0.0}
    with _stage(FLOW_FILES, FLOW_DOCUMENTS // FLOW_FILES) as (files, make_settings):
        _by("a flow", files[:1], make_settings())  # starts the server, and is not counted
        _by("plain functions", files[:1], make_settings())
        for turn in range(2):
            for name in sorted(spent, reverse=turn == 1):
                settings = make_settings()
                backfill.waiting(files, settings)  # makes the schema
                spent[name] += _seconds(lambda name=name, settings=settings: _by(name, files, settings))  # type: ignore[misc]
    for name, seconds in spent.items():
        print(f"{FLOW_DOCUMENTS} documents by {name}: {2 * FLOW_DOCUMENTS / seconds:.1f} documents/s")
    print(f"Prefect's price: {spent['a flow'] / spent['plain functions'] - 1:.1%} (ceiling 15 %)")


def _by(name: str, files: Sequence[Warc], settings: Settings) -> None:
    """File after file in this process."""
    if name == "a flow":
        from prefect.task_runners import ThreadPoolTaskRunner  # after flows has seen to Prefect's environment

        runner: Any = ThreadPoolTaskRunner(max_workers=1)
        backfill.watched.with_options(task_runner=runner)(files, settings, backfill.QUIET)
    else:
        for file in files:
            backfill.take_task.fn(file, settings)


def end_to_end() -> None:
    """From the playground's sites to resolved rows, and reading the same texts alone."""
    with TemporaryDirectory(prefix="zamena-") as folder, serve() as playground:
        sources = Path(folder) / "sources"
        playground.write_sources(sources, delay=0.0)
        os.environ["ZAMENA_SOURCES"] = str(sources)
        settings = Settings(data=Path(folder) / "data", database_url="", allow_private=True)
        results = []
        whole = _seconds(lambda: results.extend(ingest.run(ingest.chosen(), Window(), settings)))
        number = sum(result.load.new for result in results)
        again = Settings(data=Path(folder) / "again", database_url="")
        files = find_files([str(settings.archive)])
        texts = [nlp.Document(article.text, article.published_on) for article in _articles(settings)]
        from_archive = _seconds(lambda: backfill.run(files, again))
        with Reader() as alone:
            alone.read(texts[:5])
            reading = _seconds(lambda: alone.read(texts))
        del os.environ["ZAMENA_SOURCES"]
    print(f"{number} documents from {len(results)} sites to rows: {number / whole:.1f} documents/s")
    print(f"{number} documents from the archive to rows: {number / from_archive:.1f} documents/s")
    print(f"reading them alone: {number / reading:.1f} documents/s; its share of the whole way {reading / whole:.0%}")


def _articles(settings: Settings) -> list[Article]:

    engine = opened(settings.database)
    with engine.connect() as connection:
        rows = connection.execute(select(Document.source_id, Document.url, Document.text, Document.published_on)).all()
    engine.dispose()
    return [Article(source=s, url=u, title="", text=t, published_on=p) for s, u, t, p in rows]


def memory() -> None:
    """The flow's own process and its reader while file after file goes by, each of new releases."""
    with TemporaryDirectory(prefix="zamena-") as name, Reader() as beside:
        settings = Settings(data=Path(name) / "data", database_url="")
        seen: list[tuple[int, dict[str, float]]] = []
        begun = time.monotonic()
        with ingest.ready(settings) as engine:
            for turn in count():
                file = write(Path(name) / f"{turn}.warc.gz", _made(ROUND, turn * ROUND))
                take_file(find_files([str(file)])[0], engine, settings, read=beside.read)
                file.unlink()
                seen.append(((turn + 1) * ROUND, _resident()))
                if time.monotonic() - begun > SOAK and turn >= 5:
                    break
    early = seen[len(seen) // 3]
    for process in early[1]:
        first, last = early[1][process], seen[-1][1][process]
        print(
            f"memory of the {process}: {first:.0f} MB after {early[0]} documents, {last:.0f} MB after {seen[-1][0]} "
            f"({last / first - 1:+.1%} in {time.monotonic() - begun:.0f} s)"
        )


def _resident() -> dict[str, float]:
    here = psutil.Process()
    readers = [one for one in here.children(recursive=True) if "spawn_main" in " ".join(one.cmdline())]
    sizes = {"flow": here.memory_info().rss, "reader": sum(one.memory_info().rss for one in readers)}
    return {name: size / 1e6 for name, size in sizes.items()}


@contextmanager
def _stage(files: int, each: int) -> Iterator[tuple[list[Warc], Callable[[], Settings]]]:
    """WARC files of made-up releases, and settings over ever new databases."""
    with TemporaryDirectory(prefix="zamena-") as name:
        folder = Path(name)
        for part in range(files):
            write(folder / "in" / f"{part}.warc.gz", _made(each, part * each))
        numbers = count()
        yield (
            find_files([str(folder / "in")]),
            lambda: Settings(data=folder / str(next(numbers)), database_url=""),
        )


def _made(number: int, start: int = 0) -> Iterator[Response]:
    for article, _ in releases(number, start):
        title, _, body = article.text.partition("\n\n")
        yield Response(f"http://minprom.khabkrai.ru/{article.url}", page(title, body, article.published_on))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@contextmanager
def _load_told() -> Iterator[None]:
    """What else the machine did meanwhile."""
    before = os.getloadavg()[0]
    yield
    print(f"  (load of the machine before and after: {before:.1f}, {os.getloadavg()[0]:.1f})")
