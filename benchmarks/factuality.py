"""Train what becomes of events, the third part of `python -m benchmarks.training`.

Fits the status of the events that the gold set has too. Prints, for each set, the share read rightly under the weights
of other sets beside that of the rules, then writes the weights of all.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.arguments import FOLDS, Matched
from benchmarks.learning import fit_classes, write
from nlp.events import dating, factuality, funding

LEAST = 4
RIDGE = 8.0

Row = tuple[list[str], str, str]  # the features, the status in gold, and that of the rules


def rows(events: Sequence[Matched]) -> list[Row]:
    """The events as they are told, with the dates and sums that the models choose."""
    for event in events:
        draft = event.draft
        draft.date = dating.likeliest(dating.weights(), event.dates)
        draft.money = funding.likeliest(funding.weights(), event.sums) if event.sums else draft.money
    return [(e.telling.features(e.draft), e.gold["status"], e.ruled["status"]) for e in events]


def fit(data: Sequence[Row]) -> dict[str, list[float]]:
    """The model of these events."""
    classes = factuality.STATUSES
    return fit_classes(
        [(names, classes.index(gold)) for names, gold, _ in data], len(classes), least=LEAST, ridge=RIDGE
    )


def train_statuses(data: dict[str, list[Matched]], trained_on: str) -> None:
    """Train on the events of each set, by its name; print how well it does on sets unseen, and write the weights."""
    print("statuses")
    told = {name: rows(events) for name, events in data.items()}
    names = list(told)
    for held in (names[fold::FOLDS] for fold in range(FOLDS)):
        model = fit([row for name in names if name not in held for row in told[name]])
        for name in held:
            right = [(gold == ruled, gold == factuality.likeliest(model, named)) for named, gold, ruled in told[name]]
            by_rules, unseen = (sum(each) / len(right) for each in zip(*right, strict=True))
            print(f"{name}: rules {by_rules:.3f}, unseen {unseen:.3f}", flush=True)
    write(factuality.WEIGHTS, fit([row for own in told.values() for row in own]), trained_on)
