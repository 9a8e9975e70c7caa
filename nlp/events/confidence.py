"""How likely an event is right: a logistic model over what the rules noticed of it.

The weights (confidence.json) come from the annotated releases; `python -m benchmarks.training` trains them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from pathlib import Path

from nlp.events.draft import Draft
from nlp.events.names import alike
from nlp.events.scene import Scene
from nlp.events.support import INDUSTRY
from nlp.learned import learned
from nlp.schema import EventType

WEIGHTS = Path(__file__).parent / "confidence.json"
DOUBTFUL = 0.45  # below this an event is likelier wrong than it is worth
SURE = 0.9  # from here on an event can be taken for granted


def weights() -> dict[str, float]:
    """The model: the weight of each feature, that of the constant under ""."""
    found: dict[str, float] = learned(WEIGHTS)
    return found


def judge(drafts: list[Draft], scenes: list[Scene], relevance: float) -> list[Draft]:
    """Give each event its confidence; those that are too doubtful are left out."""
    model = weights()
    density = industry(scenes)
    told = [scene.chances for scene in scenes]
    for draft in drafts:
        total = sum(model.get(name, 0.0) * value for name, value in features(draft, drafts, density, told, relevance))
        draft.confidence = round(1 / (1 + exp(-total)), 3)
    return [draft for draft in drafts if draft.confidence >= DOUBTFUL]


def industry(scenes: list[Scene]) -> float:
    """How much the release speaks of industry: telling words in a hundred, ten at most."""
    words = sum(len(scene.words) for scene in scenes)
    telling = sum(1 for scene in scenes for form in scene.words.forms if form.lemmas & INDUSTRY)
    return min(10.0, 100 * telling / max(1, words))


def features(
    draft: Draft, drafts: list[Draft], density: float, told_by: list[dict[EventType, float]], relevance: float
) -> Iterator[tuple[str, float]]:
    """What speaks for or against an event, as (name, value)."""
    yield "", 1.0
    yield f"type {draft.type}", 1.0
    yield f"status {draft.status}", 1.0
    yield f"{draft.type} by {draft.trigger_class}", 1.0
    yield f"shape {draft.shape}", 1.0
    yield f"{draft.type} {draft.status}", 1.0
    for note in sorted(draft.notes):
        yield f"note {note}", 1.0
        yield f"{draft.type} {note}", 1.0
    yield "cost", draft.cost / 10
    yield "costly", float(draft.cost > 5)
    yield "money", float(draft.money is not None)
    yield "count", float(draft.count is not None)
    yield "date", float(draft.date is not None)
    yield "parties", min(3, len(draft.parties)) / 3
    yield "retold", min(3, len(draft.told)) / 3
    yield "plural", float(draft.plural)
    yield "lead", float(draft.words.index <= 3)
    yield "late", min(30, draft.words.index) / 30
    yield "long", min(60, len(draft.words)) / 60
    yield "asks", float("?" in draft.words.lower)
    yield "denies", float("не" in draft.words.lower)
    yield "name", min(6, len((draft.initiative or "").split())) / 6
    yield "industry", density / 10
    yield f"industry of {draft.type}", density / 10
    yield "company", min(6, len(drafts) - 1) / 6
    yield "relevance", relevance / 4
    yield f"relevance to {draft.type}", relevance / 4
    told = [told_by[i].get(draft.type, 0.0) for i in (draft.words.index, *sorted(draft.told))]
    yield "telling", told[0] / 4
    yield f"telling of {draft.type}", told[0] / 4
    yield "telling at best", max(told) / 4
    others = [d for d in drafts if d is not draft and d.type == draft.type]
    yield "others", min(3, len(others)) / 3
    yield from _beside(draft, drafts, told_by)
    if "proposed" in draft.notes:
        yield "proposed telling", told[0] / 4
        yield f"proposed beside {min((abs(d.words.index - draft.words.index) for d in others), default=9) <= 1}", 1.0
        yield f"proposed with others {bool(others)}", 1.0
        yield f"proposed without name {draft.initiative is None}", 1.0


def _beside(draft: Draft, drafts: list[Draft], told_by: list[dict[EventType, float]]) -> Iterator[tuple[str, float]]:
    """What else is told there: another type in the sentence, or this type before, which it may only go on with."""
    place = draft.words.index
    for kind, odds in told_by[place].items():
        yield f"{draft.type} where {kind}", odds / 4
    for near in (place - 1, place + 1):
        if 0 <= near < len(told_by):
            yield f"{draft.type} told {near - place}", told_by[near].get(draft.type, 0.0) / 4
    for other in drafts:
        if other is not draft and other.type != draft.type and other.words is draft.words:
            yield f"{draft.type} beside {other.type}", 1.0
    before = [d for d in drafts if d.type == draft.type and (d.words.index, d.trigger) < (place, draft.trigger)]
    if before:
        last = before[-1]
        gap = f"{draft.type} again {min(4, place - last.words.index)}"
        yield gap, 1.0
        yield f"again {last.status == draft.status}", 1.0
        yield f"{gap} name {alike(last.initiative, draft.initiative)}", 1.0
        yield f"{gap} stand-in {'stand-in' in draft.notes}", 1.0
        yield f"again parties {bool(draft.parties)} {bool(_names(last) & _names(draft))}", 1.0
        yield f"again money {bool(last.money)} {bool(draft.money)}", 1.0
        yield f"again count {bool(last.count)} {bool(draft.count)}", 1.0
        yield f"again date {bool(last.date)} {bool(draft.date)}", 1.0
        if any(d.initiative and alike(d.initiative, draft.initiative) for d in before):
            yield f"{draft.type} named before", 1.0


def _names(draft: Draft) -> set[str]:
    return {party.name for party in draft.parties}
