"""Bytes to text: what is declared, where, and how wrongly."""

from __future__ import annotations

import codecs

import pytest

from spiders.extraction import decode

TEXT = "Подписана хартия: «Дальневосточная верфь» — среди 227 участников, ещё 12 заводов готовят заявки на вступление."
META = '<meta charset="{}">'


@pytest.mark.parametrize(
    ("encoding", "header", "meta"),
    [
        ("utf-8", "text/html; charset=utf-8", None),
        ("utf-8", "text/html", "utf-8"),
        ("utf-8", None, None),
        ("utf-8", "text/html; charset=windows-1251", None),  # a stale header
        ("utf-8", "text/html", "windows-1251"),
        ("cp1251", "text/html; charset=windows-1251", None),
        ("cp1251", "text/html; charset=win-1251", None),
        ("cp1251", "text/html", "windows-1251"),
        ("cp1251", "text/html", "WINDOWS-1251"),
        ("cp1251", "text/html", None),
        ("cp1251", "text/html; charset=utf-8", None),  # a server's default before a 1251 page
        ("cp1251", "text/html; charset=utf-8", "windows-1251"),
        ("utf-16", None, None),
    ],
)
def test_decode(encoding: str, header: str | None, meta: str | None) -> None:
    page = (META.format(meta) if meta else "") + f"<p>{TEXT}</p>"
    assert TEXT in decode(page.encode(encoding), header)


def test_a_byte_order_mark_beats_all() -> None:
    assert decode(codecs.BOM_UTF8 + TEXT.encode(), "text/html; charset=windows-1251") == TEXT


def test_a_broken_byte_spoils_one_letter_not_the_page() -> None:
    data = (TEXT * 30).encode()
    assert decode(data[:5] + b"\xd0\xff" + data[6:], "text/html; charset=utf-8").count(TEXT) == 29


@pytest.mark.parametrize("header", ["text/html; charset=koi8-r", None])
def test_koi8(header: str | None) -> None:
    text = "Завод в Комсомольске-на-Амуре выпустил первую партию насосов для речных судов. " * 3
    assert decode(text.encode("koi8-r"), header) == text


def test_nothing_is_nothing() -> None:
    assert decode(b"") == ""
