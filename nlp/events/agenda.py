"""Plans told without a verb: «В планах – линия розлива», «На очереди – меморандум», «Ещё два кластера – на подходе»."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.lexicon import Family
from nlp.events.scene import Scene
from nlp.events.sphere import outside
from nlp.events.text import DASHES
from nlp.lexicon import load
from nlp.schema import EventType

AGENDA = [tuple(phrase.split()) for phrase in load("status")["agenda"]]
TYPES: dict[Family, EventType] = {
    "charter": "charter_signing",
    "agreement": "agreement_signing",
    "site": "cluster_announcement",
    "production": "production_launch",
    "support": "support_measure",
}
COST = 5.0


def read_agenda(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add what is only said to be next to the scenes of a release."""
    for scene in scenes:
        words = scene.words
        if scene.drafts or not DASHES.intersection(words.lower) or not _on_agenda(words.lower):
            continue
        if any(form.pos in ("VERB", "PRTS") for form in words.forms):
            continue
        for initiative in scene.initiatives:
            nominative = "nomn" in initiative.cases or initiative.plural
            if initiative.telling and initiative.strong and nominative and not outside(words, initiative):
                scene.drafts.append(_draft(analysis, scene, initiative))
                break


def _on_agenda(lower: list[str]) -> bool:
    return any(tuple(lower[i : i + len(phrase)]) == phrase for phrase in AGENDA for i in range(len(lower)))


def _draft(analysis: Analysis, scene: Scene, initiative: Initiative) -> Draft:
    return Draft(
        type=TYPES[initiative.family],
        status="planned",
        words=scene.words,
        trigger=initiative.head,
        first_of_name=initiative.first,
        stop_of_name=initiative.stop,
        initiative=scene.phrase(initiative, analysis.text),
        kind=initiative.kind,
        cost=COST,
        trigger_class="agenda",
        shape="noun",
        plural=initiative.plural,
        notes={"agenda"},
    )
