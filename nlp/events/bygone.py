"""Launches and openings of long ago, which a release recalls and does not report: «пуск первой печи в 1932 году»."""

from __future__ import annotations

import re

from nlp.events.text import Words
from nlp.lexicon import load

OLD_YEAR = re.compile(r"1[5-9]\d\d(?:-?[а-я]{1,2})?$")
_TABLE = load("times")
EPOCHS = frozenset(_TABLE["epochs"])
DECADES = frozenset(_TABLE["decades"])
PREDICATES = frozenset(["VERB", "PRTS", "PRTF", "GRND"])
NEAR = 9  # tokens between a time and what happened then


def bygone(words: Words, trigger: int) -> bool:
    """Whether a time of the last century or before tells when the trigger happened: no predicate is nearer to it."""
    for at, lower in enumerate(words.lower):
        if not (OLD_YEAR.match(lower) or lower in DECADES or _epoch(words, at)):
            continue
        distance = abs(at - trigger)
        if distance <= NEAR and not any(
            words.forms[i].pos in PREDICATES and i != trigger
            for i in range(max(0, at - distance + 1), min(len(words), at + distance))
        ):
            return True
    return False


def _epoch(words: Words, at: int) -> bool:
    """«до войны», «в эвакуацию», «в девятнадцатом веке»."""
    return words.forms[at].pos == "NOUN" and bool(words.forms[at].lemmas & EPOCHS) and at > 0
