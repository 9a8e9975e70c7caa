"""How far an export is: told while its rows are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Done: TypeAlias = Callable[[int], None]  # told how many more are read


def unheeded(number: int) -> None:
    """For nobody to be told."""


def told(read: Iterable[T], done: Done) -> Iterator[T]:
    """The same, each told when it is through."""
    for one in read:
        yield one
        done(1)
