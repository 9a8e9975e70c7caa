"""The extractor: one document in, one extraction out."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nlp.analyse import analyse_many
from nlp.analysis import Analysis
from nlp.characters import normalise
from nlp.events.draft import Draft
from nlp.events.read import read
from nlp.gate import may_hold_events
from nlp.people import People
from nlp.schema import Document, Event, Extraction, Official, Party

VERSION = "0.1.0"
LONGEST_QUOTE = 600  # characters
BATCH = 16  # documents that share a call of the network
BATCH_CHARACTERS = 200_000  # a batch ends sooner with so much text


def extract(document: Document, *, everyone: bool = False) -> Extraction:
    """Read one release. `everyone` finds the officials of irrelevant releases too, which takes the models."""
    return next(extract_many([document], everyone=everyone))


def extract_many(documents: Iterable[Document], *, everyone: bool = False) -> Iterator[Extraction]:
    """Read releases in order; equal to extract() of each, but faster. Those that hold no event cost next to nothing."""
    for batch in _batches(documents):
        sources = [normalise(document.text) for document in batch]
        hopeful = [may_hold_events(source.text) for source in sources]
        chosen = [index for index, hope in enumerate(hopeful) if hope or everyone]
        analyses = analyse_many([batch[i] for i in chosen], [sources[i] for i in chosen])
        read_ones = dict(zip(chosen, analyses, strict=True))
        for index, document in enumerate(batch):
            if index in read_ones:
                yield _extraction(document, read_ones[index], hopeful[index])
            else:
                yield Extraction(VERSION, relevant=False)


def warm_up() -> None:
    """Load the models and take what lives from now on out of the garbage collector's sight.

    For processes that read many documents: the collector would walk the dictionaries again and again.
    """
    extract(Document("Хартию технологического суверенитета подписал завод."))
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if len(batch) == BATCH or size > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _extraction(document: Document, analysis: Analysis, hopeful: bool) -> Extraction:
    people = People(analysis)
    drafts, regions = read(analysis, people) if hopeful else ([], ())
    events = tuple(_event(analysis, document, draft) for draft in drafts)
    named = tuple(_official(analysis, document, official) for official in people.officials())
    return Extraction(VERSION, relevant=bool(events), regions=regions, events=events, people=named)


def _event(analysis: Analysis, document: Document, draft: Draft) -> Event:
    """A draft with its offsets brought back to the document's own text."""
    start, stop = draft.words.sentence.start, draft.words.sentence.stop
    if stop - start > LONGEST_QUOTE:
        start, stop = draft.words.tokens[draft.first].start, draft.words.tokens[draft.stop - 1].stop
    start, stop = analysis.original(start, stop)
    trigger = draft.words.tokens[draft.trigger]
    return Event(
        type=draft.type,
        status=draft.status,
        quote=document.text[start:stop],
        start=start,
        stop=stop,
        trigger=analysis.original(trigger.start, trigger.stop),
        date=draft.date,
        regions=draft.regions,
        initiative=draft.initiative,
        kind=draft.kind,
        parties=tuple(_party(analysis, party) for party in draft.parties),
        count=draft.count,
        money=draft.money,
        confidence=draft.confidence,
    )


def _party(analysis: Analysis, party: Party) -> Party:
    if party.start is None or party.stop is None:
        return party
    start, stop = analysis.original(party.start, party.stop)
    return replace(party, start=start, stop=stop)


def _official(analysis: Analysis, document: Document, official: Official) -> Official:
    start, stop = analysis.original(official.start, official.stop)
    return replace(official, quote=document.text[start:stop], start=start, stop=stop)
