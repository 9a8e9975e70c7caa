"""What prefect.yaml declares can be deployed: its flows exist and take the parameters it gives them."""

from __future__ import annotations

import inspect

import pytest
import yaml
from prefect.client.schemas.schedules import CronSchedule

from flows.deployments import FILE, deployments


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
    days = [d["parameters"].get("days") for d in yaml.safe_load(FILE.read_text(encoding="utf-8"))["deployments"]]
    assert [d for d in days if d] == [7, 30, 365]


def test_flows_say_what_their_parameters_mean() -> None:
    from flows.digest import digest
    from flows.ingest import ingest
    from flows.reprocess import reprocess

    for flow in (digest, ingest, reprocess):
        told = inspect.getdoc(flow.fn) or ""
        for parameter in inspect.signature(flow.fn).parameters:
            assert f"    {parameter}: " in told or f"\n    {parameter}:" in told, parameter
