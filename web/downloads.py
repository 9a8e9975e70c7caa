"""Every list as CSV and XLSX: the rows that its page shows, all pages of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any, Literal

import xlsxwriter
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse
from sqlalchemy.orm import Session

from pipeline.database import chunks
from web.filters import Measured, Name, Official, Outcome, Wanted, Words
from web.forms import spared
from web.queries import documents, parties, places, registry
from web.queries.events import all_events
from web.queries.parties import ORGANIZATIONS, PEOPLE
from web.shown import Database

router = APIRouter(include_in_schema=False)
Listed = Literal["events", "initiatives", "promises", "people", "organizations", "sources", "regions", "documents"]
Format = Literal["csv", "xlsx"]
MOST_ROWS = 1_000_000  # a sheet holds hardly more
ROWS = 500  # written at a time
RATE = "60/minute"  # of a client: a list may be the whole database
MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
NO_OFFICE: tuple[Any, ...] = (None,) * len(parties.Held._fields)  # of a person who is named with none
Rows = Iterator[Sequence[Any]]


@dataclass
class Asked:
    """What a page may have been asked, and so its download."""

    wanted: Wanted
    name: Name = None
    outcome: Outcome = ""
    official: Official = None
    measure: Measured = "initiatives"
    q: Words = ""


def _events(db: Session, asked: Asked) -> Rows:
    for e in all_events(db, *asked.wanted.events()):
        yield (
            *(e.id, e.type, e.status, e.date, e.kind, e.initiative_text, e.initiative_id, " ".join(e.regions)),
            "; ".join(party.name for party in e.parties),
            *((e.count.value, e.count.comparator, e.count.unit) if e.count else (None, None, None)),
            *((e.money.value, e.money.currency) if e.money else (None, None)),
            *(e.quote, e.document_id, e.document_title, e.document_url, e.source_id, e.published_on),
            *(e.confidence, e.review),
        )


def _initiatives(db: Session, asked: Asked) -> Rows:
    for some in chunks(registry.initiatives(db, asked.wanted, limit=MOST_ROWS), ROWS):
        regions = registry.regions_of(db, some)
        for i in some:
            yield i.id, i.name, i.kind, " ".join(regions[i.id]), i.first_on, i.last_on, i.events, i.documents


def _promises(db: Session, asked: Asked) -> Rows:
    outcome, official = asked.outcome or None, asked.official
    for p in registry.promises(db, asked.wanted, outcome=outcome, official=official, limit=MOST_ROWS):
        e = p.event
        yield (
            *(e.id, e.initiative_id, e.initiative_name, " ".join(e.regions), p.deadline, p.outcome, e.quote),
            *((p.proof.id, p.proof.quote) if p.proof else (None, None)),
        )


def _people(db: Session, asked: Asked) -> Rows:
    for some in chunks(parties.listed(db, PEOPLE, asked.name, asked.wanted.region, limit=MOST_ROWS), ROWS):
        offices = parties.offices(db, [person.id for person in some])
        for person in some:
            held: list[tuple[Any, ...]] = [*offices[person.id]]
            for office in held or [NO_OFFICE]:
                yield person.id, person.name, *office


def _organizations(db: Session, asked: Asked) -> Rows:
    for o in parties.listed(db, ORGANIZATIONS, asked.name, asked.wanted.region, limit=MOST_ROWS):
        yield o.id, o.name, o.region


def _sources(db: Session, asked: Asked) -> Rows:
    for view in places.sources(db, asked.wanted.region):
        s, last = view.source, view.last_crawl
        yield (
            *(s.id, s.name, s.region, s.kind, s.platform, s.url, view.documents, view.last_document),
            *((last.outcome, last.reason, last.started_at) if last else (None, None, None)),
            view.alarm,
        )


def _regions(db: Session, asked: Asked) -> Rows:
    totals = places.region_totals(db, asked.wanted, asked.measure)
    for code, name in sorted(places.region_names().items()):
        yield code, name, asked.measure, totals.get(code, 0)


def _documents(db: Session, asked: Asked) -> Rows:
    for d, snippet in documents.search_all(db, asked.q, asked.wanted).hits:
        yield d.document_id, d.title, d.published_on, d.source_name, d.url, "".join(text for text, _ in snippet)


_TABLES: dict[Listed, tuple[str, Callable[[Session, Asked], Rows]]] = {  # the columns, and the rows
    "events": (
        "id type status date kind initiative initiative_id regions parties count comparator unit money currency quote "
        "document_id title url source published_on confidence review",
        _events,
    ),
    "initiatives": ("id name kind regions first_on last_on events documents", _initiatives),
    "promises": (
        "event_id initiative_id initiative regions deadline outcome quote proof_event_id proof_quote",
        _promises,
    ),
    "people": ("id name position region from_on to_on", _people),
    "organizations": ("id name region", _organizations),
    "sources": ("id name region kind platform url documents last_document outcome reason crawled_at alarm", _sources),
    "regions": ("region name measure value", _regions),
    "documents": ("id title published_on source url snippet", _documents),
}


def columns(listed: Listed) -> list[str]:
    """The columns of a list."""
    return _TABLES[listed][0].split()


def _cell(value: Any) -> Any:
    """Plain values; text that a spreadsheet would run as a formula is made text."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return value
    text = str(value)
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """In pieces, so that a long list needs no memory. A mark at the start makes spreadsheets read UTF-8."""
    yield "\ufeff".encode()
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    for some in chunks(rows, ROWS):
        writer.writerows([_cell(value) for value in row] for row in some)
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode()


def as_xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """In pieces of the finished file, which lies on the disk if it is large."""
    with SpooledTemporaryFile(max_size=8_000_000) as out:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
        with xlsxwriter.Workbook(out, options) as book:
            sheet = book.add_worksheet()
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, header, book.add_format({"bold": True}))
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, [_cell(value) for value in row])
        out.seek(0)
        while piece := out.read(1 << 16):
            yield piece


@router.get("/download/{listed}.{form}")
def download(
    request: Request, db: Database, listed: Listed, form: Format, asked: Annotated[Asked, Depends()]
) -> Response:
    spared(request, RATE, "download")
    _, rows = _TABLES[listed]
    content = (as_csv if form == "csv" else as_xlsx)(columns(listed), rows(db, asked))
    name = f'attachment; filename="zamena-{listed}.{form}"'
    return StreamingResponse(content, media_type=MEDIA[form], headers={"Content-Disposition": name})
