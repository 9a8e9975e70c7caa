"""The fullest name of what is called briefly: «хартия» after «Хартия промышленной взаимопомощи»."""

from __future__ import annotations

from bisect import bisect_right

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.names import stems
from nlp.events.scene import Scene
from nlp.schema import Kind

WINDOW = 60  # names looked at before and after an event
NAMED = ("charter", "site")


def give_names(analysis: Analysis, scenes: list[Scene]) -> None:
    """Give the events whose initiative is named briefly the name that the release gives it elsewhere."""
    known: dict[Kind, list[tuple[int, str, Initiative]]] = {}
    for scene in scenes:
        for initiative in scene.initiatives:
            if initiative.family in NAMED and initiative.strong and not initiative.generic:
                name = scene.phrase(initiative, analysis.text)
                known.setdefault(initiative.kind, []).append((scene.words.index, name, initiative))
    for scene in scenes:
        for draft in scene.drafts:
            if draft.kind in known and draft.initiative and len(stems(draft.initiative)) <= 1:
                draft.initiative = _fullest(draft, known[draft.kind])


def _fullest(draft: Draft, names: list[tuple[int, str, Initiative]]) -> str:
    """The last full name before the event; where there is none, the first after it."""
    own = stems(draft.initiative or "")
    here = bisect_right(names, draft.words.index, key=lambda named: named[0])
    names = names[max(0, here - WINDOW) : here + WINDOW]
    plural = draft.plural
    fitting = [(index, name) for index, name, initiative in names if initiative.plural == plural and own <= stems(name)]
    if not fitting:
        return draft.initiative or ""
    before = [name for index, name in fitting if index <= draft.words.index]
    return before[-1] if before else fitting[0][1]
