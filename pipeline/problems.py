"""What is wrong with what somebody gave us, said so that it can be told in another language too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ProblemError(ValueError):
    """`template` says it in English, with places for `values` (str.format)."""

    def __init__(self, template: str, values: Mapping[str, Any] | None = None) -> None:
        super().__init__(template, values)
        self.template, self.values = template, dict(values or {})

    def __str__(self) -> str:
        return self.template.format_map(self.values)
