"""People and organisations: two registers that are listed, searched and shown in one way."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pipeline.models import Event, Office, Organization, OrganizationAlias, Party, Person, PersonAlias
from web.queries.events import EventView, events

T = TypeVar("T", Person, Organization)
Text = InstrumentedAttribute[str]


@dataclass(frozen=True, slots=True)
class Register(Generic[T]):
    """`model` by `id` and `name`, its other names, how it stands among the parties of an event, where it is at home."""

    model: type[T]
    id: Text
    name: Text
    alias: Text
    alias_of: Text
    party: InstrumentedAttribute[str | None]
    at_home: Callable[[str], ColumnElement[bool]]  # in the region of this code


PEOPLE = Register(
    Person,
    Person.id,
    Person.name,
    PersonAlias.name,
    PersonAlias.person_id,
    Party.person_id,
    lambda region: exists().where(Office.person_id == Person.id, Office.region == region),
)
ORGANIZATIONS = Register(
    Organization,
    Organization.id,
    Organization.name,
    OrganizationAlias.name,
    OrganizationAlias.organization_id,
    Party.organization_id,
    lambda region: Organization.region == region,
)


def listed(
    session: Session, register: Register[T], text: str | None, region: str | None, *, limit: int, offset: int = 0
) -> list[T]:
    """By name; `text` matches any part of any name they were called by."""
    query = select(register.model).order_by(register.name, register.id).limit(limit).offset(offset)
    if text:
        # SQLite folds no Cyrillic case: the reader's own spelling and a capital first letter are tried
        def holds(name: Text) -> ColumnElement[bool]:
            return or_(*(name.contains(form, autoescape=True) for form in {text, text.capitalize()}))

        called = exists().where(register.alias_of == register.id, holds(register.alias))
        query = query.where(or_(holds(register.name), called))
    if region:
        query = query.where(register.at_home(region))
    return list(session.scalars(query))


def one(session: Session, register: Register[T], id_: str) -> T | None:
    return session.get(register.model, id_)


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
