"""Whose initiative an event is: the release's chief region, or the regions that come to terms in its sentence."""

from __future__ import annotations

from nlp.agreement import word
from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.scene import Scene
from nlp.gazetteer import RegionMention, paragraph_regions, regions_of

BILATERAL = ("agreement_signing", "charter_signing")
SOMEWHERE = ("production_launch", "support_measure", "cluster_announcement")  # what is where its sentence says


def give_regions(analysis: Analysis, scenes: list[Scene], mentions: list[RegionMention]) -> tuple[str, ...]:
    """Give each event of a release its regions; the regions of the release itself come back, the chief one first."""
    about = regions_of(analysis, mentions)
    home = paragraph_regions(analysis, mentions)
    for scene in scenes:
        if not scene.drafts:
            continue
        start, stop = scene.words.sentence.start, scene.words.sentence.stop
        here = [m for m in mentions if start <= m.start < stop and m.code]
        own = home.get(scene.words.sentence.block)
        for draft in scene.drafts:
            draft.regions = (own,) if own else _of(scene, draft, here, about)
    if home:  # a digest is about the regions whose events it tells
        told = {code for scene in scenes for draft in scene.drafts for code in draft.regions}
        return tuple(code for code in about if code in told)
    return about


def _of(scene: Scene, draft: Draft, here: list[RegionMention], about: tuple[str, ...]) -> tuple[str, ...]:
    chief = about[:1]
    if draft.type in BILATERAL:
        spans = _party_spans(scene, draft)
        named = {m.code for m in here if m.code in about or any(a <= m.start < b for a, b in spans)}
        if len(named) > 1:
            return tuple(code for code in dict.fromkeys((*about, *sorted(filter(None, named)))) if code in named)
    elif draft.type == "enterprise_count" and len(about) > 1:
        first, last = scene.words.tokens[draft.first].start, scene.words.tokens[draft.stop - 1].stop
        own = tuple(m.code for m in here if first <= m.start < last and m.code in about)
        if own:
            return own[:1]
    elif draft.type in SOMEWHERE:
        own = tuple(dict.fromkeys(m.code for m in _at(scene, here) if m.code))
        if len(own) == 1 and own != chief:
            return own
    return chief


def _at(scene: Scene, here: list[RegionMention]) -> list[RegionMention]:
    """The names that say where: no part of other names, no destination or origin."""
    words = scene.words
    found = []
    for mention in here:
        first = words.at(mention.start)
        before = words.lower[first - 1] if first else ""
        cases = word(words.tokens[words.at(mention.stop - 1)].text).cases
        goes = before in ("из", "для", "с", "от") or (before in ("в", "во", "на") and "loct" not in cases)
        if not mention.quoted and not goes:
            found.append(mention)
    return found


def _party_spans(scene: Scene, draft: Draft) -> list[tuple[int, int]]:
    """Where the event's people stand, with their offices, and its authorities."""
    spans = []
    starts = {party.start for party in draft.parties}
    for person in scene.people:
        if person.start in starts:
            spans.append((person.start, person.stop))
            if person.office:
                spans.append(person.office)
    spans.extend((o.start, o.stop) for o in scene.organisations if o.start in starts and o.kind == "authority")
    return spans
