"""How likely each sentence states an event of each type: a sparse logistic model over its words.

Beside the rules, which ask for a trigger and an initiative that fit each other, the model weighs all the words and
mentions of a sentence and of those next to it, so it also sees what is told in ways that no rule foresees. Its
weights (sentences.json) come from the annotated releases; `python -m benchmarks.training` trains them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from pathlib import Path

from nlp.analysis import Analysis, Token
from nlp.events.scene import Scene
from nlp.learned import learned
from nlp.schema import EventType

WEIGHTS = Path(__file__).parent / "sentences.json"
SMALL = frozenset({"PNCT", "PREP", "CONJ", "PRCL"})
VERBAL = ("VERB", "INFN", "PRTF", "PRTS", "GRND")
FORMS = ("past", "pres", "futr", "INFN", "PRTF", "PRTS")

Weights = dict[EventType, dict[str, float]]  # by type, the weight of each feature, that of the constant under ""


def weights() -> Weights:
    """The model of the project."""
    found: Weights = learned(WEIGHTS)
    return found


def log_odds(analysis: Analysis, scenes: list[Scene], model: Weights) -> list[dict[EventType, float]]:
    """The logarithm of the odds that a sentence states an event of a type, by sentence and type."""
    named = [dict(features(analysis, scenes, index)) for index in range(len(scenes))]
    return [
        {
            kind: sum(known[name] * value for name, value in values.items() if name in known)
            for kind, known in model.items()
        }
        for values in named
    ]


def probability(log_odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


def features(analysis: Analysis, scenes: list[Scene], index: int) -> Iterator[tuple[str, float]]:
    """What speaks for or against an event in a sentence, as (name, value); a name may come twice, with one value."""
    scene = scenes[index]
    yield "", 1.0
    for token in range(len(scene.words)):
        yield from ((name, 1.0) for name in words_at(scene, token))
    for entity in {e.type for e in analysis.entities if _within(scene, e.start)}:
        yield f"entity {entity}", 1.0
    for name, mentions in (
        ("sums", scene.sums),
        ("dates", scene.dates),
        ("organisations", scene.organisations),
        ("people", scene.people),
    ):
        yield name, min(3, len(mentions)) / 3
    yield from ((name, 1.0) for name in _gist(scene))
    families = {i.family for i in scene.initiatives}
    for trigger in {spot.name for spot in scene.spots}:
        for family in families:
            yield f"{trigger} {family}", 1.0
    yield "title", float(index == 0)
    yield "late", min(20, index) / 20
    yield "long", min(50, len(scene.words)) / 50
    if index:
        yield from ((f"before: {name}", 1.0) for name in _gist(scenes[index - 1], shapes=False))
    if index + 1 < len(scenes):
        yield from ((f"after: {name}", 1.0) for name in _gist(scenes[index + 1], shapes=False))


def words_at(scene: Scene, index: int) -> Iterator[str]:
    """The features that a token gives: its lemma, its form, and its pairs with the words after it."""
    tokens = scene.words.tokens
    token = tokens[index]
    if token.text[0].isalnum():
        yield f"word {_lemma(token)}"
    if token.tag.startswith(VERBAL):
        yield from (f"form {form}" for form in FORMS if form in token.tag)
    if index + 1 < len(tokens):
        yield f"pair {_lemma(token)} {_lemma(tokens[index + 1])}"
    if _telling(token):
        following = next((t for t in tokens[index + 1 : index + 8] if _telling(t)), None)
        if following:
            yield f"content {_lemma(token)} {_lemma(following)}"
    yield from (f"trigger {spot.name} {spot.shape}" for spot in scene.spots if spot.index == index)


def _lemma(token: Token) -> str:
    """What a word is known by: all numbers are one, and so are all marks."""
    if token.text[0].isdigit():
        return "0"
    return token.lemma if token.text[0].isalpha() else "."


def _telling(token: Token) -> bool:
    return token.text[0].isalnum() and token.pos not in SMALL


def _gist(scene: Scene, *, shapes: bool = True) -> set[str]:
    """The triggers, initiatives and counts of a sentence, by their classes."""
    found = {f"trigger {spot.name}" for spot in scene.spots}
    found |= {f"initiative {i.family}" for i in scene.initiatives}
    found |= {f"count {count.unit_class}" for count in scene.counts}
    if shapes:
        found |= {f"initiative {i.family} {'telling' if i.telling else 'vague'}" for i in scene.initiatives}
    return found


def _within(scene: Scene, offset: int) -> bool:
    return scene.words.sentence.start <= offset < scene.words.sentence.stop
