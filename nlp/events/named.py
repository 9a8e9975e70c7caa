"""Parks called by their names alone after parks in general: «Последний, «Кочубеевский», открылся в ноябре»."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.scene import Scene
from nlp.events.sphere import outside
from nlp.events.status import standing
from nlp.events.text import OPENING, quoted
from nlp.events.triggers import Spot

SHAPES = frozenset(["finite", "short", "infinitive"])
REACH = 6  # tokens between a name and its verb
MEMORY = 2  # sentences back to the parks in general
COST = 6.0


def read_named(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add what becomes of parks called by name alone to the scenes of a release."""
    general: tuple[int, Scene, Initiative] | None = None
    for index, scene in enumerate(scenes):
        sites = [i for i in scene.initiatives if i.family == "site"]
        if general and index - general[0] <= MEMORY and not sites and all(map(_of_all, scene.drafts)):
            found = _subject(scene)
            if found:  # what «его» stands for in its sentence is the one named, not all
                scene.drafts = [_draft(analysis, scene, general[2], *found)]
        plural = next((i for i in sites if i.strong and i.plural and not i.named), None)
        if plural is not None and not outside(scene.words, plural):
            general = index, scene, plural


def _of_all(draft: Draft) -> bool:
    return draft.type == "cluster_announcement" and "stand-in" in draft.notes


def _subject(scene: Scene) -> tuple[int, int, Spot] | None:
    """A name in quotation marks and the verb after it that creates what is so called."""
    words = scene.words
    firms = {words.at(o.start) for o in scene.organisations if o.kind not in ("other", "site")}
    for start, lower in enumerate(words.lower):
        stop = quoted(words, start) if lower in OPENING else start
        if stop <= start + 1 or firms & {start, start + 1}:
            continue
        for spot in scene.spots:
            near = 0 <= spot.index - stop <= REACH
            if near and spot.name == "create" and spot.shape in SHAPES and _subjective(scene, spot):
                return start, stop, spot
    return None


def _subjective(scene: Scene, spot: Spot) -> bool:
    """Whether the name before the verb is what is created, not who creates."""
    return spot.shape == "short" or scene.words.lower[spot.index].endswith(("ся", "сь"))


def _draft(analysis: Analysis, scene: Scene, park: Initiative, start: int, stop: int, spot: Spot) -> Draft:
    tokens = scene.words.tokens
    return Draft(
        type="cluster_announcement",
        status=standing(scene.words, spot).status or "done",
        words=scene.words,
        trigger=spot.index,
        first_of_name=start,
        stop_of_name=stop,
        initiative=analysis.text[tokens[start].start : tokens[stop - 1].stop],
        kind=park.kind,
        cost=COST,
        trigger_class="create",
        shape=spot.shape,
        notes={"named", "alone"},
    )
