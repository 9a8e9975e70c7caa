"""Tells challenges, login walls and empty answers from content. They are marked and left alone, never evaded."""

from __future__ import annotations

from scrapy.http import Request, Response

from spiders.blocks import find_block
from spiders.reasons import Refused


class BlocksMiddleware:
    def process_response(self, request: Request, response: Response) -> Response:
        headers = {
            name.decode("latin-1").lower(): b"\n".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        block = find_block(response.status, headers, response.body, response.url)
        if block and not (block == "empty_body" and request.meta.get("robots_exempt")):
            raise Refused(block, f"status {response.status}")
        return response
