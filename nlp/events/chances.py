"""How likely each sentence states an event of each type, by the two models of sentences that were learned.

The linear one counts words, the networks read them in order; each sees what the other does not, and both together
are better than either (docs/decisions/0007).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nlp.analysis import Analysis
from nlp.events import network, sentences
from nlp.events.network import Network
from nlp.events.scene import Scene
from nlp.events.sentences import Weights
from nlp.schema import EventType

Chances = dict[EventType, float]  # log odds by type
NETWORKS = 0.7  # what the networks' log odds count of the whole


class Model(NamedTuple):
    """What was learned of sentences."""

    words: Weights
    networks: Sequence[Network] = ()


def model() -> Model:
    """The model of the project."""
    return Model(sentences.weights(), network.networks())


def chances(analysis: Analysis, scenes: list[Scene], learned: Model) -> list[Chances]:
    """The logarithm of the odds that a sentence states an event of a type, by sentence and type."""
    counted = sentences.log_odds(analysis, scenes, learned.words)
    if not learned.networks:
        return counted
    read = network.log_odds(learned.networks, analysis, scenes)
    return [
        # Rounded, so that no last digit of a processor's decides what is read.
        {kind: round(NETWORKS * other[kind] + (1 - NETWORKS) * odds, 3) for kind, odds in one.items()}
        for one, other in zip(counted, read, strict=True)
    ]
