"""How well events were read: the measure of docs/annotation.md, over gold and found records of one form.

Events of one document and type are paired one to one, best pairs first, by how much of the shorter quotation both
share, or by initiative and parties together; counts only with the same number. Event F1 counts pairs. Slot F1 counts
filled slots end to end: a missed event's slots are missed, an invented event's slots are invented.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]

LONGEST_QUOTE = 600  # characters; a longer quotation proves nothing
LEGAL_FORMS = frozenset(["ооо", "оао", "зао", "ао", "пао", "ип", "фгуп", "гуп", "муп", "нпо", "тд", "гк"])
WORD = re.compile(r"[a-zа-я0-9]+")


@dataclass
class Tally:
    """Numbers of things in gold, found, and in both."""

    gold: int = 0
    found: int = 0
    both: int = 0

    def add(self, gold: int, found: int, both: int) -> None:
        self.gold += gold
        self.found += found
        self.both += both

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.both / self.gold if self.gold else float(not self.found)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass
class Score:
    types: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    slots: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    relevance: Tally = field(default_factory=Tally)
    regions: Tally = field(default_factory=Tally)  # `both` of `gold` relevant documents have exactly the right regions
    judged: list[tuple[float, bool]] = field(default_factory=list)  # confidence of each found event; was it right?

    @property
    def event(self) -> Tally:
        return _sum(self.types.values())

    @property
    def slot(self) -> Tally:
        return _sum(self.slots.values())


def score(gold: Iterable[Record], found: Iterable[Record]) -> Score:
    """Compare records with `id`, `text` (gold alone), `relevant`, `regions` and `events`."""
    answers = {record["id"]: record for record in found}
    result = Score()
    for record in gold:
        answer = answers.get(record["id"], {"relevant": False, "regions": [], "events": []})
        result.relevance.add(record["relevant"], answer["relevant"], record["relevant"] and answer["relevant"])
        if record["relevant"]:
            result.regions.add(1, 1, set(record["regions"]) == set(answer["regions"]))
        events = [event | {"quote": _proof(event.get("quote"), record["text"])} for event in answer["events"]]
        _compare(record["events"], events, result)
    return result


def _compare(gold: Sequence[Record], found: Sequence[Record], result: Score) -> None:
    matched = dict(pairs(gold, found))
    paired = set(matched.values())
    for index, event in enumerate(gold):
        match = found[matched[index]] if index in matched else None
        result.types[event["type"]].add(1, 0, match is not None)
        _add_slots(event, match, result)
    for index, event in enumerate(found):
        result.types[event["type"]].add(0, 1, 0)
        result.judged.append((event.get("confidence", 1.0), index in paired))
        if index not in paired:
            _add_slots(None, event, result)


def pairs(gold: Sequence[Record], found: Sequence[Record]) -> Iterable[tuple[int, int]]:
    """(index of a gold event, index of the found event that is it), best pairs first."""
    candidates = [
        (_likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if g["type"] == f["type"]
    ]
    left, right = set(range(len(gold))), set(range(len(found)))
    for likeness, i, j in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if likeness > 0 and i in left and j in right:
            left.remove(i)
            right.remove(j)
            yield i, j


def _likeness(gold: Record, found: Record) -> float:
    quote = _overlap(gold.get("quote"), found.get("quote"))
    if gold["type"] == "enterprise_count":
        return 1.0 + quote if _number(gold) == _number(found) else 0.0
    ours, theirs = gold.get("parties") or [], found.get("parties") or []
    shared = in_common(ours, theirs, same_party)
    party = shared / max(1, min(len(ours), len(theirs)))
    name = same_name(gold.get("initiative"), found.get("initiative"))
    if quote < 0.5 and not (shared and party >= 0.5 and name):
        return 0.0
    date = bool(gold.get("date")) and gold["date"] == found.get("date")
    return quote + 0.6 * name + 0.5 * party + 0.2 * date


def _add_slots(gold: Record | None, found: Record | None, result: Score) -> None:
    ours, theirs = Counter(_slots(gold)), Counter(_slots(found))
    for values, numbers in ((ours, (1, 0, 0)), (theirs, (0, 1, 0)), (ours & theirs, (0, 0, 1))):
        for name, _ in values.elements():
            result.slots[name].add(*numbers)
    names = [(event or {}).get("initiative") for event in (gold, found)]
    result.slots["initiative"].add(bool(names[0]), bool(names[1]), same_name(*names))
    ours_named, theirs_named = ((event or {}).get("parties") or [] for event in (gold, found))
    result.slots["party"].add(len(ours_named), len(theirs_named), in_common(ours_named, theirs_named, same_party))


def _slots(event: Record | None) -> Iterable[tuple[str, Any]]:
    if event is None:
        return
    yield "status", event.get("status")
    if event.get("date"):
        yield "date", event["date"]
    for region in event.get("regions") or ():
        yield "region", region
    if event.get("kind") and event["type"] != "enterprise_count":
        yield "kind", event["kind"]
    if count := event.get("count"):
        yield "count", (count["value"], count["comparator"])
    if money := event.get("money"):
        yield "money", (money["value"], money["currency"])


def _proof(quote: str | None, text: str) -> str:
    return quote if quote and quote in text and len(quote) <= LONGEST_QUOTE else ""


def _number(event: Record) -> Any:
    return (event.get("count") or {}).get("value")


def _words(text: str | None) -> list[str]:
    return WORD.findall((text or "").casefold().replace("ё", "е"))


def stems(text: str | None) -> set[str]:
    """Words cut to five letters, which most inflection spares."""
    return {w[:5] for w in _words(text) if w not in LEGAL_FORMS and (len(w) > 2 or w.isdigit())}


def same_name(one: str | None, other: str | None) -> bool:
    a, b = stems(one), stems(other)
    if not a or not b:
        return False
    common = len(a & b)
    return common / len(a | b) >= 0.5 or (common >= 2 and common == min(len(a), len(b)))


def same_party(one: Record, other: Record) -> bool:
    if one.get("kind") == other.get("kind") == "person":  # a surname will do
        a, b = stems(one["name"]), stems(other["name"])
        return bool(a and b) and len(a & b) >= min(len(a), len(b), 2)
    return same_name(one["name"], other["name"])


def in_common(gold: Sequence[Record], found: Sequence[Record], same: Callable[[Record, Record], bool]) -> int:
    rest = list(found)
    for one in gold:
        match = next((other for other in rest if same(one, other)), None)
        if match is not None:
            rest.remove(match)
    return len(found) - len(rest)


def _overlap(one: str | None, other: str | None) -> float:
    a, b = Counter(_words(one)), Counter(_words(other))
    return (a & b).total() / max(1, min(a.total(), b.total()))


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.add(tally.gold, tally.found, tally.both)
    return total
