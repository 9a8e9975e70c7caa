"""Review in the browser, for those with a token: the queue, corrections, and taking them back.

What is decided goes through `pipeline.review`, as from the command line; here is only how it is shown and asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import select

from pipeline import access
from pipeline import review as decide
from pipeline.doubts import doubts
from pipeline.models import Event, Initiative
from web import editing, marking
from web.forms import SEALED, SESSION, form_page, set_cookie, spared
from web.problems import in_russian
from web.queries import documents, registry
from web.queries import events as facts
from web.queries.events import EventView
from web.shown import Database

router = APIRouter(prefix="/review", default_response_class=HTMLResponse, include_in_schema=False)
LOGINS = "10/minute"  # tries of a client
DECISIONS = "120/minute"
QUEUE = 60  # doubts on the page
DECIDED = 100  # decisions on the page


def _reviewer(request: Request, db: Database) -> str:
    """Who is logged in. Others are led to the door."""
    session = request.cookies.get(SESSION)
    name = session and access.reviewer_of(db.connection(), session, datetime.now(UTC))
    if not name:
        raise HTTPException(303, headers={"location": str(request.app.url_path_for("login"))})
    return name


Reviewer = Annotated[str, Depends(_reviewer)]
Reason = Annotated[str, Form(max_length=2_000)]


@router.get("/login")
def login(request: Request) -> Response:
    return form_page(request, "review/login.html")


@router.post("/login", dependencies=[SEALED])
def log_in(request: Request, token: Annotated[str, Form(max_length=200)] = "") -> Response:
    spared(request, LOGINS, "login")
    session = access.log_in(request.app.state.writer, token.strip(), datetime.now(UTC))
    if session is None:
        return form_page(request, "review/login.html", status=403, problem="Такого ключа нет, или он отозван.")
    response = _to(request, "queue")
    set_cookie(request, response, SESSION, session, int(access.LASTS.total_seconds()))
    return response


@router.post("/logout", dependencies=[SEALED])
def log_out(request: Request) -> Response:
    access.log_out(request.app.state.writer, request.cookies.get(SESSION, ""))
    response = _to(request, "today")
    response.delete_cookie(SESSION)
    return response


@router.get("")
def queue(request: Request, db: Database, reviewer: Reviewer) -> Response:
    """What is doubtful, the most pressing first."""
    found = doubts(db.connection(), QUEUE)
    ids = {id_ for doubt in found for id_ in (doubt.subject, doubt.other) if id_}
    return form_page(
        request,
        "review/queue.html",
        reviewer=reviewer,
        doubts=found,
        events={view.id: view for view in facts.of(db, ids)},
        names=dict(db.execute(select(Initiative.id, Initiative.name).where(Initiative.id.in_(ids))).all()),
    )


@router.get("/open")
def open_(request: Request, db: Database, reviewer: Reviewer, what: Annotated[str, Query(max_length=500)]) -> Response:
    """From the id or the address of a fact or an initiative to its review."""
    for id_ in reversed(re.findall(r"[0-9a-f]{20}", what)):
        if db.get(Event, id_):
            return _to(request, "review_event", event_id=id_)
        if db.get(Initiative, id_):
            return _to(request, "review_initiative", initiative_id=id_)
    raise HTTPException(404, "Такого факта и такой инициативы нет.")


@router.get("/events/{event_id}")
def review_event(request: Request, db: Database, reviewer: Reviewer, event_id: str) -> Response:
    """A fact beside its release, the words it was read from marked."""
    return _event_page(request, db, reviewer, event_id)


async def _posted(request: Request) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


@router.post("/events/{event_id}/{action}", dependencies=[SEALED])
def decide_event(
    request: Request,
    db: Database,
    reviewer: Reviewer,
    event_id: str,
    action: Literal["confirm", "reject", "edit"],
    posted: Annotated[dict[str, str], Depends(_posted)],
    reason: Reason = "",
) -> Response:
    show = partial(_event_page, request, db, reviewer, event_id)
    if action != "edit":
        decide_it = decide.confirm if action == "confirm" else decide.reject
        return _decided(request, reviewer, reason, partial(decide_it, event_id=event_id), show)
    try:
        changes = editing.changes(_event(db, event_id), posted)
    except editing.UnreadableFieldError as error:
        return show(status=422, problem=str(error), filled=posted)
    if not changes:
        return show(status=422, problem="Ни одно поле не изменено.", filled=posted)
    return _decided(
        request,
        reviewer,
        reason,
        partial(decide.edit, event_id=event_id, changes=changes),
        partial(show, filled=posted),
    )


@router.get("/initiatives/{initiative_id}")
def review_initiative(
    request: Request,
    db: Database,
    reviewer: Reviewer,
    initiative_id: str,
    other: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """An initiative with its events, to part some of them off or to merge another into it."""
    return _initiative_page(request, db, reviewer, initiative_id, other)


@router.post("/initiatives/{initiative_id}/split", dependencies=[SEALED])
def split(
    request: Request,
    db: Database,
    reviewer: Reviewer,
    initiative_id: str,
    reason: Reason = "",
    events: Annotated[list[str], Form()] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    return _decided(
        request,
        reviewer,
        reason,
        partial(decide.split, initiative_id=initiative_id, events=events),
        partial(_initiative_page, request, db, reviewer, initiative_id, ""),
    )


@router.post("/initiatives/{initiative_id}/merge", dependencies=[SEALED])
def merge(
    request: Request,
    db: Database,
    reviewer: Reviewer,
    initiative_id: str,
    reason: Reason = "",
    other: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    ids = re.findall(r"[0-9a-f]{20}", other)
    show = partial(_initiative_page, request, db, reviewer, initiative_id, other)
    if not ids:
        return show(status=422, problem="Укажите номер или адрес второй инициативы.")
    return _decided(request, reviewer, reason, partial(decide.merge, into=initiative_id, from_=ids[-1]), show)


@router.get("/decisions")
def decisions(request: Request, db: Database, reviewer: Reviewer) -> Response:
    """The decisions that hold, each to be taken back."""
    return _decisions_page(request, db, reviewer)


@router.post("/decisions/{decision_id}/undo", dependencies=[SEALED])
def undo(request: Request, db: Database, reviewer: Reviewer, decision_id: str, reason: Reason = "") -> Response:
    return _decided(
        request,
        reviewer,
        reason,
        partial(decide.undo, decision_id=decision_id),
        partial(_decisions_page, request, db, reviewer),
    )


def _decided(
    request: Request, reviewer: str, reason: str, decision: Callable[..., object], show: Callable[..., Response]
) -> Response:
    """Make a decision; then the list of decisions, or the page again with what is wrong."""
    spared(request, DECISIONS, "decisions")
    if not reason.strip():
        return show(status=422, problem="Напишите, почему вы так решили.")
    try:
        decision(request.app.state.writer, reason=reason, reviewer=reviewer, at=datetime.now(UTC))
    except decide.ReviewError as error:
        return show(status=422, problem=f"Решение не принято: {in_russian(error)}.")
    return _to(request, "decisions")


def _event(db: Database, event_id: str) -> EventView:
    found = facts.of(db, [event_id])
    if not found:
        raise HTTPException(404, "Такого факта нет.")
    return found[0]


def _event_page(
    request: Request,
    db: Database,
    reviewer: str,
    event_id: str,
    *,
    status: int = 200,
    problem: str = "",
    filled: dict[str, str] | None = None,
) -> Response:
    shown = _event(db, event_id)
    told = documents.document(db, shown.document_id)
    assert told
    return form_page(
        request,
        "review/event.html",
        status=status,
        reviewer=reviewer,
        problem=problem,
        e=shown,
        fields=editing.fields(shown) | (filled or {}),
        document=told[0],
        pieces=marking.pieces(told[0].text, [shown]),
    )


def _initiative_page(
    request: Request,
    db: Database,
    reviewer: str,
    initiative_id: str,
    other: str,
    *,
    status: int = 200,
    problem: str = "",
) -> Response:
    found = registry.initiative(db, initiative_id)
    if found is None:
        raise HTTPException(404, "Такой инициативы нет.")
    return form_page(
        request,
        "review/initiative.html",
        status=status,
        reviewer=reviewer,
        problem=problem,
        initiative=found,
        regions=registry.regions_of(db, [found])[found.id],
        timeline=registry.timeline(db, found.id),
        other=other,
        other_name=other and (named := registry.initiative(db, other)) and named.name,
    )


def _decisions_page(request: Request, db: Database, reviewer: str, *, status: int = 200, problem: str = "") -> Response:
    return form_page(
        request,
        "review/decisions.html",
        status=status,
        reviewer=reviewer,
        problem=problem,
        decisions=decide.decisions(db.connection(), DECIDED),
    )


def _to(request: Request, route: str, **parts: Any) -> RedirectResponse:
    return RedirectResponse(str(request.app.url_path_for(route, **parts)), 303)
