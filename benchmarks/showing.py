"""How fast the pages are, beside Datasette's plain table page over the same database in the same run.

Each page is asked for at a steady rate, whatever the server makes of it, in turns with Datasette, so that both meet
the same load of the machine. Sums over the whole database are remembered until it changes: the first look at a page,
which makes them, is told apart. Then a browser opens the first page and tells its weight, its shifts and what
blocked it.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from playwright.sync_api import sync_playwright
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import InstrumentedAttribute

from benchmarks.copies import multiply
from benchmarks.releases import releases
from pipeline.database import opened, optimise
from pipeline.load import load
from pipeline.models import Event, Party
from playground.server import listen
from tests.web.chromium import CHROMIUM, FLAGS

DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS", "100000"))
SEED = 5_000  # releases that are loaded; the others are copies of them, each set earlier than the last
RATE = 50  # requests a second
TURNS, TURN = int(os.environ.get("BENCH_TURNS", "3")), 2.0  # turns of a page, seconds each
PATIENCE = 60  # seconds for a server to start
SHARE = 60 * 1024  # bytes of the first page, compressed, without images
RIVALS = ("events", "initiatives", "people")  # tables that Datasette shows; the quickest counts
BIN = Path(sys.executable).parent
SHIFTS = """window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(
    entry => { window.shift += entry.value })).observe({type: 'layout-shift', buffered: true})"""


@dataclass(frozen=True, slots=True)
class Server:
    address: str
    process: int

    def processor(self) -> float:
        """Seconds of a processor that it has used: what a page costs, however busy the machine is. 0 but on Linux."""
        stat = Path(f"/proc/{self.process}/stat")
        if not stat.exists():
            return 0.0
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Spent:
    """On one page: seconds of each request from when it was due, and of the processor altogether."""

    waited: list[float] = field(default_factory=list)
    first: float = 0.0  # the slowest first look, before sums are remembered; not among the others
    processor: float = 0.0

    @property
    def median(self) -> float:
        return 1000 * statistics.median(self.waited)

    @property
    def p99(self) -> float:
        return 1000 * statistics.quantiles(self.waited, n=100)[98]

    def __str__(self) -> str:
        processor = 1000 * self.processor / len(self.waited)
        return f"{self.median:9.1f} {self.p99:9.1f} {processor:9.1f} {1000 * self.first:7.0f}"


def run() -> None:
    with TemporaryDirectory(prefix="zamena-") as folder:
        kept = os.environ.get("BENCH_DATABASE")  # of an earlier run, to look at one page again and again
        path = Path(kept or f"{folder}/zamena.db")
        if not path.exists():
            _fill(path)
        pages = _pages(path)
        with _served(path, Path(folder)) as ours, _datasette(path) as theirs:
            asyncio.run(_compare(ours, pages, theirs, path.stem))
            _browse(ours.address)


def _fill(path: Path) -> None:
    start = time.perf_counter()
    engine = opened(f"sqlite:///{path}")
    for first in range(0, SEED, 500):
        load(engine, list(releases(500, first)))
    multiply(engine, DOCUMENTS // SEED)
    optimise(engine)
    engine.dispose()
    print(f"{DOCUMENTS:,} documents made up in {time.perf_counter() - start:.0f} s")


def _pages(path: Path) -> list[str]:
    """Every kind of page; of those that show one thing, the one that shows most of it."""
    engine = opened(f"sqlite:///{path}")

    pages = [
        "/",
        "/?region=RU-OMS&status=planned",
        "/?page=20",
        "/map",
        "/map?measure=enterprises&kind=charter",
        "/regions/RU-OMS",
        "/initiatives",
        "/initiatives?region=RU-OMS&kind=charter",
        f"/initiatives/{_most(engine, Event.initiative_id)}",
        "/promises",
        "/promises?region=RU-OMS&outcome=kept",
        f"/documents/{_most(engine, Event.document_id)}",
        "/people",
        f"/people/{_most(engine, Party.person_id)}",
        "/organizations",
        f"/organizations/{_most(engine, Party.organization_id)}",
        "/search?q=предприятий",
        "/search?q=губернатор+сроки&region=RU-OMS",
        "/events",
        "/events?region=RU-OMS&type=enterprise_count",
        "/sources",
        "/about",
        "/follow?region=RU-OMS",
        "/feed.atom",
        "/api/v1/events",
        "/api/v1/initiatives",
        "/api/v1/regions",
    ]
    engine.dispose()
    return pages


def _most(engine: Engine, column: InstrumentedAttribute[Any]) -> str:
    with engine.connect() as connection:
        query = select(column).where(column.is_not(None)).group_by(column).order_by(func.count().desc(), column)
        return str(connection.scalar(query.limit(1)))


@contextmanager
def _served(path: Path, data: Path) -> Iterator[Server]:
    """Our pages, as `zamena serve` opens them."""
    port = _free_port()
    environment = {"ZAMENA_DATABASE_URL": f"sqlite:///{path}", "ZAMENA_DATA": str(data)}
    with _process([str(BIN / "zamena"), "serve", "--port", str(port)], port, environment) as server:
        yield server


@contextmanager
def _datasette(path: Path) -> Iterator[Server]:
    """Datasette, as anybody opens it."""
    port = _free_port()
    with _process([str(BIN / "datasette"), "serve", str(path), "--port", str(port)], port, {}) as server:
        yield server


@contextmanager
def _process(command: list[str], port: int, environment: dict[str, str]) -> Iterator[Server]:
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            deadline = time.monotonic() + PATIENCE
            while process.poll() is None and not _answers(address):
                if time.monotonic() > deadline:
                    raise RuntimeError(f"{command[0]} did not start")
                time.sleep(0.1)
            yield Server(address, process.pid)
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=PATIENCE).status_code < 500
    except httpx.TransportError:
        return False


def _free_port() -> int:
    [listening] = listen(["127.0.0.1"])
    port: int = listening.getsockname()[1]
    listening.close()
    return port


async def _compare(ours: Server, pages: list[str], theirs: Server, name: str) -> None:
    rivals = [f"/{name}/{table}" for table in RIVALS]
    spent = {page: Spent() for page in (*pages, *rivals)}
    for _ in range(TURNS):
        for page, so_far in spent.items():
            server = ours if page in pages else theirs
            so_far.first = max(so_far.first, _first_look(server.address + page))
            before = server.processor()
            so_far.waited += await _turn(server.address, page)
            so_far.processor += server.processor() - before
    median, p99 = (min(getattr(spent[rival], figure) for rival in rivals) for figure in ("median", "p99"))
    print(f"at {RATE} requests/s, ms: median       p99 processor   first   (load {os.getloadavg()[0]:.1f})")
    for page, of_it in spent.items():
        slower = page in pages and (of_it.median > median or of_it.p99 > p99)
        print(f"{of_it}  {page}{'  Datasette' if page in rivals else '  SLOWER' if slower else ''}", flush=True)


def _first_look(address: str) -> float:
    start = time.perf_counter()
    answer = httpx.get(address, timeout=10 * PATIENCE)  # a server that fell behind has work left of its last turn
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return time.perf_counter() - start


async def _turn(base: str, page: str) -> list[float]:
    """Seconds of each request of a turn, from when it was due: a server that falls behind is not spared."""
    loop = asyncio.get_running_loop()
    async with httpx.AsyncClient(base_url=base, timeout=PATIENCE, limits=httpx.Limits(max_connections=None)) as client:
        start = loop.time()

        async def ask(due: float) -> float:
            await asyncio.sleep(due - loop.time())
            try:
                answer = await client.get(page)
            except httpx.TransportError:
                return PATIENCE  # it never answered
            assert answer.status_code == 200, f"{page}: {answer.status_code}"
            return loop.time() - due

        return await asyncio.gather(*(ask(start + n / RATE) for n in range(int(RATE * TURN))))


def _browse(ours: str) -> None:
    """The first page in a browser: its weight, layout shifts, and requests that blocked its rendering."""
    weight = int(httpx.get(ours + "/", headers={"Accept-Encoding": "gzip"}).headers["content-length"])
    print(f"first page {weight / 1024:.1f} KB of {SHARE / 1024:.0f}, as it is sent")
    if CHROMIUM is None:
        print("no Chromium on this machine: layout shifts were not looked for")
        return
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser:
        for width in (380, 1200):
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.add_init_script(SHIFTS)
            page.goto(ours + "/")
            page.mouse.wheel(0, 3000)
            page.wait_for_timeout(500)
            found = page.evaluate(
                "({shift: window.shift, blocking: performance.getEntriesByType('resource')"
                ".filter(r => r.renderBlockingStatus === 'blocking').map(r => r.name)})"
            )
            print(f"at {width} px: layout shift {found['shift']}, blocking {found['blocking'] or 'nothing'}")
