"""The reason codes: one table, `reasons.yaml`, from which docs/reasons.md is made."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

Outcome = Literal["complete", "truncated", "failed"]
Severity = Literal["none", "temporary", "soft", "hard"]


class Reason(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    outcome: Outcome
    severity: Severity
    meaning: str
    action: str = ""
    leave: Literal["never", "list", "always"] = "never"  # what it must befall for the host to be left alone


@cache
def reasons() -> dict[str, Reason]:
    table = yaml.safe_load(Path(__file__).with_name("reasons.yaml").read_text(encoding="utf-8"))
    return {code: Reason(code=code, **row) for code, row in table.items()}


class Refused(Exception):  # noqa: N818 - not an error of ours
    """A page that is not to be had, with the reason's code; raised by the middlewares and told in the report."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = reasons()[code].code
        self.detail = detail
