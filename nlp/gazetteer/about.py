"""Which regions a release is about, of all those it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from nlp.analysis import Analysis
from nlp.gazetteer.alliances import LEADING, acting, allies, digest
from nlp.gazetteer.hints import hints
from nlp.gazetteer.mention import Basis, RegionMention
from nlp.gazetteer.setting import Placed, lists, placed

WEIGHT: dict[Basis, float] = {
    "official": 3, "nickname": 2.5, "adjective": 1.5, "demonym": 1.5, "capital": 1.5, "place": 1,
}  # fmt: skip
QUOTED = 0.3  # what a name inside a name is worth: «Омский каучук»
VENUE = 0.3  # what a city is worth where things are signed, whoever signs
VENUES = frozenset({"RU-MOW", "RU-SPE"})
TITLE, LEAD, HALF = 4, 1.5, 10  # a title, the lead, and after how many sentences a mention is worth half
AUTHORITY, BACKGROUND = 2, 0.5  # «правительство Омской области», «Ранее …»
ELSEWHERE = 0.5  # «из Тулы», «в Ростовскую область»
LIST = 2  # in longer lists of regions each is worth its share: markets, suppliers
EQUAL = 0.6  # a region of which so much of the chief one's weight is said shares the release with it
SOURCE = 3
SURE = 3  # below it what stands outside the release counts as well


def regions_of(analysis: Analysis, mentions: list[RegionMention]) -> tuple[str, ...]:
    """ISO 3166-2 codes of the regions the release is about, the chief one first."""
    here = list(placed(analysis, mentions))
    scores = _scores(analysis, mentions, here)
    if not scores:
        return ()
    chief = max(scores, key=lambda code: scores[code])
    own = list(acting(here))
    news = sorted(set(digest(analysis, here).values()), key=lambda code: -scores[code])
    if news and chief not in own:
        chief = news[0]  # where the others met, or where the text was written
    equals = [code for code in own if scores[code] >= EQUAL * scores[chief]]
    return tuple(dict.fromkeys([chief, *allies(here, chief), *equals, *news]))


def region_scores(analysis: Analysis, mentions: list[RegionMention]) -> dict[str, float]:
    """How much speaks for each region."""
    return _scores(analysis, mentions, list(placed(analysis, mentions)))


def paragraph_regions(analysis: Analysis, mentions: list[RegionMention]) -> dict[int, str]:
    """In a digest of several regions' news, the region of each paragraph, by `Sentence.block`; else nothing."""
    return digest(analysis, list(placed(analysis, mentions)))


def _scores(analysis: Analysis, mentions: list[RegionMention], here: Sequence[Placed]) -> dict[str, float]:
    scores: dict[str, float] = defaultdict(float)
    if analysis.source_region:
        scores[analysis.source_region] += SOURCE
    for group in lists(here):
        share = len({m.code for m in group})
        for m in group:
            scores[m.code] += _weight(m) / (share if share > LIST else 1)
    inside = {m.mention for m in here}
    for mention in mentions:  # datelines
        if mention.code and mention not in inside:
            scores[mention.code] += WEIGHT[mention.basis]
    if max(scores.values(), default=0) < SURE:
        for code, weight in hints(analysis).items():
            scores[code] += weight
    return scores


def _weight(m: Placed) -> float:
    basis = m.mention.basis
    weight = WEIGHT[basis]
    authority = m.has_authority
    if m.code in VENUES and basis in ("capital", "place", "nickname") and not authority:
        weight = VENUE
    if m.mention.quoted:
        weight *= QUOTED
    if authority:
        weight *= AUTHORITY
    if m.is_background:
        weight *= BACKGROUND
    if m.is_elsewhere:
        weight *= ELSEWHERE
    return weight * (TITLE if m.index == 0 else LEAD if m.index < LEADING else HALF / (HALF + m.index))
