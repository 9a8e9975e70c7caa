"""When two names mean the same thing, inflection aside."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.lexicon import load

WORD = re.compile(r"[a-zа-я0-9]+")
_TABLE = load("candidates")
EMPTY = frozenset(_TABLE["legal_forms"]) | frozenset(_TABLE["empty"])
STEM = 5  # letters that inflection leaves alone in most words


@lru_cache(maxsize=20_000)
def stems(name: str) -> frozenset[str]:
    """The first letters of each telling word."""
    words = WORD.findall(name.lower().replace("ё", "е"))
    return frozenset(w[:STEM] for w in words if w not in EMPTY and (len(w) > 2 or w.isdigit()))


def alike(a: str | None, b: str | None) -> bool:
    """Whether one name may be another's shorter or inflected form."""
    if not a or not b:
        return True
    first, second = stems(a), stems(b)
    if not first or not second:
        return True
    common = len(first & second)
    return common == min(len(first), len(second)) or common / len(first | second) >= 0.5
