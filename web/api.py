"""The API, version 1: JSON with the evidence of every fact, cursors instead of page numbers, ETags."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from pipeline.filters import Filter
from pipeline.models import Document, Event, Initiative, Promise
from web.answers import (
    DocumentOut,
    EventOut,
    InitiativeOut,
    InitiativeWhole,
    Listing,
    PromiseOut,
    RegionOut,
    event_out,
)
from web.filters import Outcome, Wanted
from web.fresh import unless_known
from web.queries import documents, places, registry
from web.queries.events import events
from web.shown import Database, page

router = APIRouter(prefix="/api/v1", tags=["v1"])
Limit = Annotated[int, Query(ge=1, le=200, description="Most items of an answer.")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next` of the former answer.")]
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such thing."}}
BAD_CURSOR: dict[int | str, dict[str, Any]] = {404: {"description": "No list has this cursor."}}
Place = tuple[dt.date | None, str]  # of an item in its list: by day, the latest first and the undated last, then by id
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


def _cursor(day: dt.date | None, id_: str) -> str:
    return base64.urlsafe_b64encode(f"{day or ''}|{id_}".encode()).decode()


def _after(
    cursor: str | None, day: InstrumentedAttribute[dt.date | None], id_: InstrumentedAttribute[str]
) -> list[ColumnElement[bool]]:
    """What comes after the cursor in the order: latest day first, undated last, then by id."""
    if cursor is None:
        return []
    try:
        stamp, _, last = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        at = dt.date.fromisoformat(stamp) if stamp else None
    except ValueError:
        raise HTTPException(404, "No list has this cursor.") from None
    if "\x00" in last:
        raise HTTPException(404, "No list has this cursor.")
    if at is None:
        return [and_(day.is_(None), id_ > last)]
    return [or_(day < at, and_(day == at, id_ > last), day.is_(None))]


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
