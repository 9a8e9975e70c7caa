"""WARC files as other archives have them, written by warcio: pages around releases of our own, and what is none."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from playground import releases

FETCHED = datetime(2026, 10, 1, tzinfo=UTC)  # after all of the releases: no page is dated later than it was fetched


@dataclass(frozen=True)
class Response:
    url: str
    body: bytes
    status: str = "200 OK"
    content_type: str = "text/html; charset=utf-8"


def page(title: str, body: str, published: date | None, language: str = "ru") -> bytes:
    """A page with a menu, a release and its date in the head."""
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in body.split("\n") if line.strip())
    meta = f'<meta property="article:published_time" content="{published}T12:00:00+03:00">' if published else ""
    return (
        f'<html lang="{language}"><head><meta charset="utf-8"><title>{html.escape(title)}</title>{meta}</head><body>'
        '<ul class="menu"><li><a href="/about/">О нас</a></li><li><a href="/contacts/">Контакты</a></li></ul>'
        f"<article><h1>{html.escape(title)}</h1>{paragraphs}</article></body></html>"
    ).encode()


def pages(number: int, host: str, start: int = 0) -> Iterator[Response]:
    """Pages of annotated releases that hold events, each at an address of its own."""
    told = [release for release in releases.load() if release.events and release.published]
    for index in range(start, start + number):
        one = told[index % len(told)]
        yield Response(f"http://{host}/news/{index}/", page(one.title, one.text, one.published))


def write(path: Path, responses: Iterable[Response], *, packed: bool = True) -> Path:
    """The file, as a crawler writes it: a warcinfo, then a request and a response for each page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for response in responses:
            moment = {"WARC-Date": FETCHED.strftime("%Y-%m-%dT%H:%M:%SZ")}
            for kind, line, payload in (("request", "GET / HTTP/1.1", b""), ("response", "", response.body)):
                head = StatusAndHeaders(
                    line or response.status, [("Content-Type", response.content_type)], protocol="HTTP/1.1"
                )
                writer.write_record(
                    writer.create_warc_record(
                        response.url,
                        kind,
                        payload=BytesIO(payload),
                        length=len(payload),
                        http_headers=head,
                        warc_headers_dict=moment,
                    )
                )
    return path
