"""A release with its facts marked: the text cut at the borders of the quotations. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from web.queries.events import EventView


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the events that were read from it; `anchors` are those that begin here."""

    text: str
    events: tuple[EventView, ...] = ()
    anchors: tuple[str, ...] = ()


def pieces(text: str, events: Iterable[EventView]) -> list[Piece]:
    """The whole text, in order; quotations may overlap or lie in one another.

    >>> [piece.text for piece in pieces("хартия подписана", [])]
    ['хартия подписана']
    """
    spans = [event for event in events if 0 <= event.start < event.stop <= len(text)]
    borders = sorted({0, len(text), *(e.start for e in spans), *(e.stop for e in spans)})
    begun: set[str] = set()
    out = []
    for start, stop in pairwise(borders):
        here = tuple(event for event in spans if event.start <= start and stop <= event.stop)
        fresh = tuple(event.id for event in here if event.id not in begun)
        begun.update(fresh)
        out.append(Piece(text[start:stop], here, fresh))
    return out
