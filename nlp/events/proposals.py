"""Events that the rules passed over and the model of sentences sees: drafts with what their sentence gives.

A proposal is no more than a draft. The judge, who knows how far proposals can be trusted, has the last word.
"""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.lexicon import Family
from nlp.events.scene import Scene
from nlp.events.sentences import Weights, words_at
from nlp.events.status import standing
from nlp.events.takers import CLASSES
from nlp.events.triggers import SHAPES, Spot
from nlp.schema import Count, EventType, Kind

LIKELY = -1.0  # log odds above which a sentence is given a draft
MEMORY = 4  # sentences back to an initiative that is not named again
FAMILIES: dict[EventType, Family] = {
    "charter_signing": "charter",
    "charter_accession": "charter",
    "agreement_signing": "agreement",
    "cluster_announcement": "site",
    "production_launch": "production",
    "support_measure": "support",
}
KINDS: dict[Family, Kind] = {
    "charter": "charter",
    "agreement": "agreement",
    "site": "cluster",
    "production": "production",
    "support": "other",
}
COST = 9.0


def propose(analysis: Analysis, scenes: list[Scene], model: Weights) -> None:
    """Add to each sentence a draft of every type that is likely told there and that no rule found in it."""
    named: list[tuple[Scene, Initiative]] = []
    for scene in scenes:
        named.extend((scene, initiative) for initiative in scene.initiatives if initiative.telling)
        named = [(past, i) for past, i in named if scene.words.index - past.words.index <= MEMORY]
        found = {draft.type for draft in scene.drafts}
        for kind, chance in scene.chances.items():
            if chance < LIKELY or kind in found:
                continue
            draft = _draft(analysis, scene, kind, model, named)
            if draft:
                scene.drafts.append(draft)


def _draft(
    analysis: Analysis, scene: Scene, kind: EventType, model: Weights, named: list[tuple[Scene, Initiative]]
) -> Draft | None:
    count = next((c for c in scene.counts if c.unit_class == "enterprise" and not c.part), None)
    if kind == "enterprise_count" and count is None:
        return None
    family = FAMILIES.get(kind)
    spot = _trigger(scene, model[kind], CLASSES[family] if family else frozenset())
    status = standing(scene.words, spot).status
    draft = Draft(
        type=kind,
        status=status or "done",
        words=scene.words,
        trigger=spot.index,
        initiative=None,
        kind=KINDS[family] if family else None,
        cost=COST,
        trigger_class=spot.name,
        shape=spot.shape,
        notes={"proposed"}
        | ({"unsure"} if status is None else set())
        | ({"title"} if scene.words.index == 0 else set()),
    )
    if count and kind == "enterprise_count":
        draft.count = Count(count.value, count.comparator, count.unit or "предприятие")
    initiative = _initiative(scene, spot, family)
    if initiative:
        draft.first, draft.stop = min(initiative.first, spot.index), max(initiative.stop, spot.index + 1)
        draft.first_of_name, draft.stop_of_name = initiative.first, initiative.stop
        draft.initiative, draft.kind = scene.phrase(initiative, analysis.text), initiative.kind
        draft.plural = initiative.plural
    else:
        past = next(((s, i) for s, i in reversed(named) if i.family == family), None)
        if past:
            draft.initiative, draft.kind = past[0].phrase(past[1], analysis.text), past[1].kind
            draft.notes.add("stand-in")
    return draft


def _trigger(scene: Scene, weights: dict[str, float], classes: frozenset[str]) -> Spot:
    """The word that speaks most for the type; a known trigger of its classes before others."""
    words = scene.words

    def says(index: int) -> float:
        return sum(weights.get(name, 0.0) for name in words_at(scene, index))

    known = [spot for spot in scene.spots if spot.name in classes]
    if known:
        return max(known, key=lambda spot: says(spot.index))
    verbal = [i for i, form in enumerate(words.forms) if form.pos in SHAPES]
    index = max(verbal or range(len(words)), key=says)
    return Spot("", index, SHAPES.get(words.forms[index].pos, "noun"), None)


def _initiative(scene: Scene, spot: Spot, family: Family | None) -> Initiative | None:
    """The nearest initiative of the family, one that says enough by itself before others."""
    own = [initiative for initiative in scene.initiatives if initiative.family == family]
    return min(own, key=lambda i: (not i.telling, abs(i.head - spot.index)), default=None)
