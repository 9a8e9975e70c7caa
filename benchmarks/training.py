"""Train what the reading learns from annotated releases: `python -m benchmarks.training`.

Three logistic models: of relevance (nlp/relevance.py: whether a release states events at all), of sentences
(nlp/events/sentences.py: which types of event a sentence states) and of confidence (nlp/events/confidence.py: which
drafts are right); and the networks of sentences (nlp/events/network.py). Confidence learns from drafts proposed by
sentence models that have not seen their release. What is random has fixed seeds. Prints how well the confidences hold
in folds by document, then writes the weights of all; then trains on the events so read what their parties, dates and
money are (arguments.py), and with those what becomes of them (factuality.py), what they are called (naming.py) and
which regions they fall to (jurisdiction.py).
Releases are analysed once for all. The weights carry a digest of the annotations they were trained on.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks import convolution
from benchmarks.arguments import matched, train_arguments
from benchmarks.corpora import TRAINING, document, records
from benchmarks.factuality import train_statuses
from benchmarks.jurisdiction import settled, train_regions
from benchmarks.learning import digest, fit, write
from benchmarks.naming import train_names
from benchmarks.scoring import pairs
from nlp import relevance
from nlp.analyse import analyse
from nlp.analysis import Analysis
from nlp.events import confidence, network, pairing, sentences
from nlp.events.chances import Model
from nlp.events.confidence import DOUBTFUL, industry
from nlp.events.network import Network, Sheet
from nlp.events.read import draft_events
from nlp.events.scene import Scene
from nlp.extractor import event_of
from nlp.learned import learned
from nlp.people import People
from nlp.schema import Document, EventType

TYPES: tuple[EventType, ...] = (
    "charter_signing",
    "charter_accession",
    "agreement_signing",
    "cluster_announcement",
    "enterprise_count",
    "production_launch",
    "support_measure",
)
FOLDS, SEED = 3, 20_240_722
MEMBERS, IN_FOLDS = 5, 2  # networks that are averaged; for each fold, where there are three times as many to train
RIDGE = 10.0
SPARSITY = 2.0  # what a weight of a sentence's feature costs
FIRMNESS = 1.0  # what the square of a lemma's weight costs
RARE = 3  # sentences a feature must be seen in
FEW = 3  # releases a word must be seen in
COVERED = 0.5  # share of a quotation or of a sentence that the other must cover
Named = dict[str, float]
Example = tuple[Named, bool]


@dataclass
class Release:
    """An annotated release, analysed once."""

    record: dict[str, Any]
    source: Document
    analysis: Analysis
    people: People
    sentences: list[Named]  # features of each, for the linear model
    sheet: Sheet  # and for the network
    stated: list[set[EventType]]  # types of event that gold quotes each for


def release(record: dict[str, Any]) -> Release:
    source = document(record)
    analysis = analyse(source)
    people = People(analysis)
    scenes = draft_events(analysis, people)[1]
    named = [dict(sentences.features(analysis, scenes, i)) for i in range(len(scenes))]
    stated = [_stated(record, analysis, scene) for scene in scenes]
    return Release(record, source, analysis, people, named, network.sheet(analysis, scenes), stated)


def _stated(record: dict[str, Any], analysis: Analysis, scene: Scene) -> set[EventType]:
    first, last = analysis.original(scene.words.sentence.start, scene.words.sentence.stop)
    found: set[EventType] = set()
    for event in record["events"]:
        start = record["text"].find(event["quote"])
        stop = start + len(event["quote"])
        common = min(last, stop) - max(first, start)
        if common > COVERED * min(stop - start, last - first):
            found.add(event["type"])
    return found


def fit_sentences(releases: Sequence[Release], members: int) -> Model:
    """The models of sentences that these releases teach, with so many networks."""
    rows = [(values, types) for one in releases for values, types in zip(one.sentences, one.stated, strict=True)]
    words = {
        kind: fit([(values, kind in types) for values, types in rows], least=RARE, lasso=SPARSITY) for kind in TYPES
    }
    return Model(words, [_network(releases, seed) for seed in range(members)])


def _network(releases: Sequence[Release], seed: int) -> Network:
    return convolution.train([one.sheet for one in releases], [one.stated for one in releases], TYPES, seed)


def fit_relevance(releases: Sequence[Release]) -> Named:
    """The relevance model of these releases."""
    rows = [
        ({"": 1.0} | dict.fromkeys(sorted(relevance.lemmas(one.analysis)), 1.0), bool(one.record["relevant"]))
        for one in releases
    ]
    return fit(rows, least=FEW, ridge=FIRMNESS)


def examples(one: Release, model: Model, topic: Named) -> list[Example]:
    """The drafts of a release: their features, and whether the gold set has them."""
    drafts, scenes, _ = draft_events(one.analysis, one.people, model)
    found = [asdict(event_of(one.analysis, one.source, draft)) for draft in drafts]
    right = {j for _, j in pairs(one.record["events"], found)}
    told, density = [scene.chances for scene in scenes], industry(scenes)
    about = relevance.log_odds(one.analysis, topic)
    if not relevance.is_open(one.analysis, about):
        return []  # never judged
    return [(_summed(confidence.features(d, drafts, density, told, about)), j in right) for j, d in enumerate(drafts)]


def _summed(named: Iterable[tuple[str, float]]) -> Named:
    found: Named = {}
    for name, value in named:
        found[name] = found.get(name, 0.0) + value
    return found


def fit_confidence(data: Sequence[Example]) -> Named:
    """The confidence model of these drafts."""
    return fit(data, ridge=RIDGE)


def folds(count: int) -> list[set[int]]:
    """Indexes of the releases held out in each fold."""
    order = list(range(count))
    random.Random(SEED).shuffle(order)
    return [set(order[fold::FOLDS]) for fold in range(FOLDS)]


def cross_fitted(releases: Sequence[Release]) -> list[list[Example]]:
    """The drafts of each release, proposed by a sentence model that has not seen it."""
    found: list[list[Example]] = [[] for _ in releases]
    for held in folds(len(releases)):
        others = [one for i, one in enumerate(releases) if i not in held]
        model, topic = fit_sentences(others, IN_FOLDS), fit_relevance(others)
        for i in held:
            found[i] = examples(releases[i], model, topic)
    return found


def _odds(weights: dict[str, float], values: Named) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in values.items())


def train_events(releases: Sequence[Release], trained_on: str) -> None:
    """Train which events are read: relevance, sentences and confidence."""
    drafts = cross_fitted(releases)
    judged: list[tuple[float, bool]] = []
    for held in folds(len(releases)):
        weights = fit_confidence([e for i, one in enumerate(drafts) if i not in held for e in one])
        judged += [(sentences.probability(_odds(weights, v)), right) for i in held for v, right in drafts[i]]
    print(f"{len(judged)} drafts in {len(releases)} releases, {FOLDS} folds by document")
    for low, high in ((0.9, 1.01), (0.7, 0.9), (0.5, 0.7), (DOUBTFUL, 0.5), (0.0, DOUBTFUL)):
        band = [right for value, right in judged if low <= value < high]
        print(f"confidence {low:.1f}–{min(high, 1):.1f}: {sum(band)} of {len(band)} right")
    write(relevance.WEIGHTS, fit_relevance(releases), trained_on)
    words, networks = fit_sentences(releases, MEMBERS)
    write(sentences.WEIGHTS, words, trained_on)
    convolution.write(network.WEIGHTS, networks, trained_on)
    write(confidence.WEIGHTS, fit_confidence([e for one in drafts for e in one]), trained_on)


def main() -> None:
    trained_on = digest(TRAINING)
    data = {f"{path.parent.name}/{path.name}": [release(record) for record in records(path)] for path in TRAINING}
    train_events([one for own in data.values() for one in own], trained_on)
    learned.cache_clear()
    network.networks.cache_clear()  # parties and dates are chosen for the events that are read from now on
    events = {
        name: [event for one in own for event in matched(one.record, one.source, one.analysis)]
        for name, own in data.items()
    }
    train_arguments(events, trained_on)
    learned.cache_clear()  # and what becomes of them, with the dates and sums so chosen
    train_statuses(events, trained_on)
    train_names(events, trained_on)
    learned.cache_clear()
    pairing.networks.cache_clear()  # and whose they are, with all of that
    places = {name: [settled(one.record, one.source, one.analysis) for one in own] for name, own in data.items()}
    train_regions({name: [one for one in own if one] for name, own in places.items()}, trained_on)


if __name__ == "__main__":
    main()
