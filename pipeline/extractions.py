"""What a person or another extractor read from a document, in the form of the annotation guide."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from nlp.schema import Extraction
from pipeline.facts import BadReadingError, malformed

GIVEN = "given"  # version of an extraction that does not say which extractor made it
_EXTRACTION = TypeAdapter(Extraction)


def parse(record: dict[str, Any], text: str) -> Extraction:
    """An extraction from one JSON object with `events` (and perhaps `people`, `regions`, `version`).

    Spans that are missing are found by their quotations. Raises BadReadingError where the text does not hold one.
    """
    events = [_placed(event, text) for event in record.get("events", ())]
    people = [_placed({"organization": None, **person}, text) for person in record.get("people", ())]
    try:
        return _EXTRACTION.validate_python(
            {
                "version": record.get("version", GIVEN),
                "relevant": record.get("relevant", bool(events)),
                "regions": record.get("regions", ()),
                "events": [{"trigger": (event["start"], event["start"]), **event} for event in events],
                "people": people,
            }
        )
    except ValidationError as error:
        raise malformed(error) from None


def _placed(part: dict[str, Any], text: str) -> dict[str, Any]:
    quote = part.get("quote") or ""
    start = part.get("start", text.find(quote) if quote else -1)
    if start < 0:
        raise BadReadingError("quotation is not in the text: {quote!r}", {"quote": quote[:80]})
    return {"start": start, "stop": start + len(quote), **part}
