"""A sentence with all that the readers found in it, by token: what the event rules look at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from nlp.analysis import Analysis
from nlp.dates import DateMention, find_dates
from nlp.events.aliases import with_aliases
from nlp.events.attachment import Link, links
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.sphere import outside
from nlp.events.text import Words, words
from nlp.events.triggers import Spot, spots
from nlp.gazetteer import RegionMention
from nlp.inflection import to_nominative
from nlp.money import MoneyMention, find_money
from nlp.organisations import OrganisationMention
from nlp.people import People, PersonMention
from nlp.quantities import CountMention, find_counts
from nlp.schema import EventType


class Mention(Protocol):
    """Anything read from a stretch of the text."""

    @property
    def start(self) -> int: ...

    @property
    def stop(self) -> int: ...


M = TypeVar("M", bound=Mention)


@dataclass(slots=True)
class Scene:
    words: Words
    initiatives: list[Initiative]
    spots: list[Spot]
    links: list[Link]
    counts: list[CountMention]
    sums: list[MoneyMention]
    dates: list[DateMention]
    organisations: list[OrganisationMention]
    people: list[PersonMention]
    places: list[RegionMention]
    drafts: list[Draft] = field(default_factory=list)
    antecedents: dict[int, tuple[Scene, Initiative]] = field(default_factory=dict)  # by the head of a stand-in
    chances: dict[EventType, float] = field(default_factory=dict)  # log odds, as the models of sentences say

    def phrase(self, initiative: Initiative, text: str) -> str:
        """An initiative's name as written, in the nominative."""
        if initiative.head in self.antecedents:
            scene, named = self.antecedents[initiative.head]
            return scene.phrase(named, text)
        tokens = self.words.tokens
        return to_nominative(text[tokens[initiative.name].start : tokens[initiative.stop - 1].stop])


def scenes(analysis: Analysis, people: People, places: list[RegionMention]) -> list[Scene]:
    """The sentences of a release, each with what was read from it; `places` are all that the release names."""
    sums = find_money(analysis)
    counts = find_counts(analysis, sums)
    dates, persons = find_dates(analysis), people.mentions()
    lines = [words(sentence, index) for index, sentence in enumerate(analysis.sentences)]
    found = []
    for line, named in zip(lines, with_aliases(lines), strict=True):
        sentence = line.sentence
        organisations = _within(people.organisations, sentence.start, sentence.stop)
        triggers = [spot for spot in spots(line) if not _of_a_name(line, spot, named, organisations)]
        found.append(
            Scene(
                line,
                named,
                triggers,
                links(line, triggers, [i for i in named if i.telling and not outside(line, i)]),
                _within(counts, sentence.start, sentence.stop),
                _within(sums, sentence.start, sentence.stop),
                _within(dates, sentence.start, sentence.stop),
                organisations,
                _within(persons, sentence.start, sentence.stop),
                _within(places, sentence.start, sentence.stop),
            )
        )
    return found


def _of_a_name(line: Words, spot: Spot, named: list[Initiative], organisations: list[OrganisationMention]) -> bool:
    """Whether a verbal noun only belongs to a name: «Корпорация развития», «территория опережающего развития»."""
    if spot.shape != "noun":
        return False
    if any(i.name < spot.index < i.core for i in named):
        return True
    start = line.tokens[spot.index].start
    return any(o.start < start < o.stop and o.kind != "site" for o in organisations)


def _within(mentions: Sequence[M], start: int, stop: int) -> list[M]:
    """The mentions that begin inside a stretch of the text; they are in order of position."""
    low = bisect_left(mentions, start, key=lambda m: m.start)
    high = bisect_left(mentions, stop, key=lambda m: m.start)
    return list(mentions[low:high])
