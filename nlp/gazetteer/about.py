"""Which regions a release is about, of all those it names."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from nlp.analysis import Analysis, Sentence, Token
from nlp.gazetteer.hints import hints
from nlp.gazetteer.matching import Basis, RegionMention
from nlp.lexicon import load

_W = load("places")
AUTHORITIES = frozenset(_W["authorities"])
ALLIED = frozenset(_W["allied"])
WEIGHT: dict[Basis, float] = {
    "official": 3, "nickname": 2.5, "adjective": 1.5, "demonym": 1.5, "capital": 1, "place": 1,
}  # fmt: skip
QUOTED = 0.3  # what a name inside a name is worth: «Омский каучук»
VENUE = 0.3  # what a city is worth where things are signed, whoever signs
VENUES = frozenset({"RU-MOW", "RU-SPE"})
TITLE, LEAD, HALF = 3, 1.5, 10  # a title, the lead, and after how many sentences a mention is worth half
SOURCE = 3
SURE = 3  # below it what stands outside the release counts as well
_JOINTS = frozenset({"и", ",", "–", "—", "-", "с", "со", "а", "также", "или"})


def regions_of(analysis: Analysis, mentions: list[RegionMention]) -> tuple[str, ...]:
    """ISO 3166-2 codes of the regions the release is about, the chief one first."""
    scores = region_scores(analysis, mentions)
    if not scores:
        return ()
    chief = max(scores, key=lambda code: scores[code])
    return (chief, *(code for code in _allies(analysis, mentions, chief) if code != chief))


def region_scores(analysis: Analysis, mentions: list[RegionMention]) -> dict[str, float]:
    """How much speaks for each region."""
    scores: dict[str, float] = defaultdict(float)
    starts = [sentence.start for sentence in analysis.sentences]
    if analysis.source_region:
        scores[analysis.source_region] += SOURCE
    for mention in mentions:
        if mention.code is None:
            continue
        index = bisect_right(starts, mention.start) - 1
        weight = WEIGHT[mention.basis]
        if mention.basis in ("capital", "place") and mention.code in VENUES:
            weight = VENUE
        if mention.quoted:
            weight *= QUOTED
        if index >= 0:
            if _has_authority(analysis.sentences[index], mention.start):
                weight *= 2
            weight *= TITLE if index == 0 else LEAD if index < 4 else HALF / (HALF + index)
        scores[mention.code] += weight
    if max(scores.values(), default=0) < SURE:
        for code, weight in hints(analysis).items():
            scores[code] += weight
    return scores


def _has_authority(sentence: Sentence, start: int) -> bool:
    before = [token for token in sentence.tokens if token.start < start][-4:]
    return any(token.lemma in AUTHORITIES for token in before)


def _allies(analysis: Analysis, mentions: list[RegionMention], chief: str) -> Iterator[str]:
    """The other regions that come to terms with the chief one in the release."""
    starts = [mention.start for mention in mentions]
    for index, sentence in enumerate(analysis.sentences):
        bases = _BY_TITLE if index == 0 else _BY_NAME
        first, last = bisect_right(starts, sentence.start - 1), bisect_right(starts, sentence.stop)
        here = [m for m in mentions[first:last] if m.code and not m.quoted and m.basis in bases]
        if len({m.code for m in here}) < 2 or not any(token.lemma in ALLIED for token in sentence.tokens):
            continue
        yield from (code for group in _parties(sentence, here, title=index == 0) if chief in group for code in group)
        yield from _partners(sentence, here, chief)


_BY_NAME = frozenset({"official", "nickname"})
_BY_TITLE = frozenset({"official", "nickname", "capital", "demonym"})


def _parties(sentence: Sentence, here: list[RegionMention], *, title: bool) -> Iterator[list[str]]:
    """Groups of regions that stand side by side in a sentence as those who agree."""
    group: list[RegionMention] = []
    for mention in here:
        if group and not _beside(sentence, group[-1], mention):
            yield from _agreeing(sentence, group, title=title)
            group = []
        group.append(mention)
    yield from _agreeing(sentence, group, title=title)


def _agreeing(sentence: Sentence, group: list[RegionMention], *, title: bool) -> Iterator[list[str]]:
    if len({m.code for m in group}) < 2:
        return
    before = [token for token in sentence.tokens if token.stop <= group[0].start]
    if title or any(token.lemma == "между" or token.lemma in AUTHORITIES for token in before[-5:]):
        yield [m.code for m in group if m.code]


def _partners(sentence: Sentence, here: list[RegionMention], chief: str) -> Iterator[str]:
    """Regions whose authorities the chief one's sign with: «с губернатором Владимирской области»."""
    if not any(m.code == chief and _has_authority(sentence, m.start) for m in here):
        return
    for mention in here:
        before = [token.lemma for token in sentence.tokens if token.stop <= mention.start][-3:]
        if mention.code and any(_is_with(before, position) for position in range(len(before) - 1)):
            yield mention.code


def _is_with(lemmas: list[str], position: int) -> bool:
    return lemmas[position] in ("с", "и", ",") and lemmas[position + 1] in AUTHORITIES


def _beside(sentence: Sentence, a: RegionMention, b: RegionMention) -> bool:
    """Whether nothing but joints, authorities and their people stand between two mentions."""
    tokens = [token for token in sentence.tokens if a.stop <= token.start < b.start]
    return all(
        token.text.lower() in _JOINTS or token.lemma in AUTHORITIES or token.pos in ("ADJF", "PREP") or _is_name(token)
        for token in tokens
    )


def _is_name(token: Token) -> bool:
    return token.text[0].isupper()
