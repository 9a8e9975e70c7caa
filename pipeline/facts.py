"""From what an extractor read to rows of the database. Pure: no connection, no clock.

An event's id comes from its document, type and quotation, so that the same reading has the same id on every
machine. When a text or the extractor changes, `carry_over` lets an event keep its id wherever it is clearly the same.
"""

from __future__ import annotations

import calendar
import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError
from rapidfuzz import fuzz

from nlp.schema import Event, Extraction, Official
from pipeline.models import stable_id
from pipeline.problems import ProblemError
from pipeline.reference import regions

Reading = dict[str, Any]  # an nlp.schema.Event as JSON: how the machine's own reading is kept
Row = dict[str, Any]

ALIKE = 60  # percent of likeness from which the quotations of two readings are of one event
PRECISIONS = {4: "year", 7: "month", 10: "day"}  # by the length of an ISO date
MOST = 2**63 - 1  # what a column of integers holds
_EVENT = TypeAdapter(Event)
_EXTRACTION = TypeAdapter(Extraction)


class BadReadingError(ProblemError):
    """The extraction cannot be true of the text: a quotation that is not there, a region that does not exist, …"""


def checked(extraction: Extraction, text: str) -> Extraction:
    """The extraction, if every value of it is well formed and every quotation lies in the text where it says.

    Raises BadReadingError.
    """
    try:
        extraction = _EXTRACTION.validate_json(_written(extraction))
    except ValidationError as error:
        raise malformed(error) from None
    known = {row["code"] for row in regions()}
    parts: tuple[Event | Official, ...] = (*extraction.events, *extraction.people)
    for part in parts:
        if not part.quote or part.start < 0 or text[part.start : part.stop] != part.quote:
            place = {"start": part.start, "stop": part.stop, "quote": part.quote[:80]}
            raise BadReadingError("quotation is not at {start}:{stop}: {quote!r}", place)
    for event in extraction.events:
        _check_event(event, text, known)
    if unknown := {*extraction.regions} - known:
        raise BadReadingError("no such region: {regions}", {"regions": ", ".join(sorted(unknown))})
    return extraction


def _check_event(event: Event, text: str, regions: set[str]) -> None:
    date_range(event.date)
    if unknown := {*event.regions} - regions:
        raise BadReadingError("no such region: {regions}", {"regions": ", ".join(sorted(unknown))})
    if event.type == "enterprise_count" and event.count is None:
        raise BadReadingError("an enterprise_count without a count")
    for quantity in (event.count, event.money):
        if quantity and not 0 <= quantity.value <= MOST:
            raise BadReadingError("not a number of anything: {value}", {"value": quantity.value})
    if event.money and len(event.money.currency) != 3:
        raise BadReadingError("not a currency: {currency!r}", {"currency": event.money.currency})
    if not 0 <= event.confidence <= 1:
        raise BadReadingError("not a confidence: {confidence}", {"confidence": event.confidence})
    mentions = [(party.start, party.stop) for party in event.parties if party.start is not None]
    for start, stop in (event.trigger, *mentions):
        if stop is None or not 0 <= start <= stop <= len(text):
            raise BadReadingError("a mention outside the text: {start}:{stop}", {"start": start, "stop": stop})


def _written(extraction: Extraction) -> bytes:
    """As JSON, whatever it holds. No database holds a lone surrogate, nor PostgreSQL a NUL."""
    try:
        written = _EXTRACTION.dump_json(extraction, warnings=False)
    except PydanticSerializationError:
        raise BadReadingError("a lone surrogate, which is no character") from None
    if b"\\u0000" in written:
        raise BadReadingError("a NUL character")
    return written


def malformed(error: ValidationError) -> BadReadingError:
    """The first of a validation's complaints."""
    first = error.errors(include_url=False, include_context=False)[0]
    complaint = {"field": ".".join(map(str, first["loc"])), "complaint": first["msg"]}
    return BadReadingError("{field}: {complaint}", complaint)


def to_reading(event: Event) -> Reading:
    return _EVENT.dump_python(event, mode="json")  # type: ignore[no-any-return]


def to_event(reading: Reading) -> Event:
    return _EVENT.validate_python(reading)


