"""Digests to those who follow a list; as plain function and as Prefect flow."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from prefect import flow
from prefect.artifacts import create_table_artifact

from pipeline.alerts.channels import Sender
from pipeline.alerts.digests import Outcome, Progress, send_due
from pipeline.alerts.links import Links
from pipeline.database import opened
from pipeline.models.following import Frequency
from pipeline.settings import Settings, settings
from pipeline.signing import key


def run(settings: Settings, frequency: Frequency, progress: Progress = lambda done, total: None) -> Counter[Outcome]:
    """Send what is due to the readers of one frequency; answers how many digests went which way.

    Raises ValueError for a setting with which nothing can be sent.
    """
    sender, links = Sender(settings), Links(settings.site.rstrip("/"), key(settings))
    engine = opened(settings.database)
    try:
        return send_due(engine, frequency, sender, links, datetime.now(UTC), progress)
    finally:
        engine.dispose()


@flow(name="digest")
def digest(frequency: Frequency) -> None:
    """Send digests.

    Args:
        frequency: to whom: at_once, daily or weekly.
    """
    rows = [{"outcome": outcome, "digests": n} for outcome, n in sorted(run(settings(), frequency).items())]
    create_table_artifact(key="digest", table=rows, description=f"Digests, {frequency}")
