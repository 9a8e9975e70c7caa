"""How pages are rendered: the templates with their filters, and the database session of a request."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Annotated, Any

import yaml
from fastapi import Depends, FastAPI, Request, Response
from fastapi.templating import Jinja2Templates
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from sqlalchemy.orm import Session
from starlette.datastructures import URL

from pipeline import russian
from pipeline.collation import surname_first
from pipeline.filters import COMPARATORS, KINDS, STATUSES, TYPES
from pipeline.reference import regions
from web.choices import OUTCOMES, choices, options
from web.fresh import unless_known
from web.queries.places import region_names, short_names
from web.security import SHEET, safe_link


@pass_context
def _path(context: Context, name: str, /, **parts: str) -> str:
    """Address of a page without its host: a forged Host header leads nobody astray."""
    request: Request = context["request"]
    return str(request.scope.get("root_path", "")) + _shape(request.app, name, tuple(parts)).format_map(parts)


@cache
def _shape(app: FastAPI, name: str, parts: tuple[str, ...]) -> str:
    """The address of a route with places for its parts. Asking the router for each link would be half of a page."""
    return str(app.url_path_for(name, **{part: f"{{{part}}}" for part in parts}))


def _tail(url: URL) -> str:
    return f"{url.path}?{url.query}"


def _asked(request: Request) -> str:
    """The question of a page's address without the number of the page: what its list is of."""
    query = request.url.remove_query_params("page").query
    return f"?{query}" if query else ""


WORDS = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
NUMBERED = ("plural", "count", "money", "day", "moment")  # filters that say numbers
_TIED = re.compile(r"(?<=\d) (?=\S)|(?<=[^\W\d]) (?=\d{4}(?!\d)|[₽$€¥])")


def _tied(said: Callable[..., str]) -> Callable[..., str]:
    """A filter whose numbers stay on the line of their words: «22 марта 2026», «386 предприятий», «1,5 млрд ₽»."""

    @lru_cache(maxsize=russian.KEPT)
    @wraps(said)
    def tied(*args: Any) -> str:
        return _TIED.sub("\N{NO-BREAK SPACE}", said(*args))

    return tied


templates = Jinja2Templates(Path(__file__).parent / "templates")
templates.env.trim_blocks = templates.env.lstrip_blocks = True
templates.env.filters.update(
    russian.FILTERS, safe_link=safe_link, surname_first=surname_first, relative=_tail, asked=_asked
)
templates.env.filters.update({name: _tied(russian.FILTERS[name]) for name in NUMBERED})
templates.env.globals.update(
    url_for=_path,
    region_names=region_names(),
    time_zones={row["code"]: row["time_zone"] for row in regions()},
    sheet=Markup(SHEET),
    choices=choices,
    options=options,
    short_names=short_names(),
    crawl_reasons=WORDS["crawl_reasons"],
    event_types=TYPES,
    statuses=STATUSES,
    kinds=KINDS,
    outcomes=OUTCOMES,
    comparators=COMPARATORS,
    TYPE_NAMES=russian.TYPES.get,
    STATUS_NAMES=russian.STATUSES.get,
    KIND_NAMES=russian.KINDS.get,
    COMPARATOR_NAMES=lambda comparator: russian.COMPARATORS[comparator].strip() or "ровно",
)


def session(request: Request) -> Iterator[Session]:
    memory = request.app.state.memory
    stamp = memory.stamp()  # before anything is read: what is remembered is never older than it says
    with request.app.state.sessions(info={"memory": memory, "stamp": stamp}) as opened:
        yield opened


Database = Annotated[Session, Depends(session)]


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    return templates.TemplateResponse(request, template, context, status)


def piece(request: Request, session: Session, template: str, of: Hashable, **context: Any) -> Markup:
    """A large piece of a page, kept until the database changes; `of` tells it from others of its template.

    For few pieces: each is kept whole.
    """
    key = (template, request.scope.get("root_path", ""), of)

    def make() -> Markup:
        return Markup(templates.get_template(template).render(request=request, **context))

    kept: Markup = session.info["memory"].recall(session.info["stamp"], key, make)
    return kept


def page(request: Request, template: str, **context: Any) -> Response:
    """A page for readers: not sent again to whom has it."""
    return unless_known(request, render(request, template, **context))
