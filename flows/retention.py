"""Letting go of what is old and needed by nobody: first as a table, then, if wanted, for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.ingest import ready
from flows.logs import setup
from pipeline.retention import Spent, remove, spent
from pipeline.settings import Settings, settings


def run(settings: Settings, days: int, apply: bool) -> Spent:
    """What is older than so many days and needed by nobody; with `apply` it is removed."""
    with ready(settings) as engine:
        found = spent(engine, settings.data, settings.archive, datetime.now(UTC) - timedelta(days))
        if apply:
            remove(engine, found)
    return found


def table(found: Spent) -> list[dict[str, Any]]:
    """A row for each kind of thing that may go."""
    return [
        {"what": "records of crawls", "number": len(found.crawls)},
        {"what": "logs of crawls", "number": len(found.logs)},
        {"what": "archive files that nothing points to", "number": len(found.archive)},
        {"what": "bytes of these files", "number": found.bytes},
    ]


@flow(name="retention")
def retention(days: int = 365, apply: bool = False) -> None:
    """Let old records of crawls, their logs and unneeded archive files go. What any fact points to stays for ever.

    Args:
        days: how old they must be.
        apply: remove them; otherwise only show what would be removed.
    """
    setup()
    what = "Removed" if apply else "Would be removed"
    rows = table(run(settings(), days, apply))
    create_table_artifact(key="retention", table=rows, description=f"{what}: older than {days} days")
