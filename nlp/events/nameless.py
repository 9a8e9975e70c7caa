"""A draft of support that no noun names: what the sentence gives for it instead."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.scene import Scene
from nlp.events.triggers import Spot
from nlp.schema import Status


def nameless(scene: Scene, spot: Spot, status: Status, name: str, first: int, stop: int, cost: float) -> Draft:
    """The draft, its tokens `first` up to `stop` standing for the phrase of an initiative."""
    return Draft(
        type="support_measure",
        status=status,
        words=scene.words,
        trigger=spot.index,
        first=first,
        stop=stop,
        first_of_name=first,
        stop_of_name=stop,
        initiative=name,
        kind="programme" if "докапитализация" in name else "other",
        cost=cost,
        trigger_class=spot.name,
        shape=spot.shape,
        notes={"nameless"},
    )


def object_stop(scene: Scene, start: int) -> int:
    """Where the object after a verb ends: up to a border, a preposition of time or a verb."""
    words = scene.words
    for i in range(start, min(len(words), start + 9)):
        if words.lower[i] in (",", ".", ";", "—", "–", "(", ":") or words.forms[i].pos in ("VERB", "CONJ", "PRTS"):
            return i
    return min(len(words), start + 9)


def text_of(analysis: Analysis, scene: Scene, first: int, stop: int) -> str:
    """What is written in tokens `first` up to `stop` of the sentence."""
    tokens = scene.words.tokens
    return analysis.text[tokens[first].start : tokens[stop - 1].stop] if stop > first else ""
