"""What is found of an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OrganisationKind = Literal["company", "bank", "authority", "association", "institution", "site", "media", "other"]


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """A mention of an organisation: `start` and `stop` are offsets in the analysed text."""

    start: int
    stop: int
    name: str  # canonical, in the nominative
    kind: OrganisationKind
    named: bool  # a name of its own; otherwise a description («шинный завод», «угольные компании»)
    head: str  # lemma of the generic noun, or the legal form; "" for a bare name


@dataclass(frozen=True, slots=True)
class Found:
    """A mention as tokens [first, last) of its frame."""

    first: int
    last: int
    name: str
    kind: OrganisationKind
    named: bool
    head: str
