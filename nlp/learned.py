"""Learned weights are JSON beside the module that uses them; here they are read."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def learned(path: Path) -> Any:
    """The weights of a file, which says too what they were trained on (`trained_on`, a digest of the annotations)."""
    return json.loads(path.read_text(encoding="utf-8"))["weights"]
