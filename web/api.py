"""The API, version 1: JSON with the evidence of every fact, cursors instead of page numbers, ETags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlalchemy.orm import Session

from pipeline.filters import Filter
from pipeline.models import Document, Event, Initiative, Organization, Person, Promise
from web import cursors
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
from web.cursors import Part, Place
from web.dictionary import words
from web.filters import Official, Outcome, Sought, Wanted, Words
from web.fresh import unless_known
from web.moved import lead_on
from web.queries import documents, parties, places, registry
from web.queries.events import events
from web.queries.parties import ORGANIZATIONS, PEOPLE, Register
from web.shown import Database, page

router = APIRouter(prefix="/api/v1", tags=["v1"])
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such thing."}}
BAD_CURSOR: dict[int | str, dict[str, Any]] = {404: {"description": "No list has this cursor."}}
MOVED: dict[int | str, dict[str, Any]] = NOT_FOUND | {
    308: {
        "description": "It was found to be one with another, which is here.",
        "headers": {"Location": {"description": "Address of the other.", "schema": {"type": "string"}}},
    }
}
NAMED = 50  # releases that name a person, at most
R = TypeVar("R")
T = TypeVar("T", Person, Organization)


def _answer(request: Request, content: BaseModel) -> Response:
    return unless_known(request, Response(content.model_dump_json(), media_type="application/json"))


def _listed(
    request: Request,
    found: Sequence[R],
    part: Part,
    place: Callable[[R], Place],
    out: Callable[[Sequence[R]], Iterable[BaseModel]],
) -> Response:
    """A listing of the first of what was found; the cursor is the last one's place, if there are more."""
    shown = found[: part.limit]
    following = cursors.told(*place(shown[-1])) if len(found) > part.limit else None
    return _answer(request, Listing(items=list(out(shown)), next=following))


def _registered(
    request: Request,
    db: Session,
    register: Register[T],
    sought: Sought,
    part: Part,
    out: Callable[[Sequence[T]], Iterable[BaseModel]],
) -> Response:
    """A listing of people or of organisations."""
    after = cursors.after_name(part.cursor, register.sort_key, register.id)
    found = parties.listed(db, register, sought.name, sought.region, *after, limit=part.limit + 1)
    return _listed(request, found, part, lambda one: (one.sort_key, one.id), out)


@router.get("/events", response_model=Listing[EventOut], responses=BAD_CURSOR)
def list_events(request: Request, db: Database, wanted: Wanted, part: Part) -> Response:
    """Events, latest release first."""
    order = (Document.published_on.desc().nulls_last(), Event.id)
    after = cursors.after_day(part.cursor, Document.published_on, Event.id)
    found = events(db, *wanted.events(), *after, order=order, limit=part.limit + 1)
    return _listed(request, found, part, lambda e: (e.published_on, e.id), lambda some: map(event_out, some))


@router.get("/initiatives", response_model=Listing[InitiativeOut], responses=BAD_CURSOR)
def list_initiatives(request: Request, db: Database, wanted: Wanted, part: Part) -> Response:
    """Initiatives, the latest told first."""
    after = cursors.after_day(part.cursor, Initiative.last_on, Initiative.id)
    found = registry.initiatives(db, wanted, *after, limit=part.limit + 1)

    def out(some: Sequence[Initiative]) -> Iterable[InitiativeOut]:
        regions = registry.regions_of(db, some)
        return (InitiativeOut.model_validate(i).model_copy(update={"regions": regions[i.id]}) for i in some)

    return _listed(request, found, part, lambda i: (i.last_on, i.id), out)


@router.get("/initiatives/{initiative_id}", response_model=InitiativeWhole, responses=MOVED)
def get_initiative(request: Request, db: Database, initiative_id: str) -> Response:
    """An initiative with its timeline."""
    found = registry.initiative(db, initiative_id)
    if found is None:
        return lead_on(request, db, initiative_id, HTTPException(404, "There is no such initiative."))
    whole = InitiativeWhole(
        **InitiativeOut.model_validate(found).model_dump(exclude={"regions"}),
        regions=registry.regions_of(db, [found])[found.id],
        aliases=registry.aliases(db, initiative_id),
        timeline=[event_out(view) for view in registry.timeline(db, initiative_id)],
    )
    return _answer(request, whole)


