"""Train which regions events and releases fall to, the last part of `python -m benchmarks.training`.

Reads the annotated releases with all other models. Fits which of the regions that a release names are those of each
event that the gold set has too, then, with the events so settled, which are the release's. Prints, for each set, the
share of events and of releases given exactly their regions under the weights of other sets beside that of the rules,
then writes the weights of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.arguments import FOLDS
from benchmarks.learning import Row, fit, write
from benchmarks.scoring import pairs
from nlp.analysis import Analysis
from nlp.events import jurisdiction
from nlp.events.jurisdiction import Territory, likely
from nlp.events.read import argued_events
from nlp.extractor import event_of
from nlp.learned import likelihood
from nlp.people import People
from nlp.schema import Document

LEAST = 4
EVENT_RIDGE, RELEASE_RIDGE = 12.0, 4.0

Weights = Mapping[str, float]
Options = list[tuple[str, list[str]]]  # regions, each with its features


@dataclass(frozen=True, slots=True)
class Settled:
    """A release that states events: what each could fall to, and what it and they do fall to."""

    territory: Territory
    about: tuple[str, ...]  # as the rules say
    ruled: list[tuple[str, ...]]  # as the rules say of each event
    options: list[Options]  # of each event
    events: list[set[str] | None]  # in gold; None for an event that gold does not have
    regions: set[str]  # in gold


def settled(record: dict[str, Any], source: Document, analysis: Analysis) -> Settled | None:
    """A release as read, nothing where it is read to state no event or states none."""
    drafts, scenes, about = argued_events(analysis, People(analysis))
    if not (drafts and record["relevant"]):
        return None
    found = dict(pairs(record["events"], [asdict(event_of(analysis, source, draft)) for draft in drafts]))
    gold = {j: set(record["events"][i]["regions"]) for i, j in found.items()}
    territory = Territory(drafts, scenes, about)
    return Settled(
        territory,
        about,
        [draft.regions for draft in drafts],
        [list(territory.considered(draft)) for draft in drafts],
        [gold.get(j) for j in range(len(drafts))],
        set(record["regions"]),
    )


def _rated(one: Settled, weights: Weights) -> list[dict[str, float]]:
    return [{code: likelihood(weights, named) for code, named in options} for options in one.options]


def _event_rows(releases: Sequence[Settled]) -> Iterator[Row]:
    for one in releases:
        for options, gold in zip(one.options, one.events, strict=True):
            if gold is not None:
                yield from ((dict.fromkeys(named, 1.0), code in gold) for code, named in options)


def _release_rows(releases: Sequence[Settled], weights: Weights) -> Iterator[Row]:
    for one in releases:
        for code, named in one.territory.of_release(_rated(one, weights)):
            yield dict.fromkeys(named, 1.0), code in one.regions


def model_of(releases: Sequence[Settled]) -> jurisdiction.Model:
    """The models of these releases."""
    event = fit(list(_event_rows(releases)), least=LEAST, ridge=EVENT_RIDGE)
    return {"event": event, "release": fit(list(_release_rows(releases, event)), least=LEAST, ridge=RELEASE_RIDGE)}


def measured(releases: Sequence[Settled], model: jurisdiction.Model | None) -> tuple[float, float]:
    """The shares of events and of releases given exactly their regions: by a model, or by the rules."""
    events: list[bool] = []
    whole: list[bool] = []
    for one in releases:
        chosen, about = one.ruled, one.about
        if model:
            odds = _rated(one, model["event"])
            chosen = [likely(rated) for rated in odds]
            about = likely(
                {code: likelihood(model["release"], named) for code, named in one.territory.of_release(odds)}, about
            )
        events += [set(own) == gold for own, gold in zip(chosen, one.events, strict=True) if gold is not None]
        whole.append(set(about) == one.regions)
    return sum(events) / max(1, len(events)), sum(whole) / max(1, len(whole))


def train_regions(data: dict[str, list[Settled]], trained_on: str) -> None:
    """Train on the releases of each set, by its name; print how well it does on sets unseen, and write the weights."""
    print("regions")
    names = list(data)
    for held in (names[fold::FOLDS] for fold in range(FOLDS)):
        model = model_of([one for name in names if name not in held for one in data[name]])
        for name in held:
            by_rules, unseen = measured(data[name], None), measured(data[name], model)
            shares = ", ".join(
                f"{what}: rules {rules:.3f}, unseen {learned:.3f}"
                for what, rules, learned in zip(("events", "releases"), by_rules, unseen, strict=True)
            )
            print(f"{name}: {shares}", flush=True)
    write(jurisdiction.WEIGHTS, model_of([one for own in data.values() for one in own]), trained_on)
