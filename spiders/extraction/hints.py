"""Where a platform keeps the parts of its article page: CSS selectors, in order of trust."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement
from pydantic import BaseModel, ConfigDict


@cache
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def select(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """Elements at or below `root` that a CSS selector finds, in the page's order."""
    found = _compiled(selector)(root)
    assert isinstance(found, list)  # a CSS selector finds elements and nothing else
    return found


class Hints(BaseModel):
    """CSS selectors of one platform or source; of each list the first that finds text counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    titled: bool = True  # false where posts have no headlines
    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()  # taken out of the body before it is read


@cache
def _platforms() -> dict[str, Hints]:
    data = yaml.safe_load(Path(__file__).with_name("hints.yaml").read_text(encoding="utf-8"))
    return {name: Hints(**hints) for name, hints in data.items()}


def hints_for(platform: str) -> Hints | None:
    """Selectors of a platform's stock article page, or None where it has none and the text itself must tell."""
    return _platforms().get(platform)
