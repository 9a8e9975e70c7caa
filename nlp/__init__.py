"""Reading: from the text of a release to its events, each with the exact span it was read from.

`extract(document)` is a pure function of text and publication date: no database, no network, no clock.
"""

from nlp.extractor import VERSION, extract, extract_many, warm_up
from nlp.schema import Count, Document, Event, Extraction, Money, Official, Party

__all__ = [
    "VERSION",
    "Count",
    "Document",
    "Event",
    "Extraction",
    "Money",
    "Official",
    "Party",
    "extract",
    "extract_many",
    "warm_up",
]
