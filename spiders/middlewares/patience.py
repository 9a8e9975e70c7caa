"""Waits as long as the host asks: `Retry-After` with 429 and 503."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.http import Request, Response

from spiders.reasons import Refused

LONGEST = 120.0  # seconds; who asks for more is left alone until the next crawl


class PatienceMiddleware:
    """Holds the response back, and with it the source's only queue; the retry middleware then asks again."""

    async def process_response(self, request: Request, response: Response) -> Response:
        if response.status in {429, 503} and (wait := retry_after(response)) is not None:
            if wait > LONGEST:
                raise Refused("rate_limited", f"asks for a wait of {wait:.0f} s")
            await asyncio.sleep(wait)
        return response


def retry_after(response: Response) -> float | None:
    """Seconds to wait, by a number or a date; None where the header is absent or unreadable."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
