"""Every filter is a feed: Atom, and the same as JSON Feed."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from feedgenerator import Atom1Feed

from pipeline.alerts.messages import described
from pipeline.filters import Filter
from pipeline.names import named
from pipeline.russian import KINDS, headline
from pipeline.settings import Settings
from web.filters import Wanted
from web.queries.events import EventView, listed
from web.shown import Database

router = APIRouter(include_in_schema=False)
LATEST = 50


def _title(event: EventView) -> str:
    return headline(
        event.type, event.status, event.initiative_name or event.initiative_text or KINDS.get(event.kind or "")
    )


def _moment(event: EventView) -> dt.datetime:
    return dt.datetime.combine(event.published_on or dt.date(1970, 1, 1), dt.time(), dt.UTC)


def _site(request: Request) -> str:
    """Where readers find us: as the operator set it, else as this one asked."""
    settings: Settings = request.app.state.settings
    return (settings.site if "site" in settings.model_fields_set else str(request.base_url)).rstrip("/")


def _address(request: Request, event: EventView) -> str:
    return f"{_site(request)}{request.app.url_path_for('document', document_id=event.document_id)}#{event.id}"


def _head(request: Request, db: Database, wanted: Filter) -> tuple[str, str, str]:
    """Of a feed: its title, the page that it is of, and its own address."""
    title = f"Замена: {described(wanted, named(db.connection(), wanted))}"
    query = wanted.query_string()
    return (
        title,
        f"{_site(request)}{request.app.url_path_for('today')}{query}",
        f"{_site(request)}{request.url.path}{query}",
    )


@router.get("/feed.atom")
def feed_atom(request: Request, db: Database, wanted: Wanted) -> Response:
    title, of, own = _head(request, db, wanted)
    feed = Atom1Feed(
        title=title,
        link=of,
        description="Региональные инициативы импортозамещения",
        language="ru",
        feed_url=own,
        author_name="Замена",
    )
    for event in listed(db, wanted, limit=LATEST):
        feed.add_item(
            title=_title(event),
            link=_address(request, event),
            unique_id=f"urn:zamena:event:{event.id}",
            description=f"«{event.quote}» — {event.source_name}",
            pubdate=_moment(event),
            updateddate=_moment(event),
        )
    return Response(feed.writeString("utf-8"), media_type="application/atom+xml")


@router.get("/feed.json")
def feed_json(request: Request, db: Database, wanted: Wanted) -> Response:
    title, of, own = _head(request, db, wanted)
    return JSONResponse(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "language": "ru",
            "home_page_url": of,
            "feed_url": own,
            "items": [
                {
                    "id": f"urn:zamena:event:{event.id}",
                    "url": _address(request, event),
                    "title": _title(event),
                    "content_text": f"«{event.quote}» — {event.source_name}",
                    "date_published": _moment(event).isoformat(),
                }
                for event in listed(db, wanted, limit=LATEST)
            ],
        },
        media_type="application/feed+json",
    )
