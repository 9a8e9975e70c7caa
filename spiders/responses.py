"""Small questions to Scrapy's responses."""

from __future__ import annotations

from scrapy.http import Response

from spiders.lists import Remembered


def header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def content_type(response: Response) -> str | None:
    return header(response, "Content-Type")


def from_archive(response: Response, last: Remembered) -> Response:
    """In place of an answer that nothing changed, the page as it came when it had changed last."""
    response.meta.update(archive=last.validators.archive, fetched_at=last.page.fetched_at)
    headers = {"Content-Type": last.page.content_type} if last.page.content_type else {}
    return response.replace(url=last.page.url, status=200, body=last.page.body, headers=headers)
