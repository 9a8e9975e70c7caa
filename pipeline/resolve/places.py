"""Regions named in a few words: «министр промышленности Омской области», «замгубернатора в Томске»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from pipeline.reference import regions
from pipeline.resolve.rows import DocumentRow
from pipeline.resolve.words import WORD, alike, is_place, lemma, lexicon

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@cache
def _names() -> dict[tuple[str, ...], str]:
    """Lemmas of each region's names, capital and adjective -> its code; what two regions have is left out."""
    found: dict[tuple[str, ...], set[str]] = {}
    for row in regions():
        texts = [row["name"], row["short_name"], row["capital"]]
        texts += [w for w in WORD.findall(row["name"]) if is_place(w)]
        texts += [a.replace("-", " ") for a in lexicon()["region_adjectives"].get(row["code"], ())]
        for text in texts:
            words = tuple(lemma(w) for w in WORD.findall(text))
            found.setdefault(words, set()).add(row["code"])
    return {words: min(codes) for words, codes in found.items() if len(codes) == 1}


@lru_cache(maxsize=20_000)
def regions_named(text: str) -> frozenset[str]:
    """ISO 3166-2 codes of the regions that a text names: in full, by capital or by adjective."""
    words = [lemma(part) for w in WORD.findall(text) for part in w.split("-")]
    names = _names()
    longest = max(map(len, names))
    found, i = set(), 0
    while i < len(words):
        n = next((n for n in range(longest, 0, -1) if tuple(words[i : i + n]) in names), 0)
        if n:
            found.add(names[tuple(words[i : i + n])])
        i += n or 1
    return frozenset(found)


def home_of(source: str) -> str | None:
    """ISO 3166-2 code of the one region that a source's name names: «Газета „Омский вечер“» -> RU-OMS."""
    named = regions_named(source)
    return min(named) if len(named) == 1 else None


def home(document: DocumentRow) -> frozenset[str]:
    """Where a document is from when an event does not say: its source's region, or those it names most."""
    if document.source_region:
        return frozenset({document.source_region})
    source = home_of(document.source)
    if source:
        return frozenset({source})
    told = Counter(r for e in document.events for r in e.event.regions)
    told = told or Counter(r for s in SENTENCE.split(document.text) for r in regions_named(s))
    most = max(told.values(), default=0)
    first = [r for r, times in told.items() if times == most]
    return frozenset(first if len(first) == 1 else ())


def is_region(place: str, codes: Iterable[str]) -> bool:
    """Whether a word for a place (a lemma: омский, чувашия) is for one of these regions as a whole."""
    return any(alike(place, word) for code in codes for word in _words(code))


@cache
def _words(code: str) -> frozenset[str]:
    rows = [r for r in regions() if r["code"] == code]
    texts = [r[k] for r in rows for k in ("name", "short_name", "capital")]
    return frozenset(lemma(w) for t in texts for w in WORD.findall(t) if lemma(w) not in ("республика", "область"))
