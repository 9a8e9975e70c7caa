"""Which type of event a trigger and an initiative make together."""

from __future__ import annotations

from nlp.events.attachment import Link
from nlp.schema import EventType


def event_type(link: Link) -> EventType | None:
    """The type, or None where the two make no event."""
    family, trigger = link.initiative.family, link.spot.name
    if family == "charter" and trigger == "join" and link.by_signature:
        return "charter_signing"
    if family == "charter":
        return "charter_accession" if trigger in ("join", "leave") else "charter_signing"
    if family == "agreement":
        if trigger == "adopt" and link.initiative.kind not in ("plan", "roadmap"):
            return None
        return "agreement_signing"
    if family == "site":
        return "cluster_announcement"
    if family == "production":
        return "production_launch"
    return "support_measure"
