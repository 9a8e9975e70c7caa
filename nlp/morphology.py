"""Word forms: pymorphy's dictionary, memoised by form."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

Case = Literal["nomn", "gent", "datv", "accs", "ablt", "loct"]
CASES: tuple[Case, ...] = ("nomn", "gent", "datv", "accs", "ablt", "loct")
FORMS = 16_000  # word forms that each cache here and elsewhere remembers; with all readings some 5 KB each
LONGEST = 80  # letters of a word that are looked at; the dictionary's longest has some 40
SAME_CASE = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct", "voct": "nomn"}


@cache
def analyzer() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


def parses(word: str) -> tuple[Any, ...]:
    """All of pymorphy's parses of a word form, likeliest first."""
    return _parses(word.lower() if len(word) > 1 else word)  # one capital may be an initial


def lemma_and_tag(word: str) -> tuple[str, str]:
    """The likeliest lemma (lower case, ё as е) and OpenCorpora's tag of a word form."""
    return _lemma_and_tag(word.lower() if len(word) > 1 else word)


@lru_cache(maxsize=FORMS)
def _parses(word: str) -> tuple[Any, ...]:
    return tuple(_parse(word))


@lru_cache(maxsize=4 * FORMS)
def _lemma_and_tag(word: str) -> tuple[str, str]:
    parse = _parses(word)[0]
    return parse.normal_form.replace("ё", "е"), str(parse.tag)


def _parse(word: str) -> list[Any]:
    word = word[-LONGEST:]
    try:
        return list(analyzer().parse(word))
    except ValueError:  # pymorphy asks for the Unicode name of each character; some have none
        return list(analyzer().parse("".join(c if unicodedata.name(c, "") else "?" for c in word)))


def lemma(word: str) -> str:
    """The likeliest lemma: lower case, ё as е."""
    return lemma_and_tag(word)[0]


def case_of(tag: Any) -> str | None:
    """The case of a tag, the second genitive and its like folded into the six."""
    case: str | None = tag.case
    return SAME_CASE.get(case, case) if case else None


class Grammemes(NamedTuple):
    """What a tag says, OpenCorpora's terms as plain strings: pymorphy's own properties are slow to ask and compare."""

    pos: str | None
    case: str | None  # one of the six
    number: str | None
    gender: str | None  # None: common, or the plural's
    animacy: str | None
    fixed: bool  # has no paradigm
    given: bool  # a first name
    named: bool  # a first name, patronymic or surname


class Tag(NamedTuple):
    """One parse of a word form."""

    score: float
    pos: str | None
    case: str | None
    number: str | None
    gender: str | None
    animacy: str | None
    fixed: bool
    given: bool
    named: bool
    place: int  # of the parse among parses()


@lru_cache(maxsize=10_000)  # the dictionary has some 5,000 different ones
def grammemes(tag: Any) -> Grammemes:
    given = "Name" in tag
    pos, case, number, gender, animacy = (
        str(value) if value else None for value in (tag.POS, case_of(tag), tag.number, tag.gender, tag.animacy)
    )
    return Grammemes(pos, case, number, gender, animacy, "Fixd" in tag, given, given or "Surn" in tag or "Patr" in tag)


def tags(word: str) -> tuple[Tag, ...]:
    """The tags of all parses of a word form, likeliest first."""
    return _tags(word.lower() if len(word) > 1 else word)


@lru_cache(maxsize=FORMS)
def _tags(word: str) -> tuple[Tag, ...]:
    return tuple(Tag(p.score, *grammemes(p.tag), place) for place, p in enumerate(_parses(word)))


def nominative(parse: Any) -> str:
    """The nominative of the same number and gender."""
    features = {"nomn"}
    if "Surn" in parse.tag and parse.tag.gender == "femn":
        features.add("femn")
    form = parse.inflect(features)
    return str(form.word) if form else str(parse.word)


@lru_cache(maxsize=FORMS)
def nominative_at(word: str, place: int) -> str:
    """The nominative of a word form parsed as `parses(word)[place]`."""
    return nominative(parses(word)[place])
