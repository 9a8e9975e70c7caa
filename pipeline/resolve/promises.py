"""Promises: planned events with a number or a deadline, and what later releases show of them.

Kept: done in time. Late: done after the deadline. Broken: cancelled, put off or short of the number when the time was
over, and no later release says done. Open: no release tells. A moved deadline is a promise of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.resolve.series import Told, bounds, period
from pipeline.resolve.words import lexicon

Outcome = Literal["kept", "late", "broken", "open"]
GRACE = timedelta(days=31)  # a number «as of 1 January», a report in the month after, still speak of the deadline
FULFILS = {
    "charter_signing": ("charter_signing",),
    "charter_accession": ("charter_accession", "charter_signing"),
    "agreement_signing": ("agreement_signing",),
    "cluster_announcement": ("cluster_announcement", "enterprise_count"),
    "enterprise_count": ("enterprise_count", "charter_signing"),
    "production_launch": ("production_launch",),
    "support_measure": ("support_measure",),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """`events`: the planned event that promised first, then those that repeat it."""

    events: tuple[str, ...]
    target: int | None
    deadline: date | None  # last day of the time promised
    outcome: Outcome
    evidence: str | None  # the event that shows the outcome


def promises(told: Iterable[Told]) -> list[Promise]:
    """The promises of one initiative, oldest first."""
    ordered = sorted(told, key=lambda t: (_published(t), t.event.start, t.id))
    groups: list[list[Told]] = []
    for t in ordered:
        if t.event.status != "planned" or not (t.event.date or t.event.count):
            continue
        home = next((g for g in groups if _repeats(t, g[0])), None)
        if home is None:
            groups.append([t])
        else:
            home.append(t)
    return [_judged(group, ordered) for group in groups]


def _published(t: Told) -> date:
    return t.published or date.max


def _target(t: Told) -> int | None:
    return t.event.count.value if t.event.count else None


def _deadline(t: Told) -> date | None:
    return period(t.event.date)[1] if t.event.date else None


def _repeats(t: Told, first: Told) -> bool:
    """The same act or number by the same time, or without a time."""
    if t.event.type != first.event.type or _target(t) != _target(first):
        return False
    if t.event.date is None or first.event.date is None:
        return t.event.count is not None
    return _deadline(t) == _deadline(first) and (t.event.count is not None or _acts(t) == _acts(first))


def _judged(group: Sequence[Told], told: Sequence[Told]) -> Promise:
    first = group[0]
    deadline = max((d for d in map(_deadline, group) if d), default=None)
    later = [t for t in told if t.event.type in FULFILS[first.event.type] and _after(t, first)]
    by_number = first.event.type == "enterprise_count" and _target(first) is not None
    outcome, evidence = _number(first, deadline, later) if by_number else _deed(first, deadline, later)
    return Promise(tuple(t.id for t in group), _target(first), deadline, outcome, evidence.id if evidence else None)


def _after(t: Told, promise: Told) -> bool:
    """Told later than the promise, of something that is not older than it."""
    if t.id == promise.id or _published(t) <= _published(promise):
        return False
    return not t.event.date or t.event.status != "done" or period(t.event.date)[1] >= _published(promise)


def _number(promise: Told, deadline: date | None, later: Sequence[Told]) -> tuple[Outcome, Told | None]:
    target = _target(promise) or 0
    counts = sorted((t for t in later if t.event.count and t.event.status == "done"), key=lambda t: (_when(t), t.id))
    reached = next((t for t in counts if t.event.count and _most(t) >= target), None)
    short = [t for t in counts if deadline and _when(t) > deadline and t is not reached and _most(t) < target]
    if reached:
        missed = any(_when(t) <= _when(reached) for t in short)
        late = deadline is not None and _when(reached) > deadline + (timedelta() if missed else GRACE)
        return ("late" if late else "kept"), reached
    cancelled = [t for t in later if t.event.status == "cancelled"]
    if short or cancelled:
        return "broken", (short or cancelled)[0]
    return "open", None


def _most(t: Told) -> float:
    """The number a count is sure of: «более 150» is no evidence of 200."""
    return bounds(t.event.count.value, t.event.count.comparator)[0] if t.event.count else 0


def _when(t: Told) -> date:
    """First day that what is told can be of; the day of publication where the text gives none."""
    return period(t.event.date)[0] if t.event.date else _published(t)


def _deed(promise: Told, deadline: date | None, later: Sequence[Told]) -> tuple[Outcome, Told | None]:
    acts = _acts(promise)
    done = [t for t in later if _fulfils(t, acts)]
    if done:
        implied = {t.id: t.event.type != promise.event.type for t in done}  # residents imply an opening
        deed = min(done, key=lambda t: (implied[t.id], _published(t), _when(t), t.id))
        slack = timedelta() if deed.event.date and deed.event.status == "done" else GRACE
        began = deed.event.status == "ongoing"
        return ("late" if deadline and not began and _when(deed) > deadline + slack else "kept"), deed
    for t in later:
        put_off = t.event.status in ("planned", "ongoing") and deadline and (_deadline(t) or deadline) > deadline
        if t.event.status == "cancelled" or (put_off and t.event.type == promise.event.type and _acts(t) & acts):
            return "broken", t
    return "open", None


def _fulfils(t: Told, acts: frozenset[str]) -> bool:
    if t.event.status == "ongoing":
        return "begin" in acts
    if t.event.status != "done":
        return False
    if t.event.type == "enterprise_count":  # where there are residents, the park was opened
        return "open" in acts and "begin" not in acts
    if t.event.type != "cluster_announcement":
        return True
    return bool(_acts(t) & acts) or (_acts(t) == {"open"} and "begin" in acts)


def _acts(t: Told) -> frozenset[str]:
    """What is done to a cluster or park, by the words of the quotation; other events have one act each."""
    if t.event.type != "cluster_announcement":
        return frozenset({t.event.type})
    low = t.event.quote.lower().replace("ё", "е")
    acts = {act for act, stems in lexicon()["acts"].items() if any(re.search(rf"\b{s}", low) for s in stems)}
    return frozenset(acts or {"open"})
