"""An event in the making: what is known of it while its arguments are sought."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.events.text import Words
from nlp.schema import Count, EventType, Kind, Money, Party, Status

NOT_GIVEN = -1


@dataclass(slots=True)
class Draft:
    """Token positions are within `words`."""

    type: EventType
    status: Status
    words: Words
    trigger: int  # token of the trigger
    initiative: str | None
    kind: Kind | None
    first_of_name: int = NOT_GIVEN  # tokens of the initiative's phrase, end exclusive; none where not given
    stop_of_name: int = NOT_GIVEN
    first: int = NOT_GIVEN  # tokens that tell it, end exclusive; where not given, trigger and initiative together
    stop: int = NOT_GIVEN
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

    def __post_init__(self) -> None:
        if self.first_of_name == NOT_GIVEN:
            self.first_of_name = self.stop_of_name = self.trigger
        if self.first == NOT_GIVEN:
            self.first = min(self.first_of_name, self.trigger)
        if self.stop == NOT_GIVEN:
            self.stop = max(self.stop_of_name, self.trigger + 1)
