"""Collecting: what archiving and reading cost over bare fetching, flat memory, fleets that keep time, ill hosts too.

Times are of the wall: the load of the machine, printed first, is in them; processor time stands beside them.
"""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import yaml

from benchmarks.bare import AT_ONCE
from benchmarks.loopback import address
from playground import faulty
from spiders.crawl import crawl_fleet
from spiders.order import Order
from spiders.report import CrawlReport

PAGES = 3_000
MEMORY = (1_000, int(os.environ.get("BENCH_PAGES", "6000")))  # pages; 30000 for the whole figure
FLEET, FLEET_RELEASES, FLEET_DELAY = 240, 19, 3.0  # with the list's page 20 pages a host
HEALTHY = 20
ILL = (
    "hang",
    "drip",
    "reset",
    "error-500",
    "limited",
    "challenge-200",
    "challenge-403",
    "qrator",
    "login",
    "empty",
    "bomb",
    "endless",
    "huge",
    "short",
    "no-http",
    "bad-gzip",
    "half-gzip",
    "circle",
    "bad-tls",
    "menu",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a child process took: wall time and processor time in seconds, peak memory in MB."""

    wall: float
    processor: float
    memory: float


def run() -> None:
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    fetching()
    memory()
    fleet()
    faults()


def fetching() -> None:
    """The better of two runs each, in turn: what else the machine does falls on both alike."""
    with played(1, PAGES) as port:
        runs = [(cost(bare, port), cost(full, port, 1, PAGES, 0.0, True)) for _ in range(2)]
    yardstick, ours = (min(costs, key=lambda one: one.wall) for costs in zip(*runs, strict=True))
    print(f"{PAGES} pages, bare Scrapy: {PAGES / yardstick.wall:.0f} pages/s, {yardstick.processor:.1f} s of processor")
    print(f"{PAGES} pages, the whole path: {PAGES / ours.wall:.0f} pages/s, {ours.processor:.1f} s of processor")
    by_processor = yardstick.processor / ours.processor
    print(f"share of the bare rate: {yardstick.wall / ours.wall:.2f} (floor 0.5); by processor time {by_processor:.2f}")


def memory() -> None:
    for pages in MEMORY:
        with played(1, pages) as port:
            print(f"{pages} pages: {cost(full, port, 1, pages, 0.0, True).memory:.0f} MB at the most")


def fleet() -> None:
    with played(FLEET, FLEET_RELEASES) as port:
        alone = cost(full, port, 1, FLEET_RELEASES, FLEET_DELAY, False)
        together = cost(full, port, FLEET, FLEET_RELEASES, FLEET_DELAY, False)
    print(f"one host, {FLEET_DELAY:g} s delay, {FLEET_RELEASES + 1} pages: {alone.wall:.0f} s")
    print(f"{FLEET} hosts: {together.wall:.0f} s, {together.memory:.0f} MB, {together.processor:.0f} s of processor")
    print(f"of one host's time: {together.wall / alone.wall:.2f} (ceiling 1.3)")


def faults() -> None:
    """Healthy hosts by themselves, then beside ill ones: the ill must cost them no time."""
    alone, _ = ward({})
    beside, reasons = ward({name: faulty.ILLNESSES[name] for name in ILL})
    print(f"{HEALTHY} healthy hosts: the last complete after {alone:.1f} s; beside {len(ILL)} ill ones: {beside:.1f} s")
    print("the ill ones: " + ", ".join(f"{name} {reason}" for name, reason in reasons.items()))


def ward(ill: Mapping[str, faulty.Illness]) -> tuple[float, dict[str, str]]:
    """Seconds until the last healthy host was complete, and the reasons that the ill ones got; both must be right."""
    healthy = [faulty.Host(f"healthy-{number}", faulty.healthy) for number in range(HEALTHY)]
    sick = [faulty.Host(name, answer, tls=name in faulty.OVER_TLS) for name, (answer, _, _) in ill.items()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        context, _ = faulty.certificate(folder / "authority")
        with faulty.played([*healthy, *sick], context):
            sources = faulty.declared([*healthy, *sick], folder / "sources", {})
            reports = crawl_fleet(
                [
                    Order(
                        source=host.name,
                        sources=(sources,),
                        archive=folder / "archive",
                        articles=folder / f"{host.name}.jsonl",
                        allow_private=True,
                        contact="https://example.org/bench",
                        settings={"DOWNLOAD_DELAY": 1, "DOWNLOAD_TIMEOUT": 10, "RETRY_TIMES": 1, "LOG_LEVEL": "ERROR"},
                    )
                    for host in [*healthy, *sick]
                ]
            )
    well, others = reports[:HEALTHY], reports[HEALTHY:]
    assert {(report.outcome, report.articles) for report in well} == {("complete", 3)}, well
    reasons = {report.source: report.reason for report in others}
    assert reasons == {name: reason for name, (_, _, reason) in ill.items()}, reasons
    begun = min(report.started_at for report in reports)
    return max((report.finished_at - begun).total_seconds() for report in well if report.finished_at), reasons


def crawled(port: int, hosts: Sequence[int], delay: float, hurried: bool) -> list[CrawlReport]:
    """Reports of a fleet; `hurried`: with as many requests at once as the yardstick, as no site should be asked."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [
            {
                "id": f"host-{number}",
                "body": "government",
                "name": f"Сайт номер {number}",
                "platform": "bitrix",
                "homepage": f"{address(number, port)}/",
                "list": f"{address(number, port)}/news/",
                "basis": "played",
                "weekly": 1,
                "delay": delay,
            }
            for number in hosts
        ]
        declared = {"region": "RU-KHA", "zone": "Asia/Vladivostok", "sources": sources}
        (folder / "RU-KHA.yaml").write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")
        return crawl_fleet(
            [
                Order(
                    source=f"host-{number}",
                    sources=(folder,),
                    archive=folder / "archive",
                    articles=folder / f"host-{number}.jsonl",
                    allow_private=True,
                    contact="https://example.org/bench",
                    page_limit=100_000,
                    settings=AT_ONCE | {"AUTOTHROTTLE_ENABLED": False} if hurried else {"LOG_LEVEL": "WARNING"},
                )
                for number in hosts
            ]
        )


def cost(work: Callable[..., None], *args: Any) -> Cost:
    """Runs `work`, which waits for child processes, in a process of its own: what its children took is the work's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, work, *args).result()


def _measured(work: Callable[..., None], *args: Any) -> Cost:
    begun = time.monotonic()
    work(*args)
    took = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(time.monotonic() - begun, took.ru_utime + took.ru_stime, took.ru_maxrss / 1024)


def bare(port: int) -> None:
    subprocess.run([sys.executable, "-m", "benchmarks.bare", str(port), str(PAGES)], check=True)


def full(port: int, hosts: int, articles: int, delay: float, hurried: bool) -> None:
    """The whole path; a crawl that missed anything measures nothing."""
    ends = Counter(
        (report.outcome, report.reason, report.articles) for report in crawled(port, range(hosts), delay, hurried)
    )
    assert ends == {("complete", "exhausted", articles): hosts}, ends


@contextmanager
def played(hosts: int, releases: int) -> Iterator[int]:
    """The server in a process of its own; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.loopback", str(port), str(hosts), str(releases)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        yield port
    finally:
        server.terminate()
        server.wait()
