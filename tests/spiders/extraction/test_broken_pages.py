"""Pages torn, garbled or made to hurt: something comes out or nothing, in good time, and never an exception."""

from __future__ import annotations

import random
import time

import pytest

from playground import hostile
from spiders.extraction import extract_article, hints_for

PAGES = list(hostile.pages())
SHARDS = [
    b"<",
    b'"',
    b"</div>",
    b"<table>",
    b"<!--",
    b"<p>",
    b"&#0;",
    b"&#xD800;",
    b"\x00",
    b"\x0b",
    b"<form>",
    b"<svg>",
]


def _garbled(data: bytes, chance: random.Random) -> bytes:
    garbled = bytearray(data)
    match chance.randrange(4):
        case 0:
            del garbled[chance.randrange(len(garbled)) :]
        case 1:
            for _ in range(100):
                garbled[chance.randrange(len(garbled))] = chance.randrange(256)
        case 2:
            for _ in range(20):
                place = chance.randrange(len(garbled))
                garbled[place:place] = chance.choice(SHARDS)
        case 3:
            del garbled[: chance.randrange(len(garbled))]
    return bytes(garbled)


@pytest.mark.parametrize("seed", range(60))
def test_garbled(seed: int) -> None:
    chance = random.Random(seed)
    page = chance.choice(PAGES)
    data = _garbled(page.html, chance)
    for hints in (None, hints_for(page.platform)):
        extract_article(
            data, page.url, content_type=page.content_type, hints=hints, zone=page.zone, fetched_at=page.fetched_at
        )


@pytest.mark.parametrize("data", [b"", b" \n", b"\x00", b"<", b"<html>", b'{"a": 1}', b"%PDF-1.4", bytes(range(256))])
def test_no_page(data: bytes) -> None:
    found = extract_article(data, "http://a.ru/news/1")
    assert found.published_on is None
    assert found.canonical_url == "http://a.ru/news/1"


@pytest.mark.parametrize("tag", ["<div>", "<a>", "<p>x", "<table><tr><td>", "<div class=menu>", "<h2>слово "])
def test_made_to_hurt(tag: str) -> None:
    started = time.process_time()
    extract_article((tag * 2000).encode(), "http://a.ru/news/1")
    assert time.process_time() - started < 3
