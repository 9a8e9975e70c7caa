"""What the API answers: the shapes of its JSON, with the evidence of every fact."""

from __future__ import annotations

import datetime as dt
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Row

from web.queries.events import EventView

T = TypeVar("T")


class _Row(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class PartyOut(_Row):
    name: str
    kind: str
    position: str | None
    person_id: str | None
    organization_id: str | None


class CountOut(_Row):
    value: int
    comparator: str
    unit: str


class MoneyOut(_Row):
    value: int = Field(description="Whole units of the currency.")
    currency: str
    comparator: str


class EvidenceOut(BaseModel):
    """Where a fact stands: `quote` is `text[start:stop]` of the document, in code points."""

    document_id: str
    title: str
    url: str | None
    source_id: str
    published_on: dt.date | None
    quote: str
    start: int
    stop: int


class EventOut(BaseModel):
    id: str
    type: str
    status: str
    date: str | None
    kind: str | None
    initiative: str | None
    initiative_id: str | None
    regions: list[str]
    parties: list[PartyOut]
    count: CountOut | None
    money: MoneyOut | None
    confidence: float
    review: str
    evidence: EvidenceOut


class InitiativeOut(_Row):
    id: str
    name: str
    kind: str | None
    first_on: dt.date | None
    last_on: dt.date | None
    events: int
    documents: int
    regions: list[str] = []


class InitiativeWhole(InitiativeOut):
    aliases: list[str]
    timeline: list[EventOut]


class PromiseOut(BaseModel):
    event: EventOut
    deadline: dt.date | None
    outcome: str
    proof: EventOut | None


class DocumentOut(_Row):
    id: str
    title: str
    text: str
    url: str | None
    source_id: str
    published_on: dt.date | None
    story_id: str | None
    events: list[EventOut] = []


class PieceOut(BaseModel):
    text: str
    found: bool = Field(description="Whether this is one of the words asked for.")


class HitOut(_Row):
    """A release that has the words asked for, and the part of it where most of them stand."""

    id: str
    title: str
    url: str | None
    source_id: str
    published_on: dt.date | None
    snippet: list[PieceOut]


class OrganizationOut(_Row):
    id: str
    name: str
    region: str | None = Field(description="ISO 3166-2 code of the region it acts in, where clear.")
    aliases: list[str] = []


class OfficeOut(_Row):
    position: str
    region: str | None
    from_on: dt.date | None = Field(description="Day of the first release that shows it.")
    to_on: dt.date | None = Field(description="Day of the last release that shows it.")


class PersonOut(_Row):
    id: str
    name: str
    aliases: list[str] = []
    offices: list[OfficeOut] = []


class NamingOut(BaseModel):
    """A person named with an office, as worded, and where."""

    name: str
    position: str
    evidence: EvidenceOut


class PersonWhole(PersonOut):
    named: list[NamingOut] = Field(description="The latest releases that name the person with an office.")


class RegionOut(BaseModel):
    code: str
    name: str
    initiatives: int


class Listing(BaseModel, Generic[T]):
    items: list[T]
    next: str | None = Field(None, description="Cursor of the next answer; null at the end.")


class Hits(Listing[HitOut]):
    total: int = Field(description="How many were found; no more than 1000 are counted.")


def naming_out(row: Row[*tuple[Any, ...]]) -> NamingOut:
    return NamingOut(name=row.name, position=row.position, evidence=_evidence(row))


def event_out(view: EventView) -> EventOut:
    return EventOut(
        id=view.id,
        type=view.type,
        status=view.status,
        date=view.date,
        kind=view.kind,
        initiative=view.initiative_text,
        initiative_id=view.initiative_id,
        regions=view.regions,
        parties=[PartyOut.model_validate(party) for party in view.parties],
        count=view.count and CountOut.model_validate(view.count),
        money=view.money and MoneyOut.model_validate(view.money),
        confidence=view.confidence,
        review=view.review,
        evidence=_evidence(view),
    )


def _evidence(told: EventView | Row[*tuple[Any, ...]]) -> EvidenceOut:
    """Evidence of what was read from a document: a fact, or a row that calls document and quotation as facts do."""
    return EvidenceOut(
        document_id=told.document_id,
        title=told.document_title,
        url=told.document_url,
        source_id=told.source_id,
        published_on=told.published_on,
        quote=told.quote,
        start=told.start,
        stop=told.stop,
    )
