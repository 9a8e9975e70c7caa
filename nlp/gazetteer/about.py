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
BACKGROUND = frozenset(_W["background"])
JOINING = frozenset(_W["joining"])
SPOKESMEN = AUTHORITIES | frozenset(_W["spokesmen"])
ALLIED = frozenset(_W["allied"])
WEIGHT: dict[Basis, float] = {
    "official": 3, "nickname": 2.5, "adjective": 1.5, "demonym": 1.5, "capital": 1.5, "place": 1,
}  # fmt: skip
QUOTED = 0.3  # what a name inside a name is worth: «Омский каучук»
VENUE = 0.3  # what a city is worth where things are signed, whoever signs
VENUES = frozenset({"RU-MOW", "RU-SPE"})
LEADING = 4  # sentences that make the lead, the title among them
TITLE, LEAD, HALF = 4, 1.5, 10  # a title, the lead, and after how many sentences a mention is worth half
EQUAL = 0.6  # a region of which so much of the chief one's weight is said shares the release with it
SOURCE = 3
SURE = 3  # below it what stands outside the release counts as well
_JOINTS = frozenset({"и", ",", "–", "—", "-", "с", "со", "а", "также", "или", "(", ")", ";", ":"})


def regions_of(analysis: Analysis, mentions: list[RegionMention]) -> tuple[str, ...]:
    """ISO 3166-2 codes of the regions the release is about, the chief one first."""
    scores = region_scores(analysis, mentions)
    if not scores:
        return ()
    chief = max(scores, key=lambda code: scores[code])
    equals = [code for code in _acting(analysis, mentions) if scores[code] >= EQUAL * scores[chief]]
    return tuple(dict.fromkeys([chief, *_allies(analysis, mentions, chief), *equals, *_digest(analysis, mentions)]))


def region_scores(analysis: Analysis, mentions: list[RegionMention]) -> dict[str, float]:
    """How much speaks for each region."""
    scores: dict[str, float] = defaultdict(float)
    if analysis.source_region:
        scores[analysis.source_region] += SOURCE
    starts = [sentence.start for sentence in analysis.sentences]
    for mention, company in zip(mentions, _companies(analysis, mentions), strict=True):
        if mention.code is None:
            continue
        index = bisect_right(starts, mention.start) - 1
        sentence = analysis.sentences[index] if index >= 0 else None
        authority = sentence is not None and _has_authority(sentence, mention.start)
        weight = WEIGHT[mention.basis]
        if mention.code in VENUES and mention.basis in ("capital", "place", "nickname") and not authority:
            weight = VENUE
        if mention.quoted:
            weight *= QUOTED
        if company > 2:
            weight /= company
        if sentence:
            if authority:
                weight *= 2
            if _is_background(sentence):
                weight /= 2
            weight *= TITLE if index == 0 else LEAD if index < LEADING else HALF / (HALF + index)
        scores[mention.code] += weight
    if max(scores.values(), default=0) < SURE:
        for code, weight in hints(analysis).items():
            scores[code] += weight
    return scores


def _companies(analysis: Analysis, mentions: list[RegionMention]) -> list[int]:
    """For each mention, of how many regions the list has in which it stands."""
    sizes: list[int] = []
    group: list[RegionMention] = []
    for mention in mentions:
        if group and not _beside(_between(analysis, group[-1], mention)):
            sizes += [len({m.code for m in group})] * len(group)
            group = []
        group.append(mention)
    return sizes + [len({m.code for m in group})] * len(group)


def _between(analysis: Analysis, a: RegionMention, b: RegionMention) -> list[Token] | None:
    """The tokens between two mentions of one sentence."""
    index = bisect_right(analysis.sentences, a.start, key=lambda sentence: sentence.start) - 1
    sentence = analysis.sentences[index] if index >= 0 else None
    if sentence is None or b.start >= sentence.stop:
        return None
    return [token for token in sentence.tokens if a.stop <= token.start < b.start]


