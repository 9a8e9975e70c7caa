"""People and organisations: two registers that are listed, searched and shown in one way."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Row, Subquery, exists, func, literal, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from pipeline.collation import folded
from pipeline.models import (
    Document,
    Event,
    Evidence,
    Office,
    Official,
    Organization,
    OrganizationAlias,
    Party,
    Person,
    PersonAlias,
    Source,
)
from web.queries.events import EventView, events
from web.remembered import remembered

T = TypeVar("T", Person, Organization)
Text = InstrumentedAttribute[str]


@dataclass(frozen=True, slots=True)
class Register(Generic[T]):
    """`model` by `id` and `name`, its other names, how it stands among the parties of an event, where it is at home."""

    model: type[T]
    id: Text
    name: Text
    sort_key: Text
    alias: Text
    alias_of: Text
    called: InstrumentedAttribute[int]  # how often by that name
    party: InstrumentedAttribute[str | None]
    at_home: Callable[[str], ColumnElement[bool]]  # in the region of this code


PEOPLE = Register(
    Person,
    Person.id,
    Person.name,
    Person.sort_key,
    PersonAlias.name,
    PersonAlias.person_id,
    PersonAlias.mentions,
    Party.person_id,
    lambda region: exists().where(Office.person_id == Person.id, Office.region == region),
)
ORGANIZATIONS = Register(
    Organization,
    Organization.id,
    Organization.name,
    Organization.sort_key,
    OrganizationAlias.name,
    OrganizationAlias.organization_id,
    OrganizationAlias.mentions,
    Party.organization_id,
    lambda region: Organization.region == region,
)


def listed(
    session: Session,
    register: Register[T],
    text: str | None,
    region: str | None,
    *where: ColumnElement[bool],
    limit: int,
    offset: int = 0,
) -> list[T]:
    """People by surname, organisations by name; `text` matches any part of any name they were called by."""
    query = select(register.model).where(*where).order_by(register.sort_key, register.id).limit(limit).offset(offset)
    if text:
        # SQLite folds no Cyrillic case: of other names than the key the spelling as asked and a capital are tried
        def holds(name: Text) -> ColumnElement[bool]:
            return or_(*(name.contains(form, autoescape=True) for form in {text, text.capitalize()}))

        called = exists().where(register.alias_of == register.id, holds(register.alias))
        in_key = register.sort_key.contains(folded(text), autoescape=True)
        query = query.where(or_(in_key, holds(register.name), called))
    if region:
        query = query.where(register.at_home(region))
    return list(session.scalars(query))


def one(session: Session, register: Register[T], id_: str) -> T | None:
    return session.get(register.model, id_)


def aliases(session: Session, register: Register[T], ids: Iterable[str]) -> dict[str, list[str]]:
    """The names that each was called by, the own name left out, the most frequent first."""
    found: dict[str, list[str]] = defaultdict(list)
    query = select(register.alias_of, register.alias).join(register.model, register.id == register.alias_of)
    for id_, name in session.execute(
        query.where(register.alias_of.in_(list(ids)), register.alias != register.name).order_by(
            register.alias_of, register.called.desc(), register.alias
        )
    ):
        found[id_].append(name)
    return found


def signed(session: Session, register: Register[T], id_: str, *, limit: int, offset: int = 0) -> list[EventView]:
    """Events in which the person or organisation is a party, the latest first."""
    party = Event.id.in_(select(Party.event_id).where(register.party == id_))
    return events(session, Event.review != "rejected", party, limit=limit, offset=offset)


class Held(NamedTuple):
    """A position in a region, wherever the person was read as holding it, and the days on which releases show it."""

    position: str
    region: str | None
    from_on: dt.date | None
    to_on: dt.date | None


# Of a naming: name and position, and the place as facts call it, by which templates and the API tell evidence.
Naming = Row[*tuple[Any, ...]]


def namings(session: Session, person_id: str, *, limit: int) -> Sequence[Naming]:
    """Where releases name a person with an office, by itself or as a party of an event, the latest release first."""
    told = _named(person_id)
    return session.execute(select(told).order_by(*_latest(told)).limit(limit)).all()


@remembered
def shown_by(session: Session, person_id: str) -> dict[str, Naming]:
    """By each position of a person the latest words that name them with it, or else of an event they take part in."""
    told = _named(person_id)
    order = (told.c.taking_part, *_latest(told))
    number = func.row_number().over(partition_by=told.c.position, order_by=order).label("number")
    numbered = select(told, number).subquery()
    return {row.position: row for row in session.execute(select(numbered).where(numbered.c.number == 1))}


def _latest(told: Subquery) -> tuple[ColumnElement[Any], ...]:
    return told.c.published_on.desc().nulls_last(), told.c.document_id, told.c.start, told.c.stop


def _named(person_id: str) -> Subquery:
    """All namings of a person with an office: by itself, and as a party of an event."""
    told = (
        Document.id.label("document_id"),
        Document.title.label("document_title"),
        Document.url.label("document_url"),
    )
    source = (Document.source_id, Source.name.label("source_name"), Document.published_on)
    named = (Official.name, Official.position, Official.start, Official.stop, Official.quotation.label("quote"))
    taking_part = (Party.name, Party.position, Evidence.start, Evidence.stop, Evidence.quotation.label("quote"))
    return union(
        select(*named, *told, *source, literal(0).label("taking_part"))
        .join(Document, Document.id == Official.document_id)
        .join(Source, Source.id == Document.source_id)
        .where(Official.person_id == person_id),
        select(*taking_part, *told, *source, literal(1).label("taking_part"))
        .select_from(Party)
        .join(Event, Event.id == Party.event_id)
        .join(Evidence, (Evidence.event_id == Event.id) & (Evidence.role == "event"))
        .join(Document, Document.id == Event.document_id)
        .join(Source, Source.id == Document.source_id)
        .where(Party.person_id == person_id, Party.position.is_not(None), Event.review != "rejected"),
    ).subquery()


def offices(session: Session, people_ids: Iterable[str]) -> dict[str, list[Held]]:
    """Offices of each person, the latest first."""
    found: dict[str, list[Held]] = defaultdict(list)
    last = func.max(Office.to_on)
    for person_id, position, region, from_on, to_on in session.execute(
        select(Office.person_id, Office.position, Office.region, func.min(Office.from_on), last)
        .where(Office.person_id.in_(list(people_ids)))
        .group_by(Office.person_id, Office.position, Office.region)
        .order_by(last.desc().nulls_last(), func.sum(Office.mentions).desc(), Office.position, Office.region)
    ):
        found[person_id].append(Held(position, region, from_on, to_on))
    return found
