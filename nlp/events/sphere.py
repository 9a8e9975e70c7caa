"""Whether an initiative lies in the registry's sphere: industry, investment in production, support of enterprises."""

from __future__ import annotations

from nlp.events.initiative import Initiative
from nlp.events.text import Words
from nlp.lexicon import load

_TABLE = load("spheres")
OUTSIDE = {family: frozenset(words) for family, words in _TABLE["outside"].items()}
INSIDE = frozenset(_TABLE["inside"])
BODIES = frozenset(_TABLE["bodies"])


def outside(words: Words, initiative: Initiative) -> bool:
    """Whether a word of its phrase says that it is of another sphere, and none that it is of ours."""
    lemmas = OUTSIDE[initiative.family]
    phrase = range(initiative.first, initiative.stop)
    if not any(not words.forms[i].lemmas.isdisjoint(lemmas) or words.lower[i] in lemmas for i in phrase):
        return False
    return not any(words.forms[i].lemmas & INSIDE for i in phrase)


def among_outsiders(words: Words) -> bool:
    """Whether a sentence names schools, theatres, tenants and their like, and nothing of our sphere."""
    lemmas = [form.lemmas for form in words.forms]
    return any(found & BODIES for found in lemmas) and not any(found & INSIDE for found in lemmas)
