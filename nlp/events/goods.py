"""First goods: «первую машину завод обязан выпустить в 2023 году», «должны появиться первые аппараты»."""

from __future__ import annotations

from nlp.agreement import word
from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.grammar import agreement
from nlp.events.scene import Scene
from nlp.events.status import standing
from nlp.inflection import to_nominative
from nlp.lexicon import load

_TABLE = load("goods")
FIRST = frozenset(_TABLE["first"])
NO_GOODS = frozenset(_TABLE["no_goods"])
MAKING = frozenset(_TABLE["making"])
REACH = 9
COST = 6.0


def read_goods(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the launches that are told by their first goods to the scenes of a release."""
    for scene in scenes:
        if any(d.type == "production_launch" for d in scene.drafts):
            continue
        draft = _goods(analysis, scene)
        if draft:
            scene.drafts.append(draft)


def _goods(analysis: Analysis, scene: Scene) -> Draft | None:
    words = scene.words
    for i, form in enumerate(words.forms[:-1]):
        if not form.lemmas & FIRST or form.pos not in ("ADJF", "ANUM"):
            continue
        head = _head(scene, i)
        if head is None or words.forms[head].lemmas & NO_GOODS or word(words.tokens[head].text).animate:
            continue
        for spot in scene.spots:
            near = abs(spot.index - head) <= REACH and not (i <= spot.index <= head)
            if not near or not words.forms[spot.index].lemmas & MAKING or spot.shape == "noun":
                continue
            status = standing(words, spot).status
            if status is None:
                continue
            stop = head + 1
            phrase = analysis.text[words.tokens[i].start : words.tokens[head].stop]
            return Draft(
                type="production_launch",
                status=status,
                words=words,
                trigger=spot.index,
                first=min(i, spot.index),
                stop=max(stop, spot.index + 1),
                first_of_name=i,
                stop_of_name=stop,
                initiative=to_nominative(phrase),
                kind="production",
                cost=COST,
                trigger_class="make",
                shape=spot.shape,
                notes={"goods"},
            )
    return None


def _head(scene: Scene, first: int) -> int | None:
    """The noun that «первый» agrees with: next to it, or behind other adjectives."""
    words = scene.words
    for j in range(first + 1, min(len(words), first + 5)):
        if words.forms[j].pos == "NOUN":
            return j if agreement(words.tokens[first].text, words.tokens[j].text) else None
        if words.forms[j].pos not in ("ADJF", "PRTF"):
            return None
    return None
