"""Deployments: `prefect.yaml` is their one description, for the work pool and for serving from one process alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from prefect import Flow, serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment

from flows.digest import digest
from flows.ingest import ingest
from flows.reprocess import reprocess

FILE = Path(__file__).parents[1] / "prefect.yaml"
_FLOWS: dict[str, Flow[Any, Any]] = {
    "flows/digest.py:digest": digest,
    "flows/ingest.py:ingest": ingest,
    "flows/reprocess.py:reprocess": reprocess,
}


def deployments(file: Path = FILE) -> Iterator[RunnerDeployment]:
    """The deployments that the file declares. Raises KeyError for an entrypoint that is no flow of ours."""
    for declared in yaml.safe_load(file.read_text(encoding="utf-8"))["deployments"]:
        yield RunnerDeployment.from_flow(
            _FLOWS[declared["entrypoint"]],
            name=declared["name"],
            description=declared["description"],
            schedules=[CronSchedule(**schedule) for schedule in declared["schedules"]],
            parameters=declared["parameters"],
            concurrency_limit=ConcurrencyLimitConfig(**declared["concurrency_limit"]),
        )


def serve_all() -> None:
    """Serve all deployments from this process until it is stopped."""
    serve(*deployments())
