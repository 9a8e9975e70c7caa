"""Whether a release is about industry and its support at all, by its words: a logistic model over their lemmas.

It is asked twice. Before the networks, which cost most, so that a release of another sphere is not given to them;
and by the judge of events, for «подписали соглашение» is told of theatres as of plants. The weights
(relevance.json) come from the annotated releases; `python -m benchmarks.training` trains them anew.
"""

from __future__ import annotations

from pathlib import Path

from nlp.analysis import Analysis
from nlp.learned import learned

WEIGHTS = Path(__file__).parent / "relevance.json"
CONTENT = ("NOUN", "ADJF", "VERB", "INFN", "PRTF", "PRTS")
NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn")  # who and where it happened says nothing of what
RELEVANT = 0.5  # log odds from which on the words alone say that a release is of the sphere
SILENT = -2.0  # the same where there are no words: few say little, so less is asked of them
ENOUGH = 40  # lemmas that make many
OPEN = 2.0  # so far below, the words leave it open, and a sure event must decide

Weights = dict[str, float]  # of each lemma, that of the constant under ""


def weights() -> Weights:
    """The model of the project."""
    found: Weights = learned(WEIGHTS)
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
    return odds >= _bound(analysis)


def is_open(analysis: Analysis, odds: float) -> bool:
    """Whether the words of a release let it be of the sphere at all; if not, no event need be looked for."""
    return odds >= _bound(analysis) - OPEN


def _bound(analysis: Analysis) -> float:
    return SILENT + (RELEVANT - SILENT) * min(1.0, len(lemmas(analysis)) / ENOUGH)
