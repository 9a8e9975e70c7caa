"""Regions named in a few words: «министр промышленности Омской области», «замгубернатора в Томске»."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.reference import regions
from pipeline.resolve.words import WORD, lemma


@cache
def _names() -> dict[tuple[str, ...], str]:
    """Lemmas of each region's names and capital -> its code; names that two regions have are left out."""
    found: dict[tuple[str, ...], set[str]] = {}
    for row in regions():
        for text in (row["name"], row["short_name"], row["capital"]):
            words = tuple(lemma(w) for w in WORD.findall(text))
            found.setdefault(words, set()).add(row["code"])
    return {words: min(codes) for words, codes in found.items() if len(codes) == 1}


@lru_cache(maxsize=20_000)
def regions_named(text: str) -> frozenset[str]:
    """ISO 3166-2 codes of the regions that a text names in full or by their capital."""
    words = [lemma(w) for w in WORD.findall(text)]
    names = _names()
    longest = max(map(len, names))
    return frozenset(
        names[key]
        for i in range(len(words))
        for n in range(1, longest + 1)
        if (key := tuple(words[i : i + n])) in names
    )