@router.get("/promises", response_model=Listing[PromiseOut], responses=BAD_CURSOR)
def list_promises(
    request: Request, db: Database, wanted: Wanted, part: Part, outcome: Outcome = "", official: Official = None
) -> Response:
    """Planned events with a number or a deadline, and what became of them; the latest deadline first."""
    after = cursors.after_day(part.cursor, Promise.deadline, Promise.event_id)
    found = registry.promises(db, wanted, *after, outcome=outcome or None, official=official, limit=part.limit + 1)
    return _listed(
        request,
        found,
        part,
        lambda p: (p.deadline, p.event.id),
        lambda some: (
            PromiseOut(
                event=event_out(p.event), deadline=p.deadline, outcome=p.outcome, proof=p.proof and event_out(p.proof)
            )
            for p in some
        ),
    )


@router.get("/people", response_model=Listing[PersonOut], responses=BAD_CURSOR)
def list_people(request: Request, db: Database, sought: Sought, part: Part) -> Response:
    """People by surname, with their offices; what one took part in is `/api/v1/events?person=ID`."""

    def out(some: Sequence[Person]) -> Iterable[PersonOut]:
        ids = [person.id for person in some]
        called, held = parties.aliases(db, PEOPLE, ids), parties.offices(db, ids)
        return (_person(person, called[person.id], held[person.id]) for person in some)

    return _registered(request, db, PEOPLE, sought, part, out)


@router.get("/people/{person_id}", response_model=PersonWhole, responses=MOVED)
def get_person(request: Request, db: Database, person_id: str) -> Response:
    """A person, and where releases name them with an office."""
    found = parties.one(db, PEOPLE, person_id)
    if found is None:
        return lead_on(request, db, person_id, HTTPException(404, "There is no such person."))
    person = _person(
        found, parties.aliases(db, PEOPLE, [person_id])[person_id], parties.offices(db, [person_id])[person_id]
    )
    named = [naming_out(row) for row in parties.namings(db, person_id, limit=NAMED)]
    return _answer(request, PersonWhole(**person.model_dump(), named=named))


def _person(person: Person, aliases: list[str], offices: list[parties.Held]) -> PersonOut:
    held = [OfficeOut.model_validate(office) for office in offices]
    return PersonOut(id=person.id, name=person.name, aliases=aliases, offices=held)


@router.get("/organizations", response_model=Listing[OrganizationOut], responses=BAD_CURSOR)
def list_organizations(request: Request, db: Database, sought: Sought, part: Part) -> Response:
    """Organisations by name; what one took part in is `/api/v1/events?organization=ID`."""

    def out(some: Sequence[Organization]) -> Iterable[OrganizationOut]:
        called = parties.aliases(db, ORGANIZATIONS, [one.id for one in some])
        return (OrganizationOut.model_validate(one).model_copy(update={"aliases": called[one.id]}) for one in some)

    return _registered(request, db, ORGANIZATIONS, sought, part, out)


@router.get("/organizations/{organization_id}", response_model=OrganizationOut, responses=MOVED)
def get_organization(request: Request, db: Database, organization_id: str) -> Response:
    """An organisation with the names it was called by."""
    found = parties.one(db, ORGANIZATIONS, organization_id)
    if found is None:
        return lead_on(request, db, organization_id, HTTPException(404, "There is no such organisation."))
    called = parties.aliases(db, ORGANIZATIONS, [organization_id])[organization_id]
    return _answer(request, OrganizationOut.model_validate(found).model_copy(update={"aliases": called}))


@router.get("/search", response_model=Hits, responses=BAD_CURSOR)
def search(request: Request, db: Database, wanted: Wanted, q: Words, part: Part) -> Response:
    """Releases that have all words in some inflection, and an event that the filters let through; latest first."""
    found = documents.search_before(db, q, wanted, limit=part.limit + 1, before=cursors.number(part.cursor))
    hits = [
        HitOut(
            id=told.document_id,
            title=told.title,
            url=told.url,
            source_id=told.source_id,
            published_on=told.published_on,
            snippet=[PieceOut(text=text, found=asked) for text, asked in snippet],
        )
        for told, snippet in found.hits[: part.limit]
    ]
    following = cursors.told(hits[-1].published_on, hits[-1].id) if len(found.hits) > part.limit else None
    return _answer(request, Hits(items=hits, next=following, total=found.total))


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
    return page(request, "api.html", section="about", paths=paths, words=words()["api"])
