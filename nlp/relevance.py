"""Whether a release is about industry and its support at all, by its words: a logistic model over their lemmas.

It is asked twice. Before the networks, which cost most, so that a release of another sphere is not given to them;
and by the judge of events, for «подписали соглашение» is told of theatres as of plants. The weights
(relevance.json) come from the annotated releases; `python -m benchmarks.training` trains them anew.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from nlp.analysis import Analysis

WEIGHTS = Path(__file__).parent / "relevance.json"
CONTENT = ("NOUN", "ADJF", "VERB", "INFN", "PRTF", "PRTS")
NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn")  # who and where it happened says nothing of what
HOPELESS = -0.5  # log odds below which a release is of another sphere, and no event is looked for
RELEVANT = 0.9  # below this its words leave it open, and a sure event must decide
ENOUGH = 60  # lemmas; fewer say less, so less is asked of them

Weights = dict[str, float]  # of each lemma, that of the constant under ""


@cache
def weights() -> Weights:
    """The model of the project."""
    found: Weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found


def lemmas(analysis: Analysis) -> frozenset[str]:
    """The lemmas of the words that say what a release is about; furniture left out."""
    tokens = (token for sentence in analysis.sentences for token in sentence.tokens)
    return frozenset(t.lemma for t in tokens if t.tag.startswith(CONTENT) and not any(n in t.tag for n in NAMES))


def log_odds(analysis: Analysis, model: Weights | None = None) -> float:
    """The logarithm of the odds that a release states an event; needs no entities."""
    known = model or weights()
    return known[""] + sum(sorted(known.get(lemma, 0.0) for lemma in lemmas(analysis)))


def is_clear(analysis: Analysis, odds: float) -> bool:
    """Whether the words of a release alone say that it is of the sphere, by their log odds."""
    return odds >= RELEVANT * min(1.0, len(lemmas(analysis)) / ENOUGH)
