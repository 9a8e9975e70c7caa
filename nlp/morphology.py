"""Word forms: pymorphy's dictionary, memoised by form."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, Literal

Case = Literal["nomn", "gent", "datv", "accs", "ablt", "loct"]
CASES: tuple[Case, ...] = ("nomn", "gent", "datv", "accs", "ablt", "loct")
SAME_CASE = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct", "voct": "nomn"}


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


def case_of(tag: Any) -> str | None:
    """The case of a tag, the second genitive and its like folded into the six."""
    case: str | None = tag.case
    return SAME_CASE.get(case, case) if case else None


def nominative(parse: Any) -> str:
    """The nominative of the same number and gender."""
    features = {"nomn"}
    if "Surn" in parse.tag and parse.tag.gender == "femn":
        features.add("femn")
    form = parse.inflect(features)
    return str(form.word) if form else str(parse.word)
