from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from web.marking import pieces


def event(id_: str, start: int, stop: int) -> Any:
    return SimpleNamespace(id=id_, start=start, stop=stop)


def test_quotations_that_overlap_are_both_marked() -> None:
    parts = pieces("0123456789", [event("a", 2, 6), event("b", 4, 8)])
    assert [(p.text, [e.id for e in p.events], p.anchors) for p in parts] == [
        ("01", [], ()),
        ("23", ["a"], ("a",)),
        ("45", ["a", "b"], ("b",)),
        ("67", ["b"], ()),
        ("89", [], ()),
    ]


@given(st.text(), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_the_text_is_whole_whatever_the_spans(text: str, spans: list[tuple[int, int]]) -> None:
    events = [event(str(n), start, stop) for n, (start, stop) in enumerate(spans)]
    assert "".join(piece.text for piece in pieces(text, events)) == text
