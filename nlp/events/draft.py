"""An event in the making: what is known of it while its arguments are sought."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.events.text import Words
from nlp.schema import Count, EventType, Kind, Money, Party, Status


@dataclass(slots=True)
class Draft:
    """Token positions are within `words`."""

    type: EventType
    status: Status
    words: Words
    trigger: int  # token of the trigger
    first: int  # tokens of trigger and initiative together, end exclusive
    stop: int
    first_of_name: int  # tokens of the initiative's phrase, end exclusive
    stop_of_name: int
    initiative: str | None
    kind: Kind | None
    cost: float = 0.0  # what speaks against it
    trigger_class: str = ""
    shape: str = ""
    plural: bool = False
    date: str | None = None
    regions: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    count: Count | None = None
    money: Money | None = None
    confidence: float = 1.0
    told: set[int] = field(default_factory=set)  # other sentences of the release that tell it
    notes: set[str] = field(default_factory=set)  # what the rules noticed on the way, for the confidence model
