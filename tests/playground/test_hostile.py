"""The hostile pages: enough of them, every platform, the same each time."""

from __future__ import annotations

from collections import Counter

from playground import hostile
from spiders.registry import PLATFORMS


def test_enough_and_of_every_platform() -> None:
    pages = list(hostile.pages())
    assert len(pages) >= 300
    assert set(Counter(page.platform for page in pages)) == set(PLATFORMS)
    assert len({page.html for page in pages}) == len(pages)


def test_the_same_at_each_call() -> None:
    assert list(hostile.pages()) == list(hostile.pages())
