"""What a reader may ask of a list: one set of filters for pages, feeds, downloads, digests and the API alike."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from nlp.schema import Comparator, EventType, Kind, Status
from pipeline.models import Document, Event, EventRegion, Initiative, InitiativeRegion, Party, Redirect, Story

TYPES: tuple[str, ...] = get_args(EventType)
STATUSES: tuple[str, ...] = get_args(Status)
KINDS: tuple[str, ...] = get_args(Kind)
COMPARATORS: tuple[str, ...] = get_args(Comparator)


def living(id_: str) -> ColumnElement[str]:
    """The id that stands for an initiative, person or organisation now."""
    return func.coalesce(select(Redirect.new_id).where(Redirect.old_id == id_).scalar_subquery(), id_)


class Filter(BaseModel):
    """Which events (and through them initiatives and documents) are wanted. All given conditions must hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str | None = None
    type: EventType | None = None
    status: Status | None = None
    kind: Kind | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    initiative: str | None = None  # here and below: an id, or one that gave way to another
    person: str | None = None
    organization: str | None = None

    def query_string(self, **changes: Any) -> str:
        """The filter as the tail of an address, fields in a stable order; empty without conditions."""
        values = self.model_dump(mode="json", exclude_none=True) | changes
        return "?" + urlencode({k: v for k, v in values.items() if v is not None}) if values else ""

    @classmethod
    def of(cls, query: str) -> Filter:
        """The filter whose `query_string` this is. Raises pydantic's ValidationError for what is none."""
        return cls(**dict(parse_qsl(query.removeprefix("?"))))

    def __bool__(self) -> bool:
        return any(value is not None for value in self.model_dump().values())

    def events(self) -> list[ColumnElement[bool]]:
        """Conditions on `events` joined to `documents`."""
        conditions: list[ColumnElement[bool]] = [Event.review != "rejected"]
        if self.region:
            here = select(EventRegion.event_id).where(EventRegion.region == self.region)
            conditions.append(Event.id.in_(here))  # a set made once; not asked anew of each event
        if self.type:
            conditions.append(Event.type == self.type)
        if self.status:
            conditions.append(Event.status == self.status)
        if self.kind:
            conditions.append(Event.kind == self.kind)
        if self.source:
            conditions.append(Document.source_id == self.source)
        if self.initiative:
            conditions.append(Event.initiative_id == living(self.initiative))
        for party, id_ in ((Party.person_id, self.person), (Party.organization_id, self.organization)):
            if id_:
                conditions.append(Event.id.in_(select(Party.event_id).where(party == living(id_))))
        return conditions + self._period()

    def told(self, *columns: InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
        """Columns of the events that the filter lets through; documents are looked at where it asks of them."""
        chosen = select(*columns).select_from(Event).where(*self.events())
        if self.source or self.since or self.until:
            chosen = chosen.join(Document, Document.id == Event.document_id)
        return chosen

    def _period(self) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if self.since:
            conditions.append(Document.published_on >= self.since)
        if self.until:
            conditions.append(Document.published_on <= self.until)
        return conditions

    def initiatives(self) -> Select[Initiative]:
        """Initiatives with at least one event that the filter lets through."""
        wanted = select(Initiative)
        if self.region:
            wanted = wanted.where(
                Initiative.id.in_(select(InitiativeRegion.initiative_id).where(InitiativeRegion.region == self.region))
            )
        if self.kind:
            wanted = wanted.where(Initiative.kind == self.kind)
        rest = self.model_copy(update={"region": None, "kind": None})
        if rest:  # asked of each: an initiative has few events, all of them are many
            told = rest.told(Event.id).where(Event.initiative_id == Initiative.id)
            wanted = wanted.where(told.correlate(Initiative).exists())
        return wanted

    def stories(self) -> Select[Story]:
        """Stories one of whose documents tells an event that the filter lets through."""
        told = select(Document.story_id).join(Event, Event.document_id == Document.id).where(*self.events())
        if self.model_copy(update={"status": None, "since": None, "until": None}):
            return select(Story).where(Story.id.in_(told))
        # nearly every story passes: going through them by date soon finds enough, gathering them all does not
        return select(Story).where(told.where(Document.story_id == Story.id).correlate(Story).exists())
