"""Every list as CSV and XLSX: the rows that its page shows, all pages of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal

import xlsxwriter
from fastapi import APIRouter, Path
from fastapi.responses import Response
from sqlalchemy.orm import Session

from pipeline.filters import Filter
from web.filters import Wanted
from web.queries import places, registry
from web.queries.events import events
from web.shown import Database

router = APIRouter(include_in_schema=False)
Listed = Literal["events", "initiatives", "promises", "people", "organizations", "sources"]
Format = Literal["csv", "xlsx"]
MOST_ROWS = 100_000
MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
EVENT_COLUMNS = (
    *("id", "type", "status", "date", "kind", "initiative", "initiative_id", "regions", "parties"),
    *("count", "comparator", "unit", "money", "currency", "quote"),
    *("document_id", "title", "url", "source", "published_on", "confidence", "review"),
)
PROMISE_COLUMNS = (
    *("event_id", "initiative_id", "initiative", "regions", "deadline", "outcome", "quote"),
    *("proof_event_id", "proof_quote"),
)
Table = tuple[Sequence[str], Iterable[Sequence[Any]]]


def _events(db: Session, wanted: Filter) -> Table:
    return EVENT_COLUMNS, (
        (
            e.id,
            e.type,
            e.status,
            e.date,
            e.kind,
            e.initiative_text,
            e.initiative_id,
            " ".join(e.regions),
            "; ".join(party.name for party in e.parties),
            e.count and e.count.value,
            e.count and e.count.comparator,
            e.count and e.count.unit,
            e.money and e.money.value,
            e.money and e.money.currency,
            e.quote,
            e.document_id,
            e.document_title,
            e.document_url,
            e.source_id,
            e.published_on,
            e.confidence,
            e.review,
        )
        for e in events(db, *wanted.events(), limit=MOST_ROWS)
    )


def _initiatives(db: Session, wanted: Filter) -> Table:
    found = registry.initiatives(db, wanted, limit=MOST_ROWS)
    regions = registry.regions_of(db, found)
    columns = ["id", "name", "kind", "regions", "first_on", "last_on", "events", "documents"]
    return columns, (
        (i.id, i.name, i.kind, " ".join(regions[i.id]), i.first_on, i.last_on, i.events, i.documents) for i in found
    )


def _promises(db: Session, wanted: Filter) -> Table:
    return PROMISE_COLUMNS, (
        (
            p.event.id,
            p.event.initiative_id,
            p.event.initiative_name,
            " ".join(p.event.regions),
            p.deadline,
            p.outcome,
            p.event.quote,
            p.proof and p.proof.id,
            p.proof and p.proof.quote,
        )
        for p in registry.promises(db, wanted, limit=MOST_ROWS)
    )


def _people(db: Session, wanted: Filter) -> Table:
    found = registry.people(db, None, wanted.region, limit=MOST_ROWS, offset=0)
    offices = registry.offices(db, [person.id for person in found])
    columns = ["id", "name", "position", "region", "from_on", "to_on"]
    return columns, (
        (person.id, person.name, office.position, office.region, office.from_on, office.to_on)
        for person in found
        for office in offices[person.id]
    )


def _organizations(db: Session, wanted: Filter) -> Table:
    found = registry.organizations(db, None, wanted.region, limit=MOST_ROWS, offset=0)
    return ("id", "name", "region"), ((o.id, o.name, o.region) for o in found)


def _sources(db: Session, wanted: Filter) -> Table:
    columns = ["id", "name", "region", "kind", "platform", "url", "documents", "last_document", "outcome", "reason"]
    return columns, (
        (
            view.source.id,
            view.source.name,
            view.source.region,
            view.source.kind,
            view.source.platform,
            view.source.url,
            view.documents,
            view.last_document,
            view.last_crawl and view.last_crawl.outcome,
            view.last_crawl and view.last_crawl.reason,
        )
        for view in places.sources(db, wanted.region)
    )


_TABLES = {
    "events": _events,
    "initiatives": _initiatives,
    "promises": _promises,
    "people": _people,
    "organizations": _organizations,
    "sources": _sources,
}


def _cell(value: Any) -> Any:
    """Plain values; text that a spreadsheet would run as a formula is made text."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return value
    text = str(value)
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # the mark makes spreadsheets read UTF-8


def as_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [_cell(value) for value in row])
    return out.getvalue()


@router.get("/download/{listed}.{form}")
def download(db: Database, listed: Listed, form: Annotated[Format, Path()], wanted: Wanted) -> Response:
    columns, rows = _TABLES[listed](db, wanted)
    content = (as_csv if form == "csv" else as_xlsx)(columns, rows)
    return Response(
        content,
        media_type=MEDIA[form],
        headers={"Content-Disposition": f'attachment; filename="zamena-{listed}.{form}"'},
    )
