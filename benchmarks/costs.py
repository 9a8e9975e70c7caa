"""What one document costs, in processor time and bytes: the measured half of what docs/scale.md is computed from.

    python -m benchmarks.costs > benchmarks/costs.yaml

Processor time, the database server's included, does not depend on who else uses the machine.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import yaml
from sqlalchemy import Engine, text

import nlp
from benchmarks import corpora
from benchmarks.releases import releases
from benchmarks.speed import measure
from pipeline.database import chunks, opened
from pipeline.lemmas import lemmatise
from pipeline.load import Item, load
from spiders import registry
from spiders.archive import ArchiveWriter
from spiders.article import Article
from spiders.sift import Passed, Sieve
from spiders.warc import Record, read_warc
from tests.databases import postgresql_databases
from tests.flows.warcs import Response, page, write

MENU = "".join(f'<li><a href="/section/{n}/">Раздел портала номер {n}</a></li>' for n in range(600))  # some 50 KB
ENGLISH = "The committee met on Tuesday and discussed the budget of the coming year with its members. " * 30
SIZE = float(os.environ.get("BENCH_RUNNING", "1"))  # shrinks the counts
PAGES, LOADED, BATCH = int(200 * SIZE), int(2_000 * SIZE), 64


def costs() -> dict[str, float | int | str]:
    with TemporaryDirectory(prefix="zamena-") as name, postgresql_databases(Path(name) / "server") as make:
        folder = Path(name)
        relevant = [record["text"] for record in corpora.records(corpora.DEV) if record["relevant"]]
        mix = measure("ours", corpora.crawl_mix())
        engine = opened(make())
        found = {
            "measured_on": date.today().isoformat(),
            "extractor": nlp.VERSION,
            "page_bytes": sum(len(response.body) for response in _pages()) // PAGES,
            "archived_bytes": _archived(folder),
            "pass_over_ms": _sifting(write(folder / "foreign.warc.gz", _foreign())),
            "extract_ms": _sifting(write(folder / "own.warc.gz", _pages())),
            "read_mix_ms": 1000 / mix["per_second"],
            "read_relevant_ms": 1000 / measure("ours", relevant)["per_second"],
            "lemmatise_ms": _lemmatising(),
            "worker_mb": mix["peak_mb"],
            "load_irrelevant_ms": _loading(engine, _irrelevant()),
            "database_bytes_irrelevant": _bytes(engine) // PAGES,
        }
        engine.dispose()
        engine = opened(make())
        empty = _bytes(engine)
        found["load_relevant_ms"] = _loading(engine, releases(LOADED))
        found["load_relevant_late_ms"] = _loading(engine, releases(LOADED, LOADED))
        found["database_bytes_relevant"] = (_bytes(engine) - empty) // (2 * LOADED)
        found["database_bytes_irrelevant"] = max(0, int(found["database_bytes_irrelevant"]) - empty // PAGES)
        engine.dispose()
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in found.items()}


def _pages() -> Iterator[Response]:
    """Releases in pages as heavy as those of portals."""
    for article, _ in releases(PAGES):
        title, _, body = article.text.partition("\n\n")
        heavy = page(title, body, article.published_on).replace(b"</ul>", MENU.encode() + b"</ul>")
        yield Response(f"http://minprom.khabkrai.ru/{article.url}", heavy)


def _foreign() -> Iterator[Response]:
    heavy = page("News", ENGLISH, None, "en").replace(b"</ul>", MENU.encode("ascii", "ignore") + b"</ul>")
    for number in range(PAGES):
        yield Response(f"http://news.example/{number}", heavy)


def _irrelevant() -> Iterator[Item]:
    for number, words in enumerate(islice(corpora.news() * PAGES, PAGES)):
        url = f"http://minprom.khabkrai.ru/{number}"
        article = Article(
            source="kha-ministry-industry", url=url, title="", text=f"{number}. {words}", source_region="RU-KHA"
        )
        yield article, nlp.Extraction("bench", False)


def _sifting(file: Path) -> float:
    """Milliseconds a page: unpacked, looked at, and, where it is a release, extracted."""
    sieve = Sieve(registry.load().values())

    def sift() -> None:
        with file.open("rb") as opened_file:
            for record in read_warc(opened_file):
                if isinstance(record, Record):
                    with suppress(Passed):
                        sieve.take(record.archived)

    sift()  # what is loaded once
    return 1000 * _processor(sift) / PAGES


def _archived(folder: Path) -> int:
    """Bytes of a page as the archive packs it."""
    now = datetime.now(UTC)
    with ArchiveWriter(folder, "costs") as writer:
        for response in _pages():
            headers = [("Content-Type", "text/html"), ("Date", f"{now}")]
            request = ("GET /", headers[:0], b"")
            writer.response(response.url, status="200 OK", headers=headers, body=response.body, request=request)
    return sum(file.stat().st_size for file in (folder / "costs").iterdir()) // PAGES


def _loading(engine: Engine, items: Iterator[Item]) -> float:
    """Milliseconds a document that the loader's lock is held, the server's work included."""
    given = list(items)
    lemmas = {article.text: lemmatise(article.text) for article, _ in given}  # as flows.loading does, beforehand

    def work() -> None:
        for batch in chunks(given, BATCH):
            load(engine, batch, lemmatise=lemmas.__getitem__)

    before = _of_server(engine)
    spent = _processor(work)
    return 1000 * (spent + _of_server(engine) - before) / len(given)


def _lemmatising() -> float:
    texts = [article.text for article, _ in _irrelevant()]
    return 1000 * _processor(lambda: [lemmatise(text) for text in texts]) / len(texts)


def _processor(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _of_server(engine: Engine) -> float:
    """Processor seconds that the processes of this PostgreSQL have taken."""
    with engine.connect() as connection:
        backend = connection.scalar(text("SELECT pg_backend_pid()"))
    postmaster = psutil.Process(backend).parent()
    assert postmaster is not None
    times = [process.cpu_times() for process in postmaster.children()]
    return sum(one.user + one.system for one in times)


def _bytes(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)


if __name__ == "__main__":
    print(yaml.safe_dump(costs(), sort_keys=False), end="")
