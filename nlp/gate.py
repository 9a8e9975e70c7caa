"""The document gate: what cannot hold an event leaves before any model runs.

One pass of an Aho-Corasick automaton over the normalised text. The stems (lexicons/gate.yaml) are chosen for
recall: on every gold set no relevant release is turned away (see tests/nlp/test_gate.py).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from nlp.lexicon import load

TOPIC, INDUSTRY, ACT = 1, 2, 4


def may_hold_events(text: str) -> bool:
    """Whether a normalised text has a topic's stem, or one of industry together with one of an act.

    >>> may_hold_events("Завод получит субсидию"), may_hold_events("Завтра в крае снег")
    (True, False)
    """
    lowered = text.lower().replace("ё", "е")
    seen = 0
    for last, (length, group, begins, ends) in _automaton().iter(lowered):
        first = last - length + 1
        if (begins and first and lowered[first - 1].isalpha()) or (ends and lowered[last + 1 : last + 2].isalpha()):
            continue
        seen |= group
        if seen & TOPIC or seen == INDUSTRY | ACT:
            return True
    return False


@cache
def _automaton() -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    lexicon = load("gate")
    for name, group in (("topics", TOPIC), ("industry", INDUSTRY), ("acts", ACT)):
        for stem in lexicon[name]:
            bare = stem.strip("^$")
            automaton.add_word(bare, (len(bare), group, stem.startswith("^"), stem.endswith("$")))
    automaton.make_automaton()
    return automaton
