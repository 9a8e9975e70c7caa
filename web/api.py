"""The API, version 1: JSON with the evidence of every fact, cursors instead of page numbers, ETags."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from pipeline.filters import Filter
from pipeline.lemmas import search_number
from pipeline.models import Document, Event, Initiative, Organization, Person, Promise
from web.answers import (
    DocumentOut,
    EventOut,
    HitOut,
    Hits,
    InitiativeOut,
    InitiativeWhole,
    Listing,
    OfficeOut,
    OrganizationOut,
    PersonOut,
    PersonWhole,
    PieceOut,
    PromiseOut,
    RegionOut,
    event_out,
    naming_out,
)
from web.filters import AtHome, Name, Outcome, Wanted, Words
from web.fresh import unless_known
from web.queries import documents, parties, places, registry
from web.queries.events import events
from web.queries.parties import ORGANIZATIONS, PEOPLE, Register
from web.shown import Database, page

router = APIRouter(prefix="/api/v1", tags=["v1"])
Limit = Annotated[int, Query(ge=1, le=200, description="Most items of an answer.")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next` of the former answer.")]
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such thing."}}
BAD_CURSOR: dict[int | str, dict[str, Any]] = {404: {"description": "No list has this cursor."}}
NAMED = 50  # releases that name a person, at most
# Of an item in its list: by day, the latest first and the undated last, or by name; then by id.
Place = tuple[dt.date | str | None, str]
R = TypeVar("R")


def _answer(request: Request, content: BaseModel) -> Response:
    return unless_known(request, Response(content.model_dump_json(), media_type="application/json"))


def _listed(
    request: Request,
    found: Sequence[R],
    limit: int,
    place: Callable[[R], Place],
    out: Callable[[Sequence[R]], Iterable[BaseModel]],
) -> Response:
    """A listing of the first `limit` of what was found; the cursor is the last one's place, if there are more."""
    shown = found[:limit]
    following = _cursor(*place(shown[-1])) if len(found) > limit else None
    return _answer(request, Listing(items=list(out(shown)), next=following))


def _cursor(first: dt.date | str | None, id_: str) -> str:
    return base64.urlsafe_b64encode(f"{id_}|{first or ''}".encode()).decode()


def _place(cursor: str) -> tuple[str, str]:
    """What the list is ordered by and the id, of the last item that was answered."""
    try:
        id_, _, first = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
    except ValueError:
        raise _no_such_cursor() from None
    if "\x00" in id_ or "\x00" in first:
        raise _no_such_cursor()
    return first, id_


