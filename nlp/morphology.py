"""Word forms: pymorphy's dictionary, memoised by form."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any


@cache
def analyzer() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


@lru_cache(maxsize=200_000)
def parses(word: str) -> tuple[Any, ...]:
    """All of pymorphy's parses of a word form, likeliest first."""
    return tuple(analyzer().parse(word))


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The likeliest lemma: lower case, ё as е."""
    form: str = parses(word)[0].normal_form
    return form.replace("ё", "е")
