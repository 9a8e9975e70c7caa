"""How many parks, zones or clusters there are, told with no verb: «Сегодня на карте региона семь технопарков»."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.scene import Scene
from nlp.events.sphere import outside
from nlp.events.takers import quantified

NOW = frozenset(["сегодня", "сейчас", "теперь", "уже", "всего", "итого", "пока"])
COST = 4.0


def read_stock(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the numbers of parks, zones and clusters that no verb takes to the scenes of a release."""
    for scene in scenes:
        words = scene.words
        if any(d.type == "cluster_announcement" for d in scene.drafts) or not NOW.intersection(words.lower):
            continue
        if any(form.pos in ("VERB", "PRTS") for form in words.forms):
            continue
        for initiative in scene.initiatives:
            if initiative.family != "site" or not initiative.strong or not initiative.plural:
                continue
            if not quantified(words, initiative) or outside(words, initiative):
                continue
            scene.drafts.append(
                Draft(
                    type="cluster_announcement",
                    status="done",
                    words=words,
                    trigger=initiative.head,
                    first=initiative.first,
                    stop=initiative.stop,
                    first_of_name=initiative.first,
                    stop_of_name=initiative.stop,
                    initiative=scene.phrase(initiative, analysis.text),
                    kind=initiative.kind,
                    cost=COST,
                    trigger_class="exist",
                    shape="noun",
                    plural=True,
                    notes={"stock"},
                )
            )
            break