def _day(first: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(first) if first else None
    except ValueError:
        raise _no_such_cursor() from None


def _no_such_cursor() -> HTTPException:
    return HTTPException(404, "No list has this cursor.")


def _after(
    cursor: str | None, day: InstrumentedAttribute[dt.date | None], id_: InstrumentedAttribute[str]
) -> list[ColumnElement[bool]]:
    """What comes after the cursor in the order: latest day first, undated last, then by id."""
    if cursor is None:
        return []
    first, last = _place(cursor)
    at = _day(first)
    if at is None:
        return [and_(day.is_(None), id_ > last)]
    return [or_(day < at, and_(day == at, id_ > last), day.is_(None))]


def _after_name(cursor: str | None, register: Register[Any]) -> list[ColumnElement[bool]]:
    """What comes after the cursor in the order of names, then of ids."""
    if cursor is None:
        return []
    first, last = _place(cursor)
    return [or_(register.name > first, and_(register.name == first, register.id > last))]


@router.get("/events", response_model=Listing[EventOut], responses=BAD_CURSOR)
def list_events(request: Request, db: Database, wanted: Wanted, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Events, latest release first."""
    order = (Document.published_on.desc().nulls_last(), Event.id)
    after = _after(cursor, Document.published_on, Event.id)
    found = events(db, *wanted.events(), *after, order=order, limit=limit + 1)
    return _listed(request, found, limit, lambda e: (e.published_on, e.id), lambda some: map(event_out, some))


@router.get("/initiatives", response_model=Listing[InitiativeOut], responses=BAD_CURSOR)
def list_initiatives(
    request: Request, db: Database, wanted: Wanted, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Initiatives, the latest told first."""
    after = _after(cursor, Initiative.last_on, Initiative.id)
    found = registry.initiatives(db, wanted, *after, limit=limit + 1)

    def out(some: Sequence[Initiative]) -> Iterable[InitiativeOut]:
        regions = registry.regions_of(db, some)
        return (InitiativeOut.model_validate(i).model_copy(update={"regions": regions[i.id]}) for i in some)

    return _listed(request, found, limit, lambda i: (i.last_on, i.id), out)


@router.get("/initiatives/{initiative_id}", response_model=InitiativeWhole, responses=NOT_FOUND)
def get_initiative(request: Request, db: Database, initiative_id: str) -> Response:
    """An initiative with its timeline."""
    found = registry.initiative(db, initiative_id)
    if found is None:
        raise HTTPException(404, "There is no such initiative.")
    whole = InitiativeWhole(
        **InitiativeOut.model_validate(found).model_dump(exclude={"regions"}),
        regions=registry.regions_of(db, [found])[found.id],
        aliases=registry.aliases(db, initiative_id),
        timeline=[event_out(view) for view in registry.timeline(db, initiative_id)],
    )
    return _answer(request, whole)


@router.get("/promises", response_model=Listing[PromiseOut], responses=BAD_CURSOR)
def list_promises(
    request: Request, db: Database, wanted: Wanted, outcome: Outcome = "", limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Planned events with a number or a deadline, and what became of them; the latest deadline first."""
    after = _after(cursor, Promise.deadline, Promise.event_id)
    found = registry.promises(db, wanted, *after, outcome=outcome or None, limit=limit + 1)
    return _listed(
        request,
        found,
        limit,
        lambda p: (p.deadline, p.event.id),
        lambda some: (
            PromiseOut(
                event=event_out(p.event), deadline=p.deadline, outcome=p.outcome, proof=p.proof and event_out(p.proof)
            )
            for p in some
        ),
    )


@router.get("/people", response_model=Listing[PersonOut], responses=BAD_CURSOR)
def list_people(
    request: Request,
    db: Database,
    name: Name = None,
    region: AtHome = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """People by name, with their offices; what one took part in is `/api/v1/events?person=ID`."""
    found = parties.listed(db, PEOPLE, name, region, *_after_name(cursor, PEOPLE), limit=limit + 1)

    def out(some: Sequence[Person]) -> Iterable[PersonOut]:
        ids = [person.id for person in some]
        called, held = parties.aliases(db, PEOPLE, ids), parties.offices(db, ids)
        return (_person(person, called[person.id], held[person.id]) for person in some)

    return _listed(request, found, limit, lambda one: (one.name, one.id), out)


@router.get("/people/{person_id}", response_model=PersonWhole, responses=NOT_FOUND)
def get_person(request: Request, db: Database, person_id: str) -> Response:
    """A person, and where releases name them with an office."""
    found = parties.one(db, PEOPLE, person_id)
    if found is None:
        raise HTTPException(404, "There is no such person.")
    person = _person(
        found, parties.aliases(db, PEOPLE, [person_id])[person_id], parties.offices(db, [person_id])[person_id]
    )
    named = [naming_out(row) for row in parties.namings(db, person_id, limit=NAMED)]
    return _answer(request, PersonWhole(**person.model_dump(), named=named))


def _person(person: Person, aliases: list[str], offices: list[parties.Held]) -> PersonOut:
    held = [OfficeOut.model_validate(office) for office in offices]
    return PersonOut(id=person.id, name=person.name, aliases=aliases, offices=held)


@router.get("/organizations", response_model=Listing[OrganizationOut], responses=BAD_CURSOR)
def list_organizations(
    request: Request,
    db: Database,
    name: Name = None,
    region: AtHome = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Organisations by name; what one took part in is `/api/v1/events?organization=ID`."""
    found = parties.listed(db, ORGANIZATIONS, name, region, *_after_name(cursor, ORGANIZATIONS), limit=limit + 1)

    def out(some: Sequence[Organization]) -> Iterable[OrganizationOut]:
        called = parties.aliases(db, ORGANIZATIONS, [one.id for one in some])
        return (OrganizationOut.model_validate(one).model_copy(update={"aliases": called[one.id]}) for one in some)

    return _listed(request, found, limit, lambda one: (one.name, one.id), out)


@router.get("/organizations/{organization_id}", response_model=OrganizationOut, responses=NOT_FOUND)
def get_organization(request: Request, db: Database, organization_id: str) -> Response:
    """An organisation with the names it was called by."""
    found = parties.one(db, ORGANIZATIONS, organization_id)
    if found is None:
        raise HTTPException(404, "There is no such organisation.")
    called = parties.aliases(db, ORGANIZATIONS, [organization_id])[organization_id]
    return _answer(request, OrganizationOut.model_validate(found).model_copy(update={"aliases": called}))


@router.get("/search", response_model=Hits, responses=BAD_CURSOR)
def search(
    request: Request, db: Database, wanted: Wanted, q: Words, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Releases that have all words in some inflection, and an event that the filters let through; latest first."""
    found = documents.search_before(db, q, wanted, limit=limit + 1, before=_number(cursor))
    hits = [
        HitOut(
            id=told.document_id,
            title=told.title,
            url=told.url,
            source_id=told.source_id,
            published_on=told.published_on,
            snippet=[PieceOut(text=text, found=asked) for text, asked in snippet],
        )
        for told, snippet in found.hits[:limit]
    ]
    following = _cursor(hits[-1].published_on, hits[-1].id) if len(found.hits) > limit else None
    return _answer(request, Hits(items=hits, next=following, total=found.total))


def _number(cursor: str | None) -> int | None:
    """The search number of the last hit that was answered."""
    if cursor is None:
        return None
    first, id_ = _place(cursor)
    if not re.fullmatch("[0-9a-f]{20}", id_):  # what a document's id is
        raise _no_such_cursor()
    return search_number(id_, _day(first))


@router.get("/documents/{document_id}", response_model=DocumentOut, responses=NOT_FOUND)
def get_document(request: Request, db: Database, document_id: str) -> Response:
    """A release with all that was read from it."""
    found = documents.document(db, document_id)
    if found is None:
        raise HTTPException(404, "There is no such document.")
    facts = [event_out(view) for view in documents.facts(db, document_id)]
    return _answer(
        request, DocumentOut.model_validate(found[0], from_attributes=True).model_copy(update={"events": facts})
    )


@router.get("/regions", response_model=Listing[RegionOut])
def list_regions(request: Request, db: Database) -> Response:
    """The 83 regions."""
    totals = places.region_totals(db, Filter(), "initiatives")
    items = [RegionOut(code=c, name=n, initiatives=totals.get(c, 0)) for c, n in sorted(places.region_names().items())]
    return _answer(request, Listing(items=items))


@router.get("", include_in_schema=False, response_class=HTMLResponse)
def api_docs(request: Request) -> Response:
    paths = request.app.openapi()["paths"]
    return page(request, "api.html", section="about", paths=paths)
