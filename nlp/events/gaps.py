"""Verbs understood from the clause before: «комбинат сдадут в сентябре, сыроварню в Угличе – к Новому году»."""

from __future__ import annotations

from dataclasses import replace

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.scene import Scene
from nlp.events.sphere import outside
from nlp.events.text import DASHES, Words

FAMILIES = {"production_launch": "production", "cluster_announcement": "site"}
REACH = 5  # tokens between a phrase and the dash that stands for the verb


def read_gaps(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add what shares the verb of an event told before it to the scenes of a release."""
    for scene in scenes:
        for draft in list(scene.drafts):
            family = FAMILIES.get(draft.type)
            if family is None or draft.shape not in ("finite", "short"):
                continue
            taken = [(d.first_of_name, d.stop_of_name) for d in scene.drafts]
            for initiative in scene.initiatives:
                fits = initiative.family == family and initiative.telling and initiative.first > draft.trigger
                if not fits or any(a <= initiative.head < b for a, b in taken):
                    continue
                if _gapped(scene.words, draft, initiative) and not outside(scene.words, initiative):
                    scene.drafts.append(_like(analysis, scene, draft, initiative))


def _gapped(words: Words, draft: Draft, initiative: Initiative) -> bool:
    """Whether a dash follows the phrase, and no verb stands between it and the event told before."""
    start = max(draft.trigger, draft.stop_of_name)
    dash = next(
        (i for i in range(initiative.stop, min(len(words), initiative.stop + REACH)) if words.lower[i] in DASHES), None
    )
    if dash is None or words.lower[initiative.first - 1] not in (",", ";", "и", "а"):
        return False
    return not any(words.forms[i].pos in ("VERB", "PRTS", "INFN") for i in range(start + 1, min(len(words), dash + 4)))


def _like(analysis: Analysis, scene: Scene, draft: Draft, initiative: Initiative) -> Draft:
    return replace(
        draft,
        first=initiative.first,
        stop=initiative.stop,
        first_of_name=initiative.first,
        stop_of_name=initiative.stop,
        initiative=scene.phrase(initiative, analysis.text),
        kind=initiative.kind,
        plural=initiative.plural,
        parties=(),
        told=set(),
        notes=(draft.notes - {"named", "stand-in", "generic"}) | {"split"},
    )
