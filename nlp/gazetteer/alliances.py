"""Which regions a release is about beside its chief one: those that come to terms with it, those of a digest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from nlp.analysis import Analysis
from nlp.gazetteer.setting import AUTHORITIES, SPOKESMEN, Placed, lists
from nlp.lexicon import load

_W = load("places")
ALLIED = frozenset(_W["allied"])
JOINING = frozenset(_W["joining"])
BY_NAME = frozenset({"official", "nickname"})
BY_TITLE = frozenset({"official", "nickname", "capital", "demonym"})
LEADING = 4  # sentences that make the lead, the title among them
DIGEST = 3  # as many regions that each open a paragraph make a digest


def allies(mentions: Sequence[Placed], chief: str) -> Iterator[str]:
    """The regions that come to terms with the chief one."""
    for index, here in groupby(mentions, key=lambda placed: placed.index):
        bases = BY_NAME if index else BY_TITLE
        named = [m for m in here if not m.mention.quoted and m.mention.basis in bases]
        if len({m.code for m in named}) > 1 and (index == 0 or _signing(named[0])):
            for group in filter(_agreeing, lists(named)):
                codes = [m.code for m in group]
                yield from codes if chief in codes else ()
            yield from _partners(named, chief)


def acting(mentions: Sequence[Placed]) -> Iterator[str]:
    """Regions that do something themselves: named in the title, by their authorities, or as who signs."""
    for m in mentions:
        named = m.mention.basis in BY_NAME and not m.mention.quoted
        if named and (m.index == 0 or m.has_authority or _signs(m)):
            yield m.code


def digest(analysis: Analysis, mentions: Sequence[Placed]) -> dict[int, str]:
    """In a digest, the region of each paragraph that a region opens: «Тульская область… Калужская область…»."""
    opened: dict[int, str] = {}
    block = analysis.sentences[0].block if analysis.sentences else -1
    for m in mentions:
        if m.sentence.block != block and not m.mention.quoted:
            block = m.sentence.block
            if m.first < 3 and m.mention.basis in BY_TITLE:
                opened[block] = m.code
    return opened if len(set(opened.values())) >= DIGEST else {}


def _signing(m: Placed) -> bool:
    return not m.is_background and any(token.lemma in ALLIED for token in m.sentence.tokens)


def _signs(m: Placed) -> bool:
    return m.first == 0 and "nomn" in m.sentence.tokens[m.last - 1].tag and _signing(m)


def _agreeing(group: list[Placed]) -> bool:
    """Whether a list of regions is one of parties, not of markets or suppliers."""
    if len({m.code for m in group}) < 2:
        return False
    before, after = group[0].before(5), group[-1].after(2)
    if group[0].index == 0 or any(token.lemma == "между" or token.lemma in SPOKESMEN for token in before):
        return True
    return group[0].index < LEADING and any(token.lemma in JOINING for token in (*before[-1:], *after))


def _partners(named: Sequence[Placed], chief: str) -> Iterator[str]:
    """Regions whose authorities the chief one's sign with: «с губернатором Владимирской области»."""
    if any(m.code == chief and m.has_authority for m in named):
        for m in named:
            lemmas = [token.lemma for token in m.before(3)]
            if any(a in ("с", "и", ",") and b in AUTHORITIES for a, b in pairwise(lemmas)):
                yield m.code
