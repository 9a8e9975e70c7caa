"""Train what events' initiatives are called, the last part of `python -m benchmarks.training`.

Fits, for the events that the gold set has too, which of the names near each is its own. Prints, for each set, the F1
under the weights of other sets beside that of the rules, then writes the weights of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.arguments import FOLDS, Matched
from benchmarks.learning import write
from benchmarks.ranking import Numbers, Ranked, fit_ranking
from benchmarks.scoring import Tally, same_name
from nlp.events import naming
from nlp.events.naming import Name

LEAST = 8
RIDGE = 3.0

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
    right = [name.text is None if gold is None else same_name(gold, name.text) for name in names]
    return Named(gold, event.ruled["initiative"], Ranked(event.draft.type, numbers.of(rows), right), names)


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