def _acting(analysis: Analysis, mentions: list[RegionMention]) -> Iterator[str]:
    """Regions that do something in the release: named in its title, by their authorities, or as who signs."""
    for mention, sentence in _placed(analysis, mentions):
        if mention.basis in _BY_NAME and (
            sentence is analysis.sentences[0] or _has_authority(sentence, mention.start) or _signs(sentence, mention)
        ):
            yield str(mention.code)


def _signs(sentence: Sentence, mention: RegionMention) -> bool:
    if _is_background(sentence):
        return False
    own = [token for token in sentence.tokens if mention.start <= token.start < mention.stop]
    nominative = bool(own) and "nomn" in own[-1].tag and own[0] is sentence.tokens[0]
    return nominative and any(token.lemma in ALLIED for token in sentence.tokens)


def _digest(analysis: Analysis, mentions: list[RegionMention]) -> list[str]:
    """Regions that each open a paragraph of their own, where three or more do: «Тульская область… Калужская область…»."""
    opened: dict[str, None] = {}
    block = analysis.sentences[0].block if analysis.sentences else -1
    for mention, sentence in _placed(analysis, mentions):
        if sentence.block != block:
            block = sentence.block
            before = [token for token in sentence.tokens if token.start < mention.start]
            if len(before) < 3 and mention.basis in _BY_TITLE:
                opened[str(mention.code)] = None
    return list(opened) if len(opened) > 2 else []


def _placed(analysis: Analysis, mentions: list[RegionMention]) -> Iterator[tuple[RegionMention, Sentence]]:
    """The settled mentions that are no part of a longer name, each with its sentence."""
    for mention in mentions:
        index = bisect_right(analysis.sentences, mention.start, key=lambda sentence: sentence.start) - 1
        if mention.code and not mention.quoted and index >= 0:
            yield mention, analysis.sentences[index]


def _is_background(sentence: Sentence) -> bool:
    return any(token.lemma in BACKGROUND for token in sentence.tokens[:3])


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
        if len({m.code for m in here}) < 2:
            continue
        if index and (_is_background(sentence) or not any(token.lemma in ALLIED for token in sentence.tokens)):
            continue
        groups = _parties(sentence, here, index)
        yield from (code for group in groups if chief in group for code in group)
        yield from _partners(sentence, here, chief)


_BY_NAME = frozenset({"official", "nickname"})
_BY_TITLE = frozenset({"official", "nickname", "capital", "demonym"})


def _parties(sentence: Sentence, here: list[RegionMention], index: int) -> Iterator[list[str]]:
    """Groups of regions that stand side by side in a sentence as those who agree."""
    group: list[RegionMention] = []
    for mention in here:
        between = [t for t in sentence.tokens if group and group[-1].stop <= t.start < mention.start]
        if group and not _beside(between):
            yield from _agreeing(sentence, group, index)
            group = []
        group.append(mention)
    yield from _agreeing(sentence, group, index)


def _agreeing(sentence: Sentence, group: list[RegionMention], index: int) -> Iterator[list[str]]:
    if len({m.code for m in group}) < 2:
        return
    before = [token.lemma for token in sentence.tokens if token.stop <= group[0].start][-5:]
    after = [token.lemma for token in sentence.tokens if token.start >= group[-1].stop][:2]
    spoken = any(lemma == "между" or lemma in SPOKESMEN for lemma in before)
    joining = index < LEADING and any(lemma in JOINING for lemma in (*before[-1:], *after))
    if index == 0 or spoken or joining:
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


def _beside(tokens: list[Token] | None) -> bool:
    """Whether nothing but joints, authorities and their people stand between two mentions."""
    return tokens is not None and all(
        token.text.lower() in _JOINTS or token.lemma in SPOKESMEN or token.pos in ("ADJF", "PREP") or _is_name(token)
        for token in tokens
    )


def _is_name(token: Token) -> bool:
    return token.text[0].isupper()
