"""Train what events' initiatives are called, the last part of `python -m benchmarks.training`.

Fits, for the events that the gold set has too, which of the names near each is its own. Prints, for each set, the F1
under the weights of other sets beside that of the rules, then writes the weights of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from benchmarks.arguments import FOLDS, Matched
from benchmarks.learning import write
from benchmarks.ranking import Numbers, Ranked, fit_ranking
from benchmarks.scoring import Tally, same_name
from nlp.events import naming
from nlp.events.naming import Name

LEAST = 8
RIDGE = 3.0
NEARNESS = 4  # how much more a name is worth that is nearer to the gold one: the power of its likeness

Model = dict[str, dict[str, float]]


class Named(NamedTuple):
    """An event, and how its names rank: `names` in the order of the rows of `ranked`."""

    gold: str | None
    ruled: str | None
    ranked: Ranked
    names: list[Name]


def named(event: Matched, numbers: Numbers) -> Named:
    """An event with what it could be called; its sums must be chosen."""
    gold = event.gold["initiative"]
    names: list[Name] = []
    rows: list[list[str]] = []
    for shared, options in event.names.considered(event.draft):
        for name, own in options:
            names.append(name)
            rows.append([*shared, *own])
    right = _right(gold, [name.text for name in names])
    return Named(gold, event.ruled["initiative"], Ranked(event.draft.type, numbers.of(rows), right), names)


def _right(gold: str | None, names: Sequence[str | None]) -> list[float]:
    """How right each name is: where the measure takes several for gold's, the nearest by its letters the most.

    Else «соглашение о выпуске» would do as well as «соглашение о выпуске редукторов», and half of it be told.
    """
    if gold is None:
        return [float(name is None) for name in names]
    likeness = [ratio(gold.lower(), name.lower()) if name and same_name(gold, name) else 0.0 for name in names]
    most = max(likeness)
    return [(each / most) ** NEARNESS if each else 0.0 for each in likeness]


def measured(events: Sequence[Named], model: Model | None, numbers: Numbers) -> Tally:
    """How well names are chosen: by weights, or by the rules."""
    total = Tally()
    tables = (
        {kind: numbers.vector(naming.of_type(model, kind)) for kind in {e.ranked.group for e in events}}
        if model
        else {}
    )
    for gold, found, ranked, names in events:
        if model is not None:
            found = names[ranked.best(tables[ranked.group])].text
        total.add(bool(gold), bool(found), same_name(gold, found))
    return total


def train_names(data: dict[str, list[Matched]], trained_on: str) -> None:
    """Train on the events of each set, by its name; print how well it does on sets unseen, and write the weights."""
    print("names")
    numbers = Numbers()
    told = {name: [named(event, numbers) for event in events] for name, events in data.items()}
    sets = list(told)

    def model_of(chosen: Sequence[str]) -> Model:
        return fit_ranking([e.ranked for name in chosen for e in told[name]], numbers, least=LEAST, ridge=RIDGE)

    for held in (sets[fold::FOLDS] for fold in range(FOLDS)):
        model = model_of([name for name in sets if name not in held])
        for name in held:
            by_rules, unseen = (measured(told[name], each, numbers).f1 for each in (None, model))
            print(f"{name}: rules {by_rules:.3f}, unseen {unseen:.3f}", flush=True)
    write(naming.WEIGHTS, model_of(sets), trained_on)