def date_range(day: str | None) -> tuple[date, date] | None:
    """First and last day that an ISO date of day, month or year can mean. Raises BadReadingError."""
    if day is None:
        return None
    try:
        if len(day) not in PRECISIONS:
            raise ValueError
        start = date.fromisoformat(day + "-01-01"[len(day) - 4 :])
    except ValueError:
        raise BadReadingError("not a date: {day!r}", {"day": day}) from None
    if len(day) == 10:
        return start, start
    month = 12 if len(day) == 4 else start.month
    return start, date(start.year, month, calendar.monthrange(start.year, month)[1])


def event_ids(document_id: str, events: Sequence[Event]) -> list[str]:
    """An id for each event of one reading; events of one type and quotation are told apart by their order."""
    seen: Counter[tuple[str, str]] = Counter()
    ids = []
    for event in events:
        key = (event.type, " ".join(event.quote.split()))
        ids.append(stable_id("event", document_id, *key, seen[key]))
        seen[key] += 1
    return ids


def carry_over(document_id: str, old: Mapping[str, Reading], events: Sequence[Event]) -> dict[str, Event]:
    """New events by id. Whichever is clearly one that was read before keeps that one's id.

    First equal ids, then, best first, events of one type whose quotations are alike.
    """
    taken: dict[str, Event] = {}
    left = []
    for id_, event in zip(event_ids(document_id, events), events, strict=True):
        if id_ in old:
            taken[id_] = event
        else:
            left.append((id_, event))
    by_type = defaultdict(list)
    for old_id, reading in old.items():
        if old_id not in taken:
            by_type[reading["type"]].append((old_id, reading))
    pairs = sorted(
        (-fuzz.token_set_ratio(event.quote, reading["quote"]), abs(event.start - reading["start"]), old_id, id_)
        for id_, event in left
        for old_id, reading in by_type[event.type]
    )
    fresh = dict(left)
    for unlikeness, _, old_id, id_ in pairs:
        if -unlikeness >= ALIKE and old_id not in taken and id_ in fresh:
            taken[old_id] = fresh.pop(id_)
    return taken | fresh


def event_rows(id_: str, event: Event, text: str) -> dict[str, list[Row]]:
    """The rows of an event and its arguments, by table; those of `events` hold only what was read."""
    span = date_range(event.date)
    rows: dict[str, list[Row]] = {
        "events": [
            {
                "id": id_,
                "type": event.type,
                "status": event.status,
                "date": event.date,
                "date_precision": PRECISIONS[len(event.date)] if event.date else None,
                "date_from": span and span[0],
                "date_to": span and span[1],
                "kind": event.kind,
                "initiative_text": event.initiative,
                "confidence": event.confidence,
            }
        ],
        "event_regions": [{"event_id": id_, "region": region} for region in dict.fromkeys(event.regions)],
        "parties": [
            {"event_id": id_, "number": n, "name": party.name, "kind": party.kind, "position": party.position}
            for n, party in enumerate(event.parties)
        ],
        "counts": [{"event_id": id_, **dataclasses.asdict(event.count)}] if event.count else [],
        "money": [{"event_id": id_, **dataclasses.asdict(event.money)}] if event.money else [],
        "evidence": [_evidence(id_, "event", 0, event.start, event.stop, text)],
    }
    if event.trigger[0] < event.trigger[1]:
        rows["evidence"].append(_evidence(id_, "trigger", 0, *event.trigger, text))
    rows["evidence"] += [
        _evidence(id_, "party", n, party.start, party.stop, text)
        for n, party in enumerate(event.parties)
        if party.start is not None and party.stop is not None and party.start < party.stop
    ]
    return rows


def _evidence(id_: str, role: str, number: int, start: int, stop: int, text: str) -> Row:
    return {
        "event_id": id_,
        "role": role,
        "number": number,
        "start": start,
        "stop": stop,
        "quotation": text[start:stop],
    }


def official_rows(document_id: str, extraction: Extraction) -> list[Row]:
    """Rows of everyone named with an office, in order of the text."""
    return [
        {
            "id": stable_id("official", document_id, number),
            "document_id": document_id,
            "number": number,
            "name": person.name,
            "position": person.position,
            "organization": person.organization,
            "start": person.start,
            "stop": person.stop,
            "quotation": person.quote,
        }
        for number, person in enumerate(extraction.people)
    ]


def merged(rows: Iterable[dict[str, list[Row]]]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    for tables in rows:
        for name, some in tables.items():
            out[name] += some
    return out
