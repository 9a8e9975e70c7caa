"""Pages that stand in the way of content: challenges, login walls, empty bodies. The marks are data, `blocks.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict

from spiders.extraction import decode, html_to_text

_HEAD = 64 * 1024  # bytes of the body that are looked at
_LOGIN_PATH = re.compile(r"/(?:login|signin|sign-in|auth|authorization|user/login)(?:[/.?]|$)", re.IGNORECASE)


class _Marks(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    headers: tuple[re.Pattern[str], ...] = ()
    body: tuple[re.Pattern[str], ...] = ()
    short: int


@cache
def _marks() -> dict[str, _Marks]:
    table = yaml.safe_load(Path(__file__).with_name("blocks.yaml").read_text(encoding="utf-8"))
    for row in table.values():
        for where in ("headers", "body"):
            row[where] = [re.compile(mark, re.IGNORECASE | re.MULTILINE) for mark in row.get(where, ())]
    return {code: _Marks(**row) for code, row in table.items()}


def find_block(status: int, headers: Mapping[str, str], body: bytes, url: str) -> str | None:
    """The reason's code if a page is no content. `headers` by lower-case name, a name's values on lines of their own.

    The word "captcha" is no mark: forms for feedback carry it.
    """
    if status == 304 or 300 <= status < 400:
        return None
    if status == 200 and not body.strip():
        return "empty_body"
    content_type = headers.get("content-type", "text/html")
    if "html" not in content_type:
        return None
    head = decode(body[:_HEAD], content_type)
    lines = "\n".join(f"{name}: {value}" for name, values in headers.items() for value in values.split("\n"))
    text: str | None = None
    for code, marks in _marks().items():
        if any(mark.search(head) for mark in marks.body) or any(mark.search(lines) for mark in marks.headers):
            text = html_to_text(head) if text is None else text
            if len(text) < marks.short:
                return code
    return "login_wall" if status == 200 and _LOGIN_PATH.search(urlsplit(url).path) else None
