"""From a page as it came to the release in it: title, plain text, date with its precision, body that speaks.

Pure functions of bytes: no network, no clock (the time of fetching is an argument), so that the archive can be read
again at any time with the same result.
"""

from spiders.extraction.article import Extracted, extract_article
from spiders.extraction.canonical import clean_url
from spiders.extraction.dates import Moment, parse_date
from spiders.extraction.encoding import decode
from spiders.extraction.furniture import fragment_text
from spiders.extraction.hints import Hints, hints_for
from spiders.extraction.text import html_to_text

__all__ = [
    "Extracted",
    "Hints",
    "Moment",
    "clean_url",
    "decode",
    "extract_article",
    "fragment_text",
    "hints_for",
    "html_to_text",
    "parse_date",
]
