"""What the documents say is there is there, and what is there is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from nlp import schema
from pipeline.cli import app
from pipeline.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not link.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / link).exists(), link


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`ZAMENA_{name.upper()}`" in text


def test_every_event_type_and_kind_is_documented() -> None:
    text = (ROOT / "docs" / "annotation.md").read_text(encoding="utf-8")
    for literal in (schema.EventType, schema.Kind, schema.Status, schema.Comparator):
        for value in literal.__args__:  # type: ignore[attr-defined]
            assert f"`{value}`" in text, value


def test_commands_named_in_the_documents_exist() -> None:
    command = get_command(app)
    assert isinstance(command, typer.core.TyperGroup)
    for page in PAGES:
        for name in re.findall(r"zamena ([a-z][a-z-]*)\b", page.read_text(encoding="utf-8")):
            assert name in command.commands, f"{page.name}: zamena {name}"
