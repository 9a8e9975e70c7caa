"""The deployment, as far as it can be checked without a container engine."""

from __future__ import annotations

import re
from pathlib import Path

import typer
import yaml
from typer.main import get_command

from pipeline.cli import app
from pipeline.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def test_services_run_commands_that_exist() -> None:
    command = get_command(app)
    assert isinstance(command, typer.core.TyperGroup)
    for name in ("scheduler", "web"):
        assert COMPOSE["services"][name]["command"].split()[0] in command.commands


def test_services_set_settings_that_exist() -> None:
    known = {f"ZAMENA_{field.upper()}" for field in Settings.model_fields}
    for service in COMPOSE["services"].values():
        assert {name for name in service.get("environment", {}) if name.startswith("ZAMENA_")} <= known


def test_what_must_be_set_is_in_the_example() -> None:
    wanted = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    example = (DEPLOY / "env.example").read_text(encoding="utf-8")
    assert wanted == set(re.findall(r"^(\w+)=", example, re.M))


def test_mounted_and_copied_files_exist() -> None:
    assert (DEPLOY / "prefect-database.sql").exists()
    for line in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY "):
            for name in line.split()[1:-1]:
                assert (DEPLOY.parent / name).exists(), name


def test_services_wait_for_services_that_exist() -> None:
    for service in COMPOSE["services"].values():
        for other, condition in service.get("depends_on", {}).items():
            assert condition == {"condition": "service_healthy"}
            assert "healthcheck" in COMPOSE["services"][other]
