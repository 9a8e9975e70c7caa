"""The document gate: what cannot hold an event leaves before any model runs.

One pass of an Aho-Corasick automaton over the normalised text. The stems (lexicons/gate.yaml) are chosen for
recall: on every gold set no relevant release is turned away (see tests/nlp/test_gate.py).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from nlp.lexicon import load

TOPIC, INDUSTRY, ACT = "topics", "industry", "acts"
NEAR = 120  # characters between a word of industry and one of an act
SHORT = 800  # characters; a longer text has more than one word of each


def may_hold_events(text: str) -> bool:
    """Whether a normalised text has a topic's stem, or one of industry near one of an act and enough of them in all.

    >>> may_hold_events("Завод получит субсидию"), may_hold_events("Завтра в крае снег")
    (True, False)
    """
    lowered = text.lower().replace("ё", "е")
    wanted = 2 if len(text) < SHORT else 3
    seen: set[str] = set()
    latest = {INDUSTRY: -NEAR, ACT: -2 * NEAR}
    near = False
    for last, (stem, group, begins, ends) in _automaton().iter(lowered):
        first = last - len(stem) + 1
        if (begins and first and lowered[first - 1].isalpha()) or (ends and lowered[last + 1 : last + 2].isalpha()):
            continue
        if group == TOPIC:
            return True
        seen.add(stem)
        latest[group] = first
        near = near or abs(latest[INDUSTRY] - latest[ACT]) < NEAR
        if near and len(seen) >= wanted:
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
