"""Words in their dictionary form: one function for what is indexed and for what is asked, on either engine."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from pymorphy3 import MorphAnalyzer

WORD = re.compile(r"[0-9a-zа-яё]+", re.IGNORECASE)


@cache
def _analyser() -> MorphAnalyzer:
    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=200_000)  # some 30 MB; a year of releases of all regions has fewer word forms
def lemma(word: str) -> str:
    """The dictionary form of a word's likeliest reading, lower case, ё as е."""
    normal: str = _analyser().parse(word)[0].normal_form
    return normal.replace("ё", "е")


def lemmatise(text: str) -> str:
    """The lemmas of all words and numbers of a text in order, parted by single spaces."""
    return " ".join(lemma(word.lower()) for word in WORD.findall(text))


def search_number(document_id: str, published: date | None) -> int:
    """A document's row in the full-text index: by day of publication, then by 43 bits of its id; undated ones first.

    So the index itself has the newest documents at its end, and a search need not sort what it finds.
    """
    return (published.toordinal() if published else 0) << 43 | int(document_id, 16) >> 37


def agreeing(word: str, number: int) -> str:
    """A noun's lemma in the form that a number asks for: (предприятие, 386) is предприятий."""
    agreed = _analyser().parse(word)[0].make_agree_with_number(number)
    return str(agreed.word) if agreed else word
