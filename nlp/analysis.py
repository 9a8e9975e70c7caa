"""A release taken apart: what the readers of people, places, dates, quantities and events share.

All offsets here point into `Analysis.text`, the text after character normalisation; the extractor maps what was
read back to the original.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from nlp.characters import Normalised
from nlp.layout import Block, dateline

EntityType = Literal["PER", "LOC", "ORG"]


@dataclass(slots=True)
class Token:
    """A word, number or punctuation mark. `lemma` is lower case with ё as е; `tag` is OpenCorpora's."""

    start: int
    stop: int
    text: str
    lemma: str
    tag: str  # "NOUN,inan,femn sing,ablt"

    @property
    def pos(self) -> str:
        return self.tag.split(",", 1)[0].split(" ", 1)[0]


@dataclass(slots=True)
class Sentence:
    start: int
    stop: int
    tokens: list[Token]
    block: int  # index, in `Analysis.blocks`, of the paragraph it lies in


@dataclass(slots=True)
class Entity:
    """A named entity as the network found it."""

    start: int
    stop: int
    type: EntityType


@dataclass(slots=True)
class Analysis:
    text: str
    published: date | None
    source_region: str | None
    url: str | None = None
    sentences: list[Sentence] = field(default_factory=list)  # of the release alone, furniture left out
    entities: list[Entity] = field(default_factory=list)  # in order of position
    blocks: list[Block] = field(default_factory=list)  # lines that are not empty, furniture and datelines too
    source: Normalised | None = None  # the way back to the text as it was given

    def original(self, start: int, stop: int) -> tuple[int, int]:
        """The span of the document's own text from which `text[start:stop]` was made."""
        return self.source.original(start, stop) if self.source else (start, stop)

    def datelines(self) -> list[tuple[int, int]]:
        """Spans that name the place, the date or the publisher of the release, in order."""
        spans = (dateline(self.text, block) for block in self.blocks)
        return [span for span in spans if span]
