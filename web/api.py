"""The API, version 1: JSON with the evidence of every fact, cursors instead of page numbers, ETags."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from pipeline.filters import Filter
from pipeline.models import Document, Event, Initiative
from web.filters import Wanted
from web.queries import documents, places, registry
from web.queries.events import EventView, events
from web.shown import Database, page

router = APIRouter(prefix="/api/v1", tags=["v1"])
T = TypeVar("T")
Limit = Annotated[int, Query(ge=1, le=200, description="Most items of an answer.")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next` of the former answer.")]
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such thing."}}
BAD_CURSOR: dict[int | str, dict[str, Any]] = {404: {"description": "No list has this cursor."}}


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


class RegionOut(BaseModel):
    code: str
    name: str
    initiatives: int


class Listing(BaseModel, Generic[T]):
    items: list[T]
    next: str | None = Field(None, description="Cursor of the next answer; null at the end.")


def _event(view: EventView) -> EventOut:
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
        evidence=EvidenceOut(
            document_id=view.document_id,
            title=view.document_title,
            url=view.document_url,
            source_id=view.source_id,
            published_on=view.published_on,
            quote=view.quote,
            start=view.start,
            stop=view.stop,
        ),
    )


def _answer(request: Request, content: BaseModel) -> Response:
    """JSON with an ETag of its content; 304 where the client has it already."""
    body = content.model_dump_json().encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


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


@router.get("/events", responses=BAD_CURSOR)
def list_events(
    request: Request, db: Database, wanted: Wanted, limit: Limit = 50, cursor: Cursor = None
) -> Listing[EventOut]:
    """Events, latest release first."""
    order = (Document.published_on.desc().nulls_last(), Event.id)
    found = events(db, *wanted.events(), *_after(cursor, Document.published_on, Event.id), order=order, limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    listing: Listing[EventOut] = Listing(
        items=[_event(v) for v in found[:limit]], next=last and _cursor(last.published_on, last.id)
    )
    return _answer(request, listing)  # type: ignore[return-value]


@router.get("/initiatives", responses=BAD_CURSOR)
def list_initiatives(
    request: Request, db: Database, wanted: Wanted, limit: Limit = 50, cursor: Cursor = None
) -> Listing[InitiativeOut]:
    """Initiatives, the latest told first."""
    query = wanted.initiatives().where(*_after(cursor, Initiative.last_on, Initiative.id))
    query = query.order_by(Initiative.last_on.desc().nulls_last(), Initiative.id).limit(limit + 1)
    found = list(db.scalars(query))
    regions = registry.regions_of(db, found)
    items = [InitiativeOut.model_validate(i).model_copy(update={"regions": regions[i.id]}) for i in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return _answer(request, Listing(items=items, next=last and _cursor(last.last_on, last.id)))  # type: ignore[return-value]


@router.get("/initiatives/{initiative_id}", responses=NOT_FOUND)
def get_initiative(request: Request, db: Database, initiative_id: str) -> InitiativeWhole:
    """An initiative with its timeline."""
    found = registry.initiative(db, initiative_id)
    if found is None:
        raise HTTPException(404, "There is no such initiative.")
    whole = InitiativeWhole(
        **InitiativeOut.model_validate(found).model_dump(exclude={"regions"}),
        regions=registry.regions_of(db, [found])[found.id],
        aliases=registry.aliases(db, initiative_id),
        timeline=[_event(view) for view in registry.timeline(db, initiative_id)],
    )
    return _answer(request, whole)  # type: ignore[return-value]


@router.get("/promises")
def list_promises(request: Request, db: Database, wanted: Wanted, limit: Limit = 50) -> Listing[PromiseOut]:
    """Planned events with a number or a deadline, and what became of them."""
    items = [
        PromiseOut(event=_event(p.event), deadline=p.deadline, outcome=p.outcome, proof=p.proof and _event(p.proof))
        for p in registry.promises(db, wanted, limit=limit)
    ]
    return _answer(request, Listing(items=items))  # type: ignore[return-value]


@router.get("/documents/{document_id}", responses=NOT_FOUND)
def get_document(request: Request, db: Database, document_id: str) -> DocumentOut:
    """A release with all that was read from it."""
    found = documents.document(db, document_id)
    if found is None:
        raise HTTPException(404, "There is no such document.")
    facts = [_event(view) for view in documents.facts(db, document_id)]
    return _answer(
        request, DocumentOut.model_validate(found[0], from_attributes=True).model_copy(update={"events": facts})
    )  # type: ignore[return-value]


@router.get("/regions")
def list_regions(request: Request, db: Database) -> Listing[RegionOut]:
    """The 83 regions."""
    totals = places.region_totals(db, Filter(), "initiatives")
    items = [RegionOut(code=c, name=n, initiatives=totals.get(c, 0)) for c, n in sorted(places.region_names().items())]
    return _answer(request, Listing(items=items))  # type: ignore[return-value]


@router.get("", include_in_schema=False, response_class=HTMLResponse)
def api_docs(request: Request) -> Response:
    paths = request.app.openapi()["paths"]
    return page(request, "api.html", section="about", paths=paths)
