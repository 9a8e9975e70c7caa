"""The pages. Each reads, then renders; what it reads lies in `web/queries`."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from pipeline.alerts.messages import described
from pipeline.collation import surname_first
from pipeline.filters import Filter
from pipeline.models import Promise
from pipeline.names import named
from pipeline.russian import TYPES
from pipeline.search import MOST_COUNTED
from web import charts, dictionary, marking
from web.choices import Pairs
from web.filters import Measured, Official, Outcome, PageNumber, Wanted, Words
from web.moved import lead_on
from web.queries import documents, parties, places, registry
from web.queries.events import listed
from web.remembered import remembered
from web.shown import Database, page, piece
from web.tiles import halves

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

PER_PAGE = 30  # rows of a table
CARDS = 20  # stories, facts, promises: each with a quotation
PER_TIMELINE = 25  # events: an initiative's whole story on one page, but for the few that go on for years


def missing(what: str) -> HTTPException:
    return HTTPException(404, f"{what}: такой страницы нет. Возможно, адрес набран с ошибкой.")


def _about(db: Session, wanted: Filter) -> str:
    """What the filter asks for, in words."""
    return described(wanted, named(db.connection(), wanted)) if wanted else ""


@router.get("/")
def today(request: Request, db: Database, wanted: Wanted, number: PageNumber = 1) -> Response:
    found = documents.stories(db, wanted, limit=CARDS + 1, offset=(number - 1) * CARDS)
    return page(
        request,
        "today.html",
        section="today",
        wanted=wanted,
        days=[(day, list(told)) for day, told in groupby(found[:CARDS], lambda story: story[0].told_on)],
        totals=documents.totals(db),
        number=number,
        more=len(found) > CARDS,
        sources=places.source_names(db),
    )


@router.get("/map", name="map")
def region_map(request: Request, db: Database, wanted: Wanted, measure: Measured = "initiatives") -> Response:
    totals = places.region_totals(db, wanted, measure)
    return page(request, "map.html", section="map", wanted=wanted, measure=measure, halves=halves(totals))


@router.get("/regions/{code}")
def region(request: Request, db: Database, code: str) -> Response:
    shown = places.region(db, code)
    if shown is None:
        raise missing("Регион")
    wanted = Filter(region=code)
    return page(
        request,
        "region.html",
        section="map",
        region=shown,
        wanted=wanted,
        initiatives=registry.listed_initiatives(db, wanted, limit=PER_PAGE),
        total=registry.how_many(db, wanted),
        promises=registry.listed_promises(db, wanted, limit=10),
        officials=places.officials(db, code),
        sources=places.sources(db, code),
        news=documents.news(db, wanted, limit=10),
    )


@router.get("/initiatives")
def initiatives(request: Request, db: Database, wanted: Wanted, number: PageNumber = 1) -> Response:
    found = registry.listed_initiatives(db, wanted, limit=PER_PAGE + 1, offset=(number - 1) * PER_PAGE)
    shown = found[:PER_PAGE]
    return page(
        request,
        "initiatives.html",
        section="initiatives",
        wanted=wanted,
        initiatives=shown,
        regions=registry.regions_of(db, shown),
        total=registry.how_many(db, wanted),
        number=number,
        more=len(found) > PER_PAGE,
        sources=places.source_names(db),
    )


@router.get("/initiatives/{initiative_id}")
def initiative(request: Request, db: Database, initiative_id: str, number: PageNumber = 1) -> Response:
    found = registry.initiative(db, initiative_id)
    if found is None:
        return lead_on(request, db, initiative_id, missing("Инициатива"))
    of_it = Promise.initiative_id == initiative_id
    timeline = registry.timeline(db, initiative_id, limit=PER_TIMELINE + 1, offset=(number - 1) * PER_TIMELINE)
    return page(
        request,
        "initiative.html",
        section="initiatives",
        initiative=found,
        aliases=[name for name in registry.aliases(db, initiative_id) if name != found.name],
        regions=registry.regions_of(db, [found])[found.id],
        brief=registry.brief(db, initiative_id),
        timeline=timeline[:PER_TIMELINE],
        number=number,
        more=len(timeline) > PER_TIMELINE,
        wanted=Filter(initiative=initiative_id),
        charts=_charts(db, initiative_id) if number == 1 else [],
        promises=registry.promises(db, Filter(), of_it, limit=100) if number == 1 else [],
    )


@remembered
def _charts(db: Session, initiative_id: str) -> list[charts.Chart]:
    return charts.count_charts(registry.figures(db, initiative_id))


@router.get("/promises")
def promises(
    request: Request,
    db: Database,
    wanted: Wanted,
    outcome: Outcome = "",
    official: Official = None,
    number: PageNumber = 1,
) -> Response:
    start = (number - 1) * CARDS
    found = registry.listed_promises(
        db, wanted, outcome=outcome or None, official=official, limit=CARDS + 1, offset=start
    )
    return page(
        request,
        "promises.html",
        section="promises",
        wanted=wanted,
        about=_about(db, wanted),
        outcome=outcome,
        official=official,
        promisers=_promisers(db, wanted.region, official),
        promises=found[:CARDS],
        number=number,
        more=len(found) > CARDS,
    )


def _promisers(db: Session, region: str | None, official: str | None) -> Pairs:
    """Whose promises can be asked for, those of the one asked for among them."""
    listed = registry.promisers(db, region)
    asked = parties.one(db, parties.PEOPLE, official) if official else None
    own = [(asked.id, asked.name)] if asked and asked.id not in dict(listed) else []
    return tuple((id_, surname_first(name)) for id_, name in (*own, *listed))


@router.get("/documents/{document_id}")
def document(request: Request, db: Database, document_id: str) -> Response:
    found = documents.document(db, document_id)
    if found is None:
        raise missing("Документ")
    told, source = found
    facts = documents.facts(db, document_id)
    return page(
        request,
        "document.html",
        document=told,
        source=source,
        facts=facts,
        pieces=marking.pieces(told.text, facts),
        retellings=documents.retellings(db, told),
    )


@router.get("/search")
def search(
    request: Request,
    db: Database,
    wanted: Wanted,
    q: Words = "",
    number: PageNumber = 1,
) -> Response:
    found = documents.search(db, q, wanted, limit=CARDS, offset=(number - 1) * CARDS)
    return page(
        request,
        "search.html",
        query_text=q,
        wanted=wanted,
        found=found,
        most_counted=MOST_COUNTED,
        number=number,
        more=found.total > number * CARDS,
        sources=places.source_names(db),
    )


@router.get("/events")
def facts(request: Request, db: Database, wanted: Wanted, number: PageNumber = 1) -> Response:
    found = listed(db, wanted, limit=CARDS + 1, offset=(number - 1) * CARDS)
    return page(
        request,
        "events.html",
        wanted=wanted,
        about=_about(db, wanted),
        events=found[:CARDS],
        number=number,
        more=len(found) > CARDS,
        sources=places.source_names(db),
    )


@router.get("/sources")
def sources(request: Request, db: Database) -> Response:
    found = places.sources(db)
    table = piece(request, db, "_sources.html", date.today(), sources=found)
    return page(request, "sources.html", section="sources", sources=found, table=table)


@router.get("/about")
def about(request: Request, db: Database) -> Response:
    return page(
        request,
        "about.html",
        section="about",
        totals=documents.totals(db),
        quality=measured_quality(),
        type_names=TYPES,
        views=dictionary.views(),
        lists=dictionary.words()["lists"],
    )


@cache
def measured_quality() -> dict[str, Any]:
    """How well releases are read, as `python -m benchmarks.quality` measured."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "quality.yaml").read_text(encoding="utf-8"))
    return found
