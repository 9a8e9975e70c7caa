"""The extractor: one document in, one extraction out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from nlp.analyse import analyse
from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.read import read
from nlp.people import officials
from nlp.schema import Document, Event, Extraction, Official, Party

VERSION = "0.1.0"
LONGEST_QUOTE = 600  # characters


def extract(document: Document) -> Extraction:
    """Read one release."""
    analysis = analyse(document)
    events = tuple(_event(analysis, document, draft) for draft in read(analysis))
    people = tuple(_official(analysis, document, official) for official in officials(analysis))
    return Extraction(VERSION, relevant=bool(events), regions=(), events=events, people=people)


def extract_many(documents: Iterable[Document]) -> Iterator[Extraction]:
    """Read releases in order; equal to extract() on each, but faster."""
    return map(extract, documents)


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
