"""From an analysed release to its events, in drafts."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.attachment import Link, links
from nlp.events.draft import Draft
from nlp.events.initiative import initiatives
from nlp.events.merge import merge
from nlp.events.status import standing
from nlp.events.text import Words, words
from nlp.events.triggers import spots
from nlp.events.types import event_type
from nlp.inflection import to_nominative


def read(analysis: Analysis) -> list[Draft]:
    """The events of a release, each once, in order of the text."""
    drafts: list[Draft] = []
    for index, sentence in enumerate(analysis.sentences):
        drafts.extend(_of_sentence(analysis, words(sentence, index)))
    return merge(drafts)


def _of_sentence(analysis: Analysis, sentence: Words) -> list[Draft]:
    found = initiatives(sentence)
    if not found:
        return []
    drafts: list[Draft] = []
    taken: set[tuple[int, str]] = set()
    for link in links(sentence, spots(sentence), found):
        draft = _draft(analysis, sentence, link)
        if draft is None:
            continue
        key = (link.initiative.head, draft.type)
        if key in taken:
            continue
        taken.add(key)
        drafts.append(draft)
    return drafts


def _draft(analysis: Analysis, sentence: Words, link: Link) -> Draft | None:
    kind = event_type(link)
    if kind is None:
        return None
    initiative = link.initiative
    if not initiative.strong and not initiative.named:
        return None
    status = standing(sentence, link.spot).status
    if status is None:
        return None
    first, stop = initiative.first, initiative.stop
    phrase = analysis.text[sentence.tokens[first].start : sentence.tokens[stop - 1].stop]
    return Draft(
        type=kind,
        status=status,
        words=sentence,
        trigger=link.spot.index,
        first=min(first, link.spot.index),
        stop=max(stop, link.spot.index + 1),
        initiative=to_nominative(phrase),
        kind=initiative.kind,
        cost=link.cost,
        trigger_class=link.spot.name,
        shape=link.spot.shape,
        plural=initiative.plural,
    )
