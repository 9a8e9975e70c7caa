"""The archived copy of a document, shown so that nothing in it can run, load or lead away.

The page shows it in a frame; in the frame is what is left of it without scripts, styles, pictures, forms and links,
under a policy that would let none of them work either. The bytes as they came can be taken home.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from html import escape
from typing import Protocol

from bs4.dammit import UnicodeDammit
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from lxml import html as lxml_html
from lxml.etree import ParserError
from lxml_html_clean import Cleaner

from pipeline.models import Document, Source
from web.queries import documents
from web.shown import Database, page

router = APIRouter(include_in_schema=False)
MOST_SHOWN = 4_000_000  # bytes of a copy that is shown; a larger one can be taken home
POLICY = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
_PICTURES = ("img", "picture", "source", "svg", "video", "audio", "canvas", "map", "noscript", "template")
_CLEANER = Cleaner(
    style=True,
    forms=True,
    annoying_tags=True,
    kill_tags=_PICTURES,
    safe_attrs=frozenset({"colspan", "rowspan", "lang", "dir"}),
)


class ArchivedCopy(Protocol):
    """A record of the archive, encodings undone."""

    @property
    def url(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...
    @property
    def fetched_at(self) -> datetime: ...
    @property
    def digest(self) -> str | None: ...


ReadArchived = Callable[[str, int], ArchivedCopy]  # of file and byte offset; raises LookupError


def _found(request: Request, db: Database, document_id: str) -> tuple[Document, Source, ArchivedCopy]:
    found = documents.document(db, document_id)
    read: ReadArchived | None = request.app.state.read_archived
    if found is None or read is None or found[0].archive_file is None:
        raise HTTPException(404, "Архивной копии этого документа нет.")
    try:
        return *found, read(found[0].archive_file, found[0].archive_offset or 0)
    except LookupError:
        raise HTTPException(404, "Архивная копия есть в описи, но прочесть её не удалось.") from None


@router.get("/documents/{document_id}/archived", response_class=HTMLResponse)
def archived(request: Request, db: Database, document_id: str) -> Response:
    document, source, copy = _found(request, db, document_id)
    return page(
        request,
        "archived.html",
        document=document,
        source=source,
        copy=copy,
        sha256=sha256(copy.body).hexdigest(),
        shown=len(copy.body) <= MOST_SHOWN,
    )


@router.get("/documents/{document_id}/archived/shown", response_class=HTMLResponse)
def archived_shown(request: Request, db: Database, document_id: str) -> Response:
    """What stands in the frame."""
    *_, copy = _found(request, db, document_id)
    if len(copy.body) > MOST_SHOWN:
        raise HTTPException(404, "Копия слишком велика, чтобы её показать.")
    return HTMLResponse(harmless(copy.body, copy.headers.get("content-type") or ""), headers=POLICY)


@router.get("/documents/{document_id}/archived/bytes")
def archived_bytes(request: Request, db: Database, document_id: str) -> Response:
    """The copy as it came, to be kept and not to be opened here."""
    *_, copy = _found(request, db, document_id)
    name = f'attachment; filename="zamena-{document_id}.bin"'
    return Response(copy.body, media_type="application/octet-stream", headers=POLICY | {"Content-Disposition": name})


def harmless(body: bytes, content_type: str) -> str:
    """A page of nothing but the words of a copy and their order: HTML without anything that acts, else plain text."""
    kind, _, rest = content_type.partition(";")
    charset = rest.partition("charset=")[2].strip(" \"'")
    is_html = "html" in kind or not kind
    text = UnicodeDammit(body, [charset] if charset else [], is_html=is_html).unicode_markup or ""
    shown = _words(text) if is_html else f"<pre>{escape(text)}</pre>"
    return (
        f'<!doctype html><html lang="ru"><meta charset="utf-8"><title>Архивная копия</title><body>{shown}</body></html>'
    )


def _words(markup: str) -> str:
    try:
        # bytes, since lxml refuses text that declares an encoding of its own
        tree = lxml_html.document_fromstring(markup.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except ParserError:
        return ""
    cleaned = _CLEANER.clean_html(tree)
    body = cleaned if cleaned.tag == "body" else cleaned.find(".//body")
    return str(lxml_html.tostring(cleaned if body is None else body, encoding="unicode"))
