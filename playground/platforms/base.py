"""What all platforms share: templates, encodings, conditional requests, robots.txt."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from email.utils import format_datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, ClassVar

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from playground.damage import damage
from playground.manner import Manner, Precision, Version, precision, write_date
from playground.site import Item, Site

ROOT = Path(__file__).parents[1]
CHROME = yaml.safe_load((ROOT / "chrome.yaml").read_text(encoding="utf-8"))

_templates = Environment(
    loader=FileSystemLoader(ROOT / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)

Answer = Callable[[Request], Response]


class Platform(ABC):
    """One site on one platform."""

    name: ClassVar[str]
    machine_dates: ClassVar[bool] = False  # pages or lists have attributes or JSON that tell the minute
    page_has_machine_dates: ClassVar[bool] = False  # pages have

    def __init__(self, site: Site) -> None:
        self.site = site

    @property
    def manner(self) -> Manner:
        """How this host writes its pages."""
        return Manner.of(self.site.host)

    @abstractmethod
    def path(self, item: Item) -> str:
        """The path (with a query, if need be) of a release's page."""

    @abstractmethod
    def answers(self) -> dict[str, Answer]:
        """What answers which path; the keys are Starlette's path patterns."""

    @abstractmethod
    def addresses(self) -> dict[str, str]:
        """Paths that a source's declaration names: `list`, `feed`, `sitemap`."""

    def titled(self) -> bool:
        """Whether a release has a headline of its own here."""
        return True

    def precision(self, manner: Manner | None = None) -> Precision:
        """How precise a date is told, in a manner other than the host's if one is given."""
        told = precision((manner or self.manner).date_style)
        return "minute" if told and self.machine_dates else told

    def told(self, item: Item) -> datetime | None:
        """The time of publication that a reader can learn here, if any; local, as precise as `precision` says."""
        return item.at if self.precision() else None

    def day_in_address(self, item: Item) -> date | None:
        """The day that the address of a release tells; the first of the month where it tells no more."""
        return None

    def url(self, item: Item) -> str:
        return self.site.base + self.path(item)

    def routes(self) -> list[Route]:
        answers = {
            "/robots.txt": self.robots,
            "/assets/site.css": lambda _: self._file(f"{self.name}/style.css", "text/css"),
            "/{picture:path}.jpg": lambda _: self._file("picture.svg", "image/svg+xml"),
            **self.answers(),
        }
        answers.setdefault("/", lambda _: RedirectResponse(next(iter(self.addresses().values()))))
        return [Route(path, _asynchronous(answer)) for path, answer in answers.items()]

    def _file(self, path: str, media_type: str) -> Response:
        return Response((ROOT / "templates" / path).read_bytes(), media_type=media_type)

    def robots(self, _: Request) -> Response:
        text = (ROOT / "robots" / f"{self.site.host.robots}.txt").read_text(encoding="utf-8")
        return PlainTextResponse(text.replace("{base}", self.site.base))

    def find(self, request: Request) -> Item | None:
        """The release whose page was asked for."""
        asked = request.url.path.rstrip("/")
        return next((item for item in self.site.items if self.path(item).rstrip("/") == asked), None)

    def article(self, item: Item, manner: Manner) -> bytes:
        """A release's page, as bytes in the manner's encoding."""
        template = "article" if manner.version == "normal" else f"/{manner.version}.html"
        return self.render(template, manner, item=item, others=self.site.others(item))

    def render(self, template: str, manner: Manner, **context: Any) -> bytes:
        html = self.text(template, manner, **context)
        if manner.damage is not None:
            html = damage(html, manner.damage)
        # Letters that a single-byte encoding lacks go as character references, as content systems write them.
        return html.encode(manner.encoding, errors="xmlcharrefreplace")

    def text(self, template: str, manner: Manner, **context: Any) -> str:
        """A template filled in: this platform's by its name, a common one by `/name.ext`.

        In it `date` writes a release's date in the site's own manner.
        """

        def date(item: Item, at: datetime | None = None) -> str:
            return write_date(at or item.at, manner.date_style, self.site.now)

        own = f"{self.name}/{template}.html"
        return _templates.get_template(template.lstrip("/") if template.startswith("/") else own).render(
            site=self.site, host=self.site.host, manner=manner, chrome=CHROME, platform=self, date=date, **context
        )

    def show(self, request: Request) -> Response:
        """Answer with the article that was asked for, in the version that was asked for."""
        item = self.find(request)
        if item is None:
            return self.missing()
        return self.html(self.article(item, replace(self.manner, version=_version(request))), changed=item.listed)

    def list_page(self, request: Request, number: int, **context: Any) -> Response:
        """Answer with page `number` of the list, from 1."""
        manner = self.manner
        items = self.site.page(number)
        return self.html(self.render("list", manner, items=items, number=number, pages=self.site.pages, **context))

    def html(self, body: bytes, changed: datetime | None = None, status: int = 200) -> Response:
        response = Response(body, status, {"content-type": self.manner.content_type})
        if changed:
            response.headers["last-modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
        return response

    def xml(self, template: str, **context: Any) -> Response:
        manner = self.manner
        body = self.text(template, manner, **context).encode(manner.encoding, errors="xmlcharrefreplace")
        return Response(body, media_type=f"text/xml; charset={manner.encoding}")

    def json(self, data: Any) -> Response:
        return JSONResponse(data)

    def missing(self) -> Response:
        page = "<html><title>404</title><body><h1>Страница не найдена</h1></body></html>"
        return Response(page, 404, media_type="text/html")


def whole(text: str | None, default: int = 1) -> int:
    """A page number from a query; whatever is not one counts as the first, as sites take it."""
    return int(text) if text and text.isdigit() and int(text) > 0 else default


def _version(request: Request) -> Version:
    query = request.query_params
    if "print" in query or request.url.path.endswith("/print/"):
        return "print"
    if "special" in query or query.get("version") == "special":
        return "special"
    return "amp" if request.url.path.endswith("/amp/") else "normal"


def _asynchronous(answer: Answer) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        return conditional(request, answer(request))

    return endpoint


def conditional(request: Request, response: Response) -> Response:
    """Add an ETag, and answer 304 to who has that body already."""
    if response.status_code != 200:
        return response
    tag = f'"{blake2b(bytes(response.body), digest_size=8).hexdigest()}"'
    response.headers["etag"] = tag
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    return response
