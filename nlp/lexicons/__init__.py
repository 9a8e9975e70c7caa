"""The words the readers know: YAML tables that someone who knows Russian but no Python can extend."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def load(name: str) -> Any:
    """The table `name`.yaml beside this module."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"), loader)
