"""The document gate: what cannot hold an event leaves before any model runs.

One pass of an Aho-Corasick automaton over the normalised text. The stems (lexicons/gate.yaml) are chosen for
recall: on every gold set no relevant release is turned away (see tests/nlp/test_gate.py).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from nlp.lexicon import load

TOPIC, INDUSTRY, ACT = "topics", "industry", "acts"
SHORT = 800  # characters; a longer text says it in more than one word of each kind


def may_hold_events(text: str) -> bool:
    """Whether a normalised text has a topic's stem, or some of industry together with some of an act.

    >>> may_hold_events("Завод получит субсидию"), may_hold_events("Завтра в крае снег")
    (True, False)
    """
    lowered = text.lower().replace("ё", "е")
    wanted = 2 if len(text) < SHORT else 3
    seen: dict[str, set[str]] = {INDUSTRY: set(), ACT: set()}
    for last, (stem, group, begins, ends) in _automaton().iter(lowered):
        first = last - len(stem) + 1
        if (begins and first and lowered[first - 1].isalpha()) or (ends and lowered[last + 1 : last + 2].isalpha()):
            continue
        if group == TOPIC:
            return True
        seen[group].add(stem)
        if seen[INDUSTRY] and seen[ACT] and len(seen[INDUSTRY]) + len(seen[ACT]) >= wanted:
            return True
    return False


@cache
def _automaton() -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    lexicon = load("gate")
    for group in (TOPIC, INDUSTRY, ACT):
        for stem in lexicon[group]:
            bare = stem.strip("^$")
            automaton.add_word(bare, (bare, group, stem.startswith("^"), stem.endswith("$")))
    automaton.make_automaton()
    return automaton
