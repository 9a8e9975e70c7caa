"""Following a list: the form, the confirmation by its own link, and the way out. It writes, by an engine of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from pipeline.alerts import following
from pipeline.alerts.following import Wish
from pipeline.alerts.links import BadLinkError, Links
from pipeline.alerts.messages import FREQUENCIES, Names, confirmation, described
from pipeline.filters import Filter
from pipeline.models import Source
from pipeline.models.following import Channel, Frequency
from pipeline.names import REGISTERS, named
from web.filters import Wanted
from web.forms import SEALED, form_page, spared
from web.shown import Database, page

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
TRIES = "20/hour"  # of a client
LETTERS = "3/day"  # to an address that has not confirmed: nobody is to be flooded through us


def _links(request: Request) -> Links:
    links: Links = request.app.state.links
    return links


def _form(request: Request, wanted: Filter, names: Names, **context: object) -> Response:
    return form_page(
        request,
        "follow.html",
        wanted=wanted,
        described=described(wanted, names),
        channels=request.app.state.sender.channels,
        frequencies=FREQUENCIES,
        **context,  # type: ignore[arg-type]
    )


@router.get("/follow")
def follow(request: Request, db: Database, wanted: Wanted) -> Response:
    return _form(request, wanted, _known(db, wanted))


@router.post("/follow", dependencies=[SEALED])
def ask_to_follow(
    request: Request,
    db: Database,
    wanted: Wanted,
    channel: Annotated[Channel, Form()],
    frequency: Annotated[Frequency, Form()],
    address: Annotated[str, Form(max_length=following.MOST_ADDRESS)] = "",
) -> Response:
    """Send the owner of the address a link to confirm by; nothing is kept until they do."""
    names = _known(db, wanted)
    spared(request, TRIES, "follow")
    try:
        wish = Wish(channel=channel, address=address, query=wanted.query_string(), frequency=frequency)
    except ValidationError:
        return _form(request, wanted, names, status=422, address=address, problem="Адрес не похож на настоящий.")
    if channel not in request.app.state.sender.channels:
        raise HTTPException(404, "Этим способом мы не пишем.")
    spared(request, LETTERS, "letters", wish.address.lower())
    if not request.app.state.sender.send(channel, wish.address, confirmation(wish, names, _links(request))):
        problem = "Сообщение не ушло. Проверьте адрес или попробуйте позже."
        return _form(request, wanted, names, status=502, address=address, problem=problem)
    return page(request, "followed.html", title="Осталось подтвердить", wish=wish, state="asked")


def _known(db: Database, wanted: Filter) -> Names:
    """Ids are the free text in a filter, and they go into letters: they must be ours. Answers whom they name."""
    names = named(db.connection(), wanted)
    if (wanted.source and db.get(Source, wanted.source) is None) or any(
        getattr(wanted, field) and field not in names for field in REGISTERS
    ):
        raise HTTPException(404, "Следить не за чем: того, что названо в адресе, в реестре нет.")
    return names


@router.get("/follow/{token}")
def confirm(request: Request, db: Database, token: str) -> Response:
    """Ask once more: programs that look through mail open links, but press no buttons."""
    wish = _wish(request, token)
    wanted = Filter.of(wish.query)
    return form_page(
        request,
        "follow_confirm.html",
        token=token,
        wish=wish,
        described=described(wanted, named(db.connection(), wanted)),
        frequencies=FREQUENCIES,
    )


@router.post("/follow/{token}", dependencies=[SEALED])
def confirmed(request: Request, token: str) -> Response:
    wish = _wish(request, token)
    following.save(request.app.state.writer, wish, datetime.now(UTC))
    return page(request, "followed.html", title="Подписка оформлена", wish=wish, state="saved")


def _wish(request: Request, token: str) -> Wish:
    try:
        return _links(request).confirmed(token)
    except BadLinkError:
        raise HTTPException(404, "Ссылка устарела или повреждена. Подпишитесь ещё раз.") from None


@router.get("/unsubscribe/{token}")
def leave(request: Request, token: str) -> Response:
    _filter_id(request, token)
    return page(request, "unsubscribe.html", token=token)


@router.post("/unsubscribe/{token}")
def left(request: Request, token: str) -> Response:
    """The link alone is enough, without cookie or seal: mail programs send it by themselves (RFC 8058)."""
    following.remove(request.app.state.writer, _filter_id(request, token))
    return page(request, "followed.html", title="Вы отписаны", wish=None, state="left")


def _filter_id(request: Request, token: str) -> str:
    try:
        return _links(request).unsubscribed(token)
    except BadLinkError:
        raise HTTPException(404, "Ссылка повреждена. Возьмите её из письма целиком.") from None
