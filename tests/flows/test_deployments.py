"""What prefect.yaml declares can be deployed: its flows exist and take the parameters it gives them."""

from __future__ import annotations

import inspect
from typing import Any, get_type_hints

import pytest
import yaml
from prefect import Flow
from prefect.client.schemas.schedules import CronSchedule
from prefect.flows import load_flow_from_entrypoint

from flows.deployments import FILE, deployments
from flows.deployments import _flow as deployment_flow


@pytest.mark.usefixtures("prefect_server")
def test_every_deployment_has_a_schedule_in_moscow_time_and_known_parameters() -> None:
    declared = {d["name"]: d for d in yaml.safe_load(FILE.read_text(encoding="utf-8"))["deployments"]}
    made = {deployment.name: deployment for deployment in deployments()}
    assert set(made) == set(declared)
    for name, deployment in made.items():
        (schedule,) = list(deployment.schedules or [])
        assert isinstance(schedule.schedule, CronSchedule)
        assert schedule.schedule.timezone == "Europe/Moscow"
        assert schedule.schedule.cron == declared[name]["schedules"][0]["cron"]
        assert set(deployment.parameters) <= set(deployment._parameter_openapi_schema.properties), name


def test_the_windows_overlap() -> None:
    declared = yaml.safe_load(FILE.read_text(encoding="utf-8"))["deployments"]
    days = [d["parameters"].get("days") for d in declared if d["entrypoint"] == "flows/ingest.py:ingest"]
    assert days == [None, 7, 30, 365]


def test_flows_say_what_their_parameters_are_and_mean() -> None:
    for flow in {deployment_flow(d["entrypoint"]) for d in yaml.safe_load(FILE.read_text("utf-8"))["deployments"]}:
        told = inspect.getdoc(flow.fn) or ""
        hints = get_type_hints(flow.fn)
        for parameter in inspect.signature(flow.fn).parameters:
            assert f"    {parameter}: " in told, parameter
            assert parameter in hints, parameter


@pytest.mark.usefixtures("prefect_server")
def test_the_work_pool_takes_them_all() -> None:
    """As `prefect deploy --all` does: each entrypoint loads from the checkout."""
    for declared in yaml.safe_load(FILE.read_text(encoding="utf-8"))["deployments"]:
        loaded: Flow[Any, Any] = load_flow_from_entrypoint(str(FILE.parent / declared["entrypoint"]))
        loaded.validate_parameters(declared["parameters"])
