"""Crawling as the rest of the house sees it: orders in, reports out, and nothing that a site does is raised."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
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

    A source with a CA of its own gets a process of its own. Reports come in the order of the orders.
    Raises RegistryError as `crawl` does, before anything is asked.
    """
    sources = [registry.get(order.source, *order.sources) for order in orders]
    groups: dict[tuple[str, bool], list[Order]] = defaultdict(list)
    for order, source in zip(orders, sources, strict=True):
        order.articles.parent.mkdir(parents=True, exist_ok=True)
        order.report.unlink(missing_ok=True)
        groups[_certificates(source), order.allow_private].append(order)
    started = datetime.now(UTC)
    endings = {}
    for (certificates, _), group in groups.items():
        ending = _run(group, certificates)
        endings.update({order.articles: f"{ending}; see {group[0].log}" for order in group})
    return [
        _report(order, source, started, endings[order.articles]) for order, source in zip(orders, sources, strict=True)
    ]


def _certificates(source: Source) -> str:
    """The file of the CA that a source needs besides the system's; empty for most."""
    if not source.certificates:
        return ""
    file = source.path.parent / source.certificates
    if not file.is_file():
        raise registry.RegistryError(f"{source.path}: {source.id}.certificates: no file {file}")
    return str(file)


def _run(orders: Sequence[Order], certificates: str) -> str:
    """Runs a process to its end, with force if it takes longer than it may; says how it ended."""
    patience = max(order.time_limit for order in orders) + GRACE
    life, ours = os.pipe()  # the process ends when our end is closed, which a SIGKILL does as well
    with orders[0].log.open("ab") as log, os.fdopen(ours, "wb"), os.fdopen(life, "rb"):
        process = subprocess.Popen(
            [sys.executable, "-m", "spiders.run", str(life)],
            pass_fds=[life],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            # OpenSSL's own variable: a CA that one source needs is trusted in its process alone
            env=os.environ | {"PYTHONUTF8": "1"} | ({"SSL_CERT_FILE": certificates} if certificates else {}),
        )
        try:
            process.communicate(_ORDERS.dump_json(list(orders)), timeout=patience)
        except subprocess.TimeoutExpired:
            _stop(process)
            return f"killed after {patience:.0f} s"
        except BaseException:  # we are being stopped ourselves: the crawl may not outlive us
            _stop(process)
            raise
    return f"exit code {process.returncode}"


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
