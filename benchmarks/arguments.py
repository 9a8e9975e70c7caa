"""Train the choice of events' parties, dates and money, the second part of `python -m benchmarks.training`.

Reads the annotated releases by the rules, takes the events that the gold set has too, and fits which of the candidates
near each are its parties (a network, pairing.py), which of the dates and sums its own (logistic models). Prints, for
each set, the F1 of each under the weights of other sets beside that of the rules, then writes the weights of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from benchmarks import pairing as learning
from benchmarks.learning import Row, fit, write
from benchmarks.scoring import Tally, in_common, pairs, same_party, stems
from nlp.analysis import Analysis
from nlp.events import choice, dating, funding, pairing
from nlp.events.amounts import PAID
from nlp.events.candidates import Candidate, candidates
from nlp.events.draft import Draft
from nlp.events.factuality import Telling
from nlp.events.naming import Names
from nlp.events.read import believed_events
from nlp.events.relations import GROUPS, Release
from nlp.extractor import event_of
from nlp.people import People
from nlp.schema import Document, Money

LEAST = 4
FOLDS = 3  # groups of sets, each held out once
MEMBERS = 3  # networks that are averaged
DATE_RIDGE, MONEY_RIDGE = 10.0, 8.0

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Matched:
    """An event that was read and is in gold: both, and what its arguments are chosen from."""

    gold: dict[str, Any]
    ruled: dict[str, Any]
    named: list[Candidate]  # whom the release names
    paired: pairing.Pairing  # them and the release's events
    index: int  # of the event among those
    dates: list[tuple[str, list[str]]]
    sums: list[tuple[Money, list[str]]]
    telling: Telling
    names: Names
    draft: Draft


def matched(record: dict[str, Any], source: Document, analysis: Analysis) -> Iterator[Matched]:
    """The events of one release that are read rightly."""
    drafts, scenes, about = believed_events(analysis, People(analysis))
    named = candidates(scenes, about)
    paired = pairing.pairing(Release(drafts, scenes, named))
    calendar = dating.Calendar(drafts, scenes, analysis.published)
    ledger = funding.Ledger(drafts, scenes)
    telling = Telling(drafts, scenes, analysis.published)
    names = Names(analysis, drafts, scenes)
    found = [asdict(event_of(analysis, source, draft)) for draft in drafts]
    for i, j in pairs(record["events"], found):
        dates = list(calendar.considered(drafts[j]))
        sums = list(ledger.considered(drafts[j])) if drafts[j].type in PAID else []
        yield Matched(record["events"][i], found[j], named, paired, j, dates, sums, telling, names, drafts[j])


def party_example(events: Sequence[Matched]) -> learning.Example:
    """Which pairs of a release, whose events these are, are one of event and party."""
    named, paired = events[0].named, events[0].paired
    pairs_of = [
        (paired.drafts[event], paired.numbers[candidate])
        for event, candidate in zip(paired.event, paired.candidate, strict=True)
    ]
    right = {
        event.index: _right(event.gold["parties"], [named[number] for own, number in pairs_of if own == event.index])
        for event in events
    }
    return learning.Example(paired, [number in right[own] if own in right else None for own, number in pairs_of])


def by_release(events: Sequence[Matched]) -> Iterator[list[Matched]]:
    """The events of each release, without the releases that name nobody near them."""
    for _, own in groupby(events, key=lambda event: id(event.paired)):
        told = list(own)
        if told[0].paired.pairs:
            yield told


def date_rows(event: Matched) -> Iterator[Row]:
    for iso, features in event.dates:
        yield dict.fromkeys(features, 1.0), iso == event.gold["date"]


def money_rows(event: Matched) -> Iterator[Row]:
    for money, features in event.sums:
        yield dict.fromkeys(features, 1.0), _sum(asdict(money)) == _sum(event.gold["money"])


def _sum(money: dict[str, Any] | None) -> tuple[int, str] | None:
    return (money["value"], money["currency"]) if money else None


def _right(gold: Sequence[dict[str, Any]], there: Sequence[Candidate]) -> set[int]:
    """The candidates that are the gold parties, one each: of its kind if one is, the likest by name."""
    right: set[int] = set()
    for party in gold:
        fitting = [c for c in there if c.number not in right and same_party(party, asdict(c.party))]
        if fitting:
            own = stems(party["name"])
            best = max(fitting, key=lambda c: (c.kind == party["kind"], _likeness(own, stems(c.party.name)), -c.number))
            right.add(best.number)
    return right


def _likeness(a: set[str], b: set[str]) -> float:
    return len(a & b) / max(1, len(a | b))


def parties_measured(events: Sequence[Matched], members: Sequence[pairing.Network] | None) -> Tally:
    """How well parties are chosen: by networks, or by the rules."""
    total = Tally()
    for own in by_release([event for event in events if event.gold["type"] in GROUPS]):
        paired = own[0].paired
        chosen = choice.likely(paired, pairing.log_odds(members, paired)) if members else {}
        for event in own:
            found = list(event.ruled["parties"])
            if members:
                found = [asdict(party) for party in choice.parties(event.named[n] for n in chosen.get(event.index, ()))]
            total.add(len(event.gold["parties"]), len(found), in_common(event.gold["parties"], found, same_party))
    return total


def dates_measured(events: Sequence[Matched], weights: Weights | None) -> Tally:
    """How well dates are chosen: by weights, or by the rules."""
    total = Tally()
    for event in events:
        gold, found = event.gold["date"], event.ruled["date"]
        if weights is not None:
            found = dating.likeliest(weights, event.dates)
        total.add(bool(gold), bool(found), bool(gold) and gold == found)
    return total


def money_measured(events: Sequence[Matched], weights: Weights | None) -> Tally:
    """How well sums are chosen: by weights, or by the rules."""
    total = Tally()
    for event in events:
        gold, found = _sum(event.gold["money"]), _sum(event.ruled["money"])
        if weights is not None and event.ruled["type"] in PAID:
            chosen = funding.likeliest(weights, event.sums)
            found = _sum(asdict(chosen)) if chosen else None
        total.add(bool(gold), bool(found), bool(gold) and gold == found)
    return total


def train(
    data: dict[str, list[Matched]],
    rows_of: Callable[[Matched], Iterator[Row]],
    measured: Callable[[Sequence[Matched], Weights | None], Tally],
    ridge: float,
) -> Weights:
    rows = {name: [row for event in events for row in rows_of(event)] for name, events in data.items()}
    names = list(data)
    for held in (names[fold::FOLDS] for fold in range(FOLDS)):
        weights = fit([row for name in names if name not in held for row in rows[name]], ridge=ridge, least=LEAST)
        for name in held:
            by_rules, unseen = measured(data[name], None).f1, measured(data[name], weights).f1
            print(f"{name}: rules {by_rules:.3f}, unseen {unseen:.3f}", flush=True)
    return fit([row for own in rows.values() for row in own], ridge=ridge, least=LEAST)


def train_parties(data: dict[str, list[Matched]]) -> list[pairing.Network]:
    examples = {name: [party_example(own) for own in by_release(events)] for name, events in data.items()}
    names = list(data)
    for held in (names[fold::FOLDS] for fold in range(FOLDS)):
        network = learning.train([one for name in names if name not in held for one in examples[name]], 0)
        for name in held:
            by_rules, unseen = parties_measured(data[name], None).f1, parties_measured(data[name], [network]).f1
            print(f"{name}: rules {by_rules:.3f}, unseen {unseen:.3f}", flush=True)
    every = [one for own in examples.values() for one in own]
    return [learning.train(every, seed) for seed in range(MEMBERS)]


def train_arguments(data: dict[str, list[Matched]], trained_on: str) -> None:
    """Train on the events of each set, by its name; print how well it does on sets unseen, and write the weights."""
    print("parties")
    learning.write(pairing.WEIGHTS, train_parties(data), trained_on)
    print("dates")
    write(dating.WEIGHTS, train(data, date_rows, dates_measured, DATE_RIDGE), trained_on)
    print("money")
    write(funding.WEIGHTS, train(data, money_rows, money_measured, MONEY_RIDGE), trained_on)
