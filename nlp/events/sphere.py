"""Whether an initiative lies in the registry's sphere: industry, investment in production, support of enterprises."""

from __future__ import annotations

from nlp.events.initiative import Initiative
from nlp.events.text import Words
from nlp.lexicon import load

_TABLE = load("spheres")
OUTSIDE = {family: frozenset(words) for family, words in _TABLE["outside"].items()}
INSIDE = frozenset(_TABLE["inside"])
INDUSTRY = frozenset(load("support")["industry"])
BODIES = frozenset(_TABLE["bodies"])


def outside(words: Words, initiative: Initiative) -> bool:
    """Whether a word of its phrase says that it is of another sphere, and none that it is of ours."""
    if initiative.family == "support" and among_outsiders(words):
        return True
    lemmas = OUTSIDE[initiative.family]
    phrase = range(initiative.first, initiative.stop)
    if not any(not words.forms[i].lemmas.isdisjoint(lemmas) or words.lower[i] in lemmas for i in phrase):
        return False
    own = range(initiative.head, initiative.core) if initiative.family == "production" else ()
    return not any(words.forms[i].lemmas & INSIDE for i in phrase if i not in own)


def among_outsiders(words: Words) -> bool:
    """Whether a sentence names schools, theatres, tenants and their like, and nothing of our sphere."""
    lemmas = [form.lemmas for form in words.forms]
    return any(found & BODIES for found in lemmas) and not any(found & (INSIDE | INDUSTRY) for found in lemmas)
