"""Unpacks bodies, whole or not at all: half a release must not be taken for the release."""

from __future__ import annotations

import zlib
from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from spiders.reasons import Refused

_GZIP, _ZLIB, _RAW = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
_WINDOWS = {"gzip": (_GZIP,), "x-gzip": (_GZIP,), "deflate": (_ZLIB, _RAW)}  # some servers leave zlib's frame out
_MAGIC = b"\x1f\x8b"


class UnpackingMiddleware:
    """In place of Scrapy's own, which takes what a broken answer yields for all of it."""

    def __init__(self, most: int) -> None:
        self._most = most  # bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:
        named = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1").lower()
        encodings = [name for name in map(str.strip, named.split(",")) if name not in {"", "identity"}]
        if not encodings or not response.body:
            return response
        body = response.body
        for encoding in reversed(encodings):
            body = unpack(body, encoding, self._most)
        del response.headers["Content-Encoding"]
        return response.replace(body=body)


def unpack(data: bytes, encoding: str, most: int) -> bytes:
    """The body by its content coding. Raises Refused where it is not whole, or weighs more than `most` bytes."""
    problem = f"nobody asked for {encoding}"
    for window in _WINDOWS.get(encoding, ()):
        try:
            return _inflate(data, window, most)
        except zlib.error as error:
            problem = str(error)
    raise Refused("bad_compression", problem)


def _inflate(data: bytes, window: int, most: int) -> bytes:
    whole = b""
    while True:
        unpacker = zlib.decompressobj(window)
        whole += unpacker.decompress(data, most - len(whole) + 1)
        if len(whole) > most:
            raise Refused("too_large", f"more than {most} bytes, unpacked")
        if not unpacker.eof:
            raise zlib.error("the packed body ends before its end")
        data = unpacker.unused_data
        if window != _GZIP or not data.startswith(_MAGIC):  # gzip may have several members
            return whole
