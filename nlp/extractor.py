"""The extractor: one document in, one extraction out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nlp.analyse import analyse
from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.read import read
from nlp.schema import Document, Event, Extraction

VERSION = "0.1.0"
LONGEST_QUOTE = 600  # characters


def extract(document: Document) -> Extraction:
    """Read one release."""
    analysis = analyse(document)
    events = tuple(_event(analysis, document, draft) for draft in read(analysis))
    return Extraction(VERSION, relevant=bool(events), regions=(), events=events)


def extract_many(documents: Iterable[Document]) -> Iterator[Extraction]:
    """Read releases in order; equal to extract() on each, but faster."""
    return map(extract, documents)


def _event(analysis: Analysis, document: Document, draft: Draft) -> Event:
    start, stop = draft.words.sentence.start, draft.words.sentence.stop
    if stop - start > LONGEST_QUOTE:
        start, stop = draft.words.tokens[draft.first].start, draft.words.tokens[draft.stop - 1].stop
    trigger = draft.words.tokens[draft.trigger]
    start, stop = analysis.original(start, stop)
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
        parties=draft.parties,
        count=draft.count,
        money=draft.money,
        confidence=draft.confidence,
    )
