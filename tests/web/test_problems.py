"""Whatever is wrong with a decision is said in Russian."""

from __future__ import annotations

import ast
import inspect
import string
from collections.abc import Iterator

import pytest

from pipeline import facts, review
from pipeline.facts import BadReadingError
from web.problems import TEMPLATES, in_russian


def raised() -> Iterator[str]:
    """The templates of all complaints that a decision can meet."""
    for module in (facts, review):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"BadReadingError", "ReviewError"}:
                yield from (str(c.value) for c in ast.walk(node.args[0]) if isinstance(c, ast.Constant))


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_complaint_has_its_words() -> None:
    assert {*raised()} == {*TEMPLATES}


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_words_ask_for_nothing_that_is_not_told(template: str) -> None:
    assert fields(TEMPLATES[template]) <= fields(template)


def test_what_was_given_is_named() -> None:
    assert "«вчера»" in in_russian(BadReadingError("not a date: {day!r}", {"day": "вчера"}))
