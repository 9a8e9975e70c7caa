"""Deployments: `prefect.yaml` is their one description, for the work pool and for serving from one process alike."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from prefect import Flow, serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment

FILE = Path(__file__).parents[1] / "prefect.yaml"


def deployments(file: Path = FILE) -> Iterator[RunnerDeployment]:
    """The deployments that the file declares. Raises ImportError or AttributeError where an entrypoint is no flow."""
    for declared in yaml.safe_load(file.read_text(encoding="utf-8"))["deployments"]:
        yield RunnerDeployment.from_flow(
            _flow(declared["entrypoint"]),
            name=declared["name"],
            description=declared["description"],
            schedules=[CronSchedule(**schedule) for schedule in declared["schedules"]],
            parameters=declared["parameters"],
            concurrency_limit=ConcurrencyLimitConfig(**declared["concurrency_limit"]),
        )


def _flow(entrypoint: str) -> Flow[Any, Any]:
    """The flow behind `folder/module.py:name`."""
    file, name = entrypoint.split(":")
    found: Flow[Any, Any] = getattr(import_module(file.removesuffix(".py").replace("/", ".")), name)
    return found


def serve_all() -> None:
    """Serve all deployments from this process until it is stopped."""
    serve(*deployments())
