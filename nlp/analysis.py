"""A release taken apart: what the readers of people, places, dates, quantities and events share.

All offsets here point into `Analysis.text`, the text after character normalisation; the extractor maps what was
read back to the original.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

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
    block: int  # index of the line (paragraph) it lies in


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
