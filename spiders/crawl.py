"""Crawling as the rest of the house sees it: orders in, reports out, and nothing that a site does is raised."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from pydantic import TypeAdapter, ValidationError

from spiders import registry
from spiders.known import read_articles
from spiders.order import Order
from spiders.registry import Source
from spiders.report import CrawlReport

GRACE = 30.0  # seconds between asking a crawl to stop, and killing it

_ORDERS = TypeAdapter(list[Order])


def crawl(
    source_id: str,
    *,
    archive: Path,
    out: Path,
    known: Path | None = None,
    since: date | None = None,
    until: date | None = None,
    stop_when_known: bool = True,
    allow_private: bool = False,
    contact: str,
    sources: Sequence[Path] = (),
    page_limit: int = 20_000,
    time_limit: float = 6 * 3600,
    settings: dict[str, Any] | None = None,
) -> CrawlReport:
    """Crawl one source in a process of its own; the arguments are an Order's, `out` its articles.

    Raises RegistryError for a source nobody declares or whose declaration is broken.
    """
    order = Order(
        source=source_id,
        sources=tuple(sources),
        archive=archive,
        articles=out,
        known=known,
        since=since,
        until=until,
        stop_when_known=stop_when_known,
        allow_private=allow_private,
        contact=contact,
        page_limit=page_limit,
        time_limit=time_limit,
        settings=settings or {},
    )
    return crawl_fleet([order])[0]


def crawl_fleet(orders: Sequence[Order]) -> list[CrawlReport]:
    """Crawl many sources side by side in one process: they wait for their hosts, not for the processor.

    Sources with a CA of their own get a process of their own beside it. Reports come in the order of the orders.
    Raises RegistryError as `crawl` does, before anything is asked.
    """
    sources = [registry.get(order.source, *order.sources) for order in orders]
    groups: dict[tuple[str, bool], list[Order]] = defaultdict(list)
    for order, source in zip(orders, sources, strict=True):
        order.articles.parent.mkdir(parents=True, exist_ok=True)
        order.report.unlink(missing_ok=True)
        groups[str(source.ca_file or ""), order.allow_private].append(order)
    started = datetime.now(UTC)
    endings = {}
    with ExitStack() as stack:
        running = [
            (group, stack.enter_context(_started(group, certificates))) for (certificates, _), group in groups.items()
        ]
        for group, process in running:
            patience = max(order.time_limit for order in group) + GRACE
            ending = _ending(process, patience - (datetime.now(UTC) - started).total_seconds())
            endings.update({order.articles: f"{ending}; see {group[0].log}" for order in group})
    return [
        _report(order, source, started, endings[order.articles]) for order, source in zip(orders, sources, strict=True)
    ]


@contextmanager
def _started(orders: Sequence[Order], certificates: str) -> Iterator[subprocess.Popen[bytes]]:
    """A crawling process at work on the orders. It does not outlive the block, nor us."""
    life, ours = os.pipe()  # the process ends when our end is closed, which a SIGKILL does as well
    with (
        orders[0].log.open("ab") as log,
        os.fdopen(ours, "wb"),
        os.fdopen(life, "rb"),
        TemporaryFile() as told,
    ):
        told.write(_ORDERS.dump_json(list(orders)))
        told.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", "spiders.run", str(life)],
            pass_fds=[life],
            stdin=told,
            stdout=log,
            stderr=subprocess.STDOUT,
            # OpenSSL's own variable: the process then trusts the CAs of that file and no others
            env=os.environ | {"PYTHONUTF8": "1"} | ({"SSL_CERT_FILE": certificates} if certificates else {}),
        )
        try:
            yield process
        finally:
            if process.poll() is None:  # we are being stopped ourselves
                _stop(process)


def _ending(process: subprocess.Popen[bytes], patience: float) -> str:
    """Waits for the process's end, which is brought about by force after `patience` seconds; says how it ended."""
    try:
        return f"exit code {process.wait(max(0.0, patience))}"
    except subprocess.TimeoutExpired:
        _stop(process)
        return "killed: it took longer than its limit of time"


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _report(order: Order, source: Source, started: datetime, ending: str) -> CrawlReport:
    """The report that the crawl wrote, or the one it owes."""
    try:
        return CrawlReport.model_validate_json(order.report.read_bytes())
    except (FileNotFoundError, ValidationError):
        report = CrawlReport(source=source.id, region=source.region, started_at=started, finished_at=datetime.now(UTC))
        report.conclude("crashed", ending)
        report.articles = sum(1 for _ in read_articles(order.articles))
        order.report.write_text(report.model_dump_json(indent=1), encoding="utf-8")
        return report
