"""Bodies come out whole or not at all."""

from __future__ import annotations

import gzip
import zlib

import pytest
from scrapy.http import HtmlResponse, Request

from spiders.middlewares.unpacking import UnpackingMiddleware, unpack
from spiders.reasons import Refused

BODY = "Завод открыл цех. ".encode() * 500
MOST = 100_000  # bytes


def raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(BODY), "gzip"),
        (gzip.compress(BODY), "x-gzip"),
        (gzip.compress(BODY[:100]) + gzip.compress(BODY[100:]), "gzip"),
        (gzip.compress(BODY) + b"\r\n", "gzip"),
        (zlib.compress(BODY), "deflate"),
        (raw(BODY), "deflate"),
    ],
    ids=["gzip", "x-gzip", "two members", "a line's end behind", "zlib", "raw"],
)
def test_what_is_whole(packed: bytes, encoding: str) -> None:
    assert unpack(packed, encoding, MOST) == BODY


@pytest.mark.parametrize(
    ("packed", "encoding", "code"),
    [
        (gzip.compress(BODY)[:-9], "gzip", "bad_compression"),
        (gzip.compress(BODY)[:-8] + bytes(8), "gzip", "bad_compression"),
        (gzip.compress(BODY[:100]) + gzip.compress(BODY[100:])[:-20], "gzip", "bad_compression"),
        (raw(BODY)[:-3], "deflate", "bad_compression"),
        (BODY, "gzip", "bad_compression"),
        (BODY, "br", "bad_compression"),
        (gzip.compress(bytes(MOST + 1)), "gzip", "too_large"),
        (gzip.compress(bytes(MOST - 9)) + gzip.compress(bytes(10)), "gzip", "too_large"),
    ],
    ids=["cut", "sum", "second member cut", "raw cut", "not packed", "never asked for", "bomb", "bomb in two members"],
)
def test_what_is_not(packed: bytes, encoding: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        unpack(packed, encoding, MOST)
    assert refused.value.code == code


def test_a_response_packed_twice_over_is_unpacked_and_no_longer_says_that_it_is_packed() -> None:
    packed = HtmlResponse(
        "http://x/", headers={"Content-Encoding": "deflate, gzip"}, body=gzip.compress(zlib.compress(BODY))
    )
    plain = UnpackingMiddleware(MOST).process_response(Request("http://x/"), packed)
    assert (plain.body, plain.headers.get("Content-Encoding")) == (BODY, None)
