"""Crawling one source, as the rest of the house sees it: a function that returns a report."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from spiders import registry
from spiders.known import read_articles
from spiders.order import Order
from spiders.report import CrawlReport

GRACE = 30.0  # seconds between asking a crawl to stop, and killing it


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
    """Crawl a source in a process of its own; archive every response; append articles (JSON lines) to `out`.

    `known` is a file of KnownPage lines. With `since` everything published from that day on is looked at again, asking
    with the known validators; without it the crawl ends where enough is known, unless `stop_when_known` is off, as it
    must be after a crawl that was not complete. A crawl that was interrupted goes on when called again with the same
    `out`: its articles are not fetched again. Beside `out` lie the report (`.report.json`) and the log (`.log`).
    `time_limit` is in seconds; `settings` are Scrapy's own, for tests and measurements.

    Raises RegistryError for a source nobody declares or whose declaration is broken.
    """
    source = registry.get(source_id, *sources)
    out.parent.mkdir(parents=True, exist_ok=True)
    report_path, log_path = out.with_suffix(".report.json"), out.with_suffix(".log")
    report_path.unlink(missing_ok=True)
    limits = {"CLOSESPIDER_PAGECOUNT": page_limit, "CLOSESPIDER_TIMEOUT": time_limit}
    order = Order(
        source=source_id,
        sources=list(sources),
        archive=archive,
        articles=out,
        report=report_path,
        known=known,
        since=since,
        until=until,
        stop_when_known=stop_when_known,
        allow_private=allow_private,
        contact=contact,
        settings=limits | (settings or {}),
    )
    started = datetime.now(UTC)
    ending = _run(order, log_path, time_limit + GRACE)
    try:
        return CrawlReport.model_validate_json(report_path.read_bytes())
    except (FileNotFoundError, ValidationError):
        report = CrawlReport(source=source.id, region=source.region, started_at=started, finished_at=datetime.now(UTC))
        report.conclude("crashed", f"{ending}; see {log_path}")
        report.articles = sum(1 for _ in read_articles(out))
        report_path.write_text(report.model_dump_json(indent=1), encoding="utf-8")
        return report


def _run(order: Order, log_path: Path, patience: float) -> str:
    """Runs the process to its end, with force if it takes longer than `patience` seconds; says how it ended."""
    with log_path.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "spiders.run"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONUTF8": "1"},
        )
        try:
            process.communicate(order.model_dump_json().encode(), timeout=patience)
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
