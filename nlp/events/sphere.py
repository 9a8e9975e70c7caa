"""Whether an initiative lies in the registry's sphere: industry, investment in production, support of enterprises."""

from __future__ import annotations

from nlp.events.initiative import Initiative
from nlp.events.text import Words
from nlp.lexicon import load

OUTSIDE = {family: frozenset(words) for family, words in load("spheres")["outside"].items()}


def outside(words: Words, initiative: Initiative) -> bool:
    """Whether a word of its phrase, or the one before it, says that it is of another sphere."""
    lemmas = OUTSIDE[initiative.family]
    return any(
        not words.forms[i].lemmas.isdisjoint(lemmas) or words.lower[i] in lemmas
        for i in range(max(0, initiative.first), initiative.stop)
    )
