"""The archived copy is shown, and nothing in it acts."""

from __future__ import annotations

import httpx
import pytest
from bs4 import BeautifulSoup

from web.archived import harmless


@pytest.fixture
def page(client: httpx.Client) -> str:
    """Address of the page of the only archived document."""
    listed = BeautifulSoup(client.get("/?region=RU-TUL").text, "lxml")
    document = client.get(str(listed.select("main h3 a")[0]["href"]))
    [link] = [a for a in BeautifulSoup(document.text, "lxml").select("main a") if a.text == "архивная копия"]
    return str(link["href"])


def test_it_says_what_was_archived_and_when(client: httpx.Client, page: str) -> None:
    shown = BeautifulSoup(client.get(page).text, "lxml")
    text = shown.select_one("main").text  # type: ignore[union-attr]
    assert "5\N{NO-BREAK SPACE}мая\N{NO-BREAK SPACE}2026, 09:30" in text
    assert "sha1:ABC" in text
    [frame] = shown.select("iframe")
    assert not frame["sandbox"], "nothing is allowed in it"
    assert "javascript:" not in str(shown.select_one("main").select("a"))  # type: ignore[union-attr]


def test_nothing_in_the_frame_acts(client: httpx.Client, page: str) -> None:
    answer = client.get(page + "/shown")
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    shown = BeautifulSoup(answer.text, "lxml")
    assert shown.h1
    assert shown.h1.text == "Хартия подписана"
    assert "evil.example" not in answer.text
    assert "alert" not in answer.text
    assert {tag.name for tag in shown.select("body *")} <= {"body", "h1", "p", "div", "a"}
    assert not [tag for tag in shown.find_all(True) if set(tag.attrs) - {"lang", "charset"}]


def test_the_bytes_are_taken_home_as_they_came(client: httpx.Client, page: str) -> None:
    answer = client.get(page + "/bytes")
    assert answer.content.startswith(b"<html><head><meta charset=")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_where_there_is_none_it_says_so(client: httpx.Client) -> None:
    assert client.get("/documents/nothing/archived").status_code == 404


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ("<p>Привет".encode("windows-1251"), "text/html; charset=windows-1251", "Привет"),
        (b'{"a": "<b>"}', "application/json", "&lt;b&gt;"),
        (b"", "text/html", "<body>"),
        ("<?xml version='1.0' encoding='utf-8'?><rss><i>Привет</i></rss>".encode(), "application/xml", "Привет"),
        ("<html><body><p>Привет<script>x()</script>".encode(), "", "Привет"),
    ],
)
def test_what_it_is_made_of(body: bytes, content_type: str, expected: str) -> None:
    shown = harmless(body, content_type)
    assert expected in shown
    assert "<script" not in shown
