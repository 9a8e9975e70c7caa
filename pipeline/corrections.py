"""What people decided, laid over what the machine read. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nlp.schema import Event
from pipeline.facts import Reading, to_event

EDITABLE = frozenset({"type", "status", "date", "regions", "initiative", "kind", "parties", "count", "money"})
REVIEWS = {"confirm": "confirmed", "reject": "rejected", "edit": "edited"}


@dataclass(frozen=True, slots=True)
class Correction:
    """An event's decision that holds, the oldest first."""

    action: Literal["confirm", "reject", "edit"]
    changes: dict[str, Any]  # of an edit: field of nlp.schema.Event -> its right value, as JSON
    quotation: str | None  # what the source said when it was decided


def corrected(reading: Reading, corrections: Iterable[Correction], text: str) -> tuple[Event, str]:
    """The event with its edits made, and what is to be thought of it (a value of `events.review`).

    The last word counts; but when the words it was about are gone from the text, the event is "stale": edits stay
    made, and it comes back for review. Raises ValidationError if an edit makes no event.
    """
    review, fields = "unreviewed", dict(reading)
    for correction in corrections:
        if correction.action == "edit":
            fields |= correction.changes
        there = correction.quotation is None or correction.quotation in text
        review = (
            {"confirm": "confirmed", "reject": "rejected", "edit": "edited"}[correction.action] if there else "stale"
        )
    return to_event(fields), review


def outlives(corrections: Sequence[Correction], text: str) -> bool:
    """Whether an event that the machine reads no more stays, because a person vouched for it."""
    return bool(corrections) and corrections[-1].action != "reject" and (corrections[-1].quotation or "") in text
