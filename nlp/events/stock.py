"""How many parks, zones or clusters there are, told with no verb that takes them.

«Сегодня на карте региона семь технопарков», «Кластеров теперь семь», «парки растут: их уже одиннадцать».
"""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.scene import Scene
from nlp.events.sphere import outside
from nlp.events.takers import quantified
from nlp.lexicon import load
from nlp.quantities import CountMention
from nlp.schema import Count

_TABLE = load("counted")
NOW = frozenset(_TABLE["now"])
TERRITORIES = frozenset(_TABLE["territories"])
AMOUNTS = frozenset(_TABLE["amounts"])
MEMBERS = frozenset(_TABLE["members"])
REACH = 12  # tokens between the parks and their number
COST = 4.0


def read_stock(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the numbers of parks, zones and clusters that no trigger takes to the scenes of a release."""
    for scene in scenes:
        if any(d.type == "cluster_announcement" for d in scene.drafts):
            continue
        parks = [
            i
            for i in scene.initiatives
            if i.family == "site"
            and (i.strong or "парк" in scene.words.forms[i.head].lemmas)
            and i.plural
            and not i.named
            and not outside(scene.words, i)
        ]
        verbless = not any(form.pos in ("VERB", "PRTS") for form in scene.words.forms)
        if verbless and _somewhere(scene):
            counted = next((i for i in parks if quantified(scene.words, i)), None)
            if counted:
                scene.drafts.append(_draft(analysis, scene, counted, counted.head, None))
                continue
        for count in scene.counts:
            owner = _owner(scene, parks, count) if count.elided and count.value > 1 else None
            if owner:
                scene.drafts.append(_draft(analysis, scene, owner, scene.words.at(count.number[0]), count))
                break


def _somewhere(scene: Scene) -> bool:
    """Whether the sentence says when or where that many are."""
    words = scene.words
    return bool(NOW.intersection(words.lower)) or any(form.lemmas & TERRITORIES for form in words.forms)


def _owner(scene: Scene, parks: list[Initiative], count: CountMention) -> Initiative | None:
    """The parks an elided number counts: «Кластеров теперь семь», «число технопарков выросло до восьми»."""
    words = scene.words
    at = words.at(count.number[0])
    for park in parks:
        pointed_at = "gent" in park.cases or "их" in words.lower[park.stop : at + 3]
        of_members = park.first > 0 and bool(words.forms[park.first - 1].lemmas & MEMBERS)
        if of_members or not (0 < at - park.stop <= REACH and pointed_at):
            continue  # «число резидентов парков выросло до 146»
        between = words.lower[park.stop : at]
        told = any(form.lemmas & AMOUNTS for form in words.forms[max(0, park.first - 2) : at])
        if told or NOW.intersection(between):
            return park
    return None


def _draft(analysis: Analysis, scene: Scene, park: Initiative, trigger: int, count: CountMention | None) -> Draft:
    return Draft(
        type="cluster_announcement",
        status="done",
        words=scene.words,
        trigger=trigger,
        first_of_name=park.first,
        stop_of_name=park.stop,
        initiative=scene.phrase(park, analysis.text),
        kind=park.kind,
        cost=COST,
        trigger_class="exist",
        shape="noun",
        plural=True,
        count=Count(count.value, count.comparator, "") if count else None,
        notes={"stock"},
    )
