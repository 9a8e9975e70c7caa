"""What goes into the extractor and what comes out of it: the types that other rooms may know.

The field values are those of the annotation guide (docs/annotation.md). Every offset is a position, in code
points, in `Document.text` as it was given, so that `text[start:stop]` is the quotation itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

EventType = Literal[
    "charter_signing",
    "charter_accession",
    "agreement_signing",
    "cluster_announcement",
    "enterprise_count",
    "production_launch",
    "support_measure",
]
Status = Literal["done", "planned", "ongoing", "cancelled"]
Kind = Literal[
    "charter",
    "agreement",
    "memorandum",
    "roadmap",
    "plan",
    "contract",
    "cluster",
    "industrial_park",
    "technopark",
    "economic_zone",
    "platform",
    "production",
    "programme",
    "other",
]
PartyKind = Literal["person", "organization", "region"]
Comparator = Literal["eq", "gt", "ge", "lt", "le", "approx"]


@dataclass(frozen=True, slots=True)
class Document:
    """A release to be read: its whole plain text, title first, as a page extractor gives it."""

    text: str
    published: date | None = None
    source_region: str | None = None  # ISO 3166-2 code of the region whose body published it, if known
    url: str | None = None  # may hold a date that the text lacks


@dataclass(frozen=True, slots=True)
class Party:
    """Who signs, joins, founds, builds, gives or receives; named in the nominative."""

    name: str
    kind: PartyKind
    position: str | None = None  # of a person, as worded in the text, in the nominative
    start: int | None = None  # the mention it was read from
    stop: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    value: int
    comparator: Comparator
    unit: str  # lemma of the counted noun


@dataclass(frozen=True, slots=True)
class Money:
    value: int  # in whole units of the currency
    currency: str  # ISO 4217
    comparator: Comparator


@dataclass(frozen=True, slots=True)
class Event:
    """One happening, however often the release tells it. `quote` is `text[start:stop]`."""

    type: EventType
    status: Status
    quote: str
    start: int
    stop: int
    trigger: tuple[int, int]  # the words that gave it away
    date: str | None = None  # ISO 8601, as precise as the text allows: 2024-07-22, 2025-10, 2024
    regions: tuple[str, ...] = ()
    initiative: str | None = None  # name or shortest noun phrase, nominative
    kind: Kind | None = None
    parties: tuple[Party, ...] = ()
    count: Count | None = None
    money: Money | None = None
    confidence: float = 1.0  # calibrated: the share of such events that are right


@dataclass(frozen=True, slots=True)
class Official:
    """Someone named with an office."""

    name: str
    position: str
    organization: str | None
    quote: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one release by one version of the extractor."""

    version: str
    relevant: bool
    regions: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    people: tuple[Official, ...] = field(default=())
