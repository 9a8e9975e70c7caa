"""The extractor: one document in, one extraction out."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from nlp.analyse import dissect, find_entities
from nlp.analysis import Analysis
from nlp.characters import normalise
from nlp.events.draft import Draft
from nlp.events.read import read
from nlp.gate import may_hold_events
from nlp.people import People
from nlp.relevance import is_open, log_odds
from nlp.schema import Document, Event, Extraction, Official, Party
from nlp.version import version

VERSION = version()
LONGEST_QUOTE = 600  # characters
BATCH = 16  # documents that share a call of the network; a batch ends sooner
LONGEST_WAIT = 256  # with so many documents in all
BATCH_CHARACTERS = 500_000  # or so much text


def extract(document: Document, *, everyone: bool = False) -> Extraction:
    """Read one release. `everyone` finds the officials of irrelevant releases too, which takes the models."""
    return next(extract_many([document], everyone=everyone))


def extract_many(documents: Iterable[Document], *, everyone: bool = False) -> Iterator[Extraction]:
    """Read releases in order; equal to extract() of each, but faster. Those that hold no event cost next to nothing."""
    waiting: list[_Waiting] = []
    chosen = size = 0
    for document in documents:
        waiting.append(_wait(document, everyone))
        chosen += waiting[-1].analysis is not None
        size += len(document.text)
        if chosen == BATCH or len(waiting) == LONGEST_WAIT or size > BATCH_CHARACTERS:
            yield from _read(waiting)
            waiting.clear()
            chosen = size = 0
    yield from _read(waiting)


class _Waiting(NamedTuple):
    """A document that waits for others to share the networks' call with."""

    document: Document
    hopeful: bool  # it may state events
    analysis: Analysis | None  # without entities yet; None where there is nothing to look for


def _wait(document: Document, everyone: bool) -> _Waiting:
    source = normalise(document.text)
    hopeful = may_hold_events(source.text)
    if not (hopeful or everyone):
        return _Waiting(document, False, None)
    analysis = dissect(document, source)
    hopeful = hopeful and is_open(analysis, log_odds(analysis))
    return _Waiting(document, hopeful, analysis if hopeful or everyone else None)


def _read(waiting: list[_Waiting]) -> Iterator[Extraction]:
    find_entities([one.analysis for one in waiting if one.analysis])
    for document, hopeful, analysis in waiting:
        yield _extraction(document, analysis, hopeful) if analysis else Extraction(VERSION, relevant=False)


def warm_up() -> None:
    """Load the models and take what lives from now on out of the garbage collector's sight.

    For processes that read many documents: the collector would walk the dictionaries again and again.
    """
    extract(Document("Хартию технологического суверенитета подписал завод."))
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def _extraction(document: Document, analysis: Analysis, hopeful: bool) -> Extraction:
    people = People(analysis)
    drafts, regions = read(analysis, people) if hopeful else ([], ())
    events = tuple(event_of(analysis, document, draft) for draft in drafts)
    named = tuple(_official(analysis, document, official) for official in people.officials())
    return Extraction(VERSION, relevant=bool(events), regions=regions, events=events, people=named)


def event_of(analysis: Analysis, document: Document, draft: Draft) -> Event:
    """A draft with its offsets brought back to the document's own text."""
    start, stop = next(
        (span for span in _quotations(analysis, draft) if span[1] - span[0] <= LONGEST_QUOTE), _trigger(analysis, draft)
    )
    return Event(
        type=draft.type,
        status=draft.status,
        quote=document.text[start:stop],
        start=start,
        stop=stop,
        trigger=_trigger(analysis, draft),
        date=draft.date,
        regions=draft.regions,
        initiative=draft.initiative,
        kind=draft.kind,
        parties=tuple(_party(analysis, party) for party in draft.parties),
        count=draft.count,
        money=draft.money,
        confidence=draft.confidence,
    )


def _quotations(analysis: Analysis, draft: Draft) -> Iterator[tuple[int, int]]:
    """What may be quoted for an event, the fullest first, in the document's own offsets."""
    words = draft.words
    yield analysis.original(*_telling(analysis, draft))
    yield analysis.original(words.sentence.start, words.sentence.stop)
    yield analysis.original(words.tokens[draft.first].start, words.tokens[draft.stop - 1].stop)


def _trigger(analysis: Analysis, draft: Draft) -> tuple[int, int]:
    token = draft.words.tokens[draft.trigger]
    return analysis.original(token.start, token.stop)


def _telling(analysis: Analysis, draft: Draft) -> tuple[int, int]:
    """The sentence that tells an event, with those beside it that tell it too, as far as a quotation may go."""
    sentences = analysis.sentences
    first = last = draft.words.index
    while first - 1 in draft.told and sentences[last].stop - sentences[first - 1].start <= LONGEST_QUOTE:
        first -= 1
    while last + 1 in draft.told and sentences[last + 1].stop - sentences[first].start <= LONGEST_QUOTE:
        last += 1
    return sentences[first].start, sentences[last].stop


def _party(analysis: Analysis, party: Party) -> Party:
    if party.start is None or party.stop is None:
        return party
    start, stop = analysis.original(party.start, party.stop)
    return replace(party, start=start, stop=stop)


def _official(analysis: Analysis, document: Document, official: Official) -> Official:
    start, stop = analysis.original(official.start, official.stop)
    return replace(official, quote=document.text[start:stop], start=start, stop=stop)
