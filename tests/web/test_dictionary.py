"""Readers are told in Russian what each table, column and parameter is that they see; nothing that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import httpx
from bs4 import BeautifulSoup

from pipeline import dictionary
from web.dictionary import views, words
from web.downloads import Listed, columns


def texts(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        for value in told.values():
            yield from texts(value)
    else:
        yield told


def test_every_column_shown_is_told_in_russian_and_none_that_is_gone() -> None:
    shown = {table.name: [f.name for f in table.fields] for table in dictionary.tables().values() if table.view}
    assert {name: list(told["columns"]) for name, told in words()["tables"].items()} == shown
    assert [table.name for table in views()] == list(shown)
    assert {field.type for table in dictionary.tables().values() for field in table.fields} <= set(words()["types"])


def test_every_column_of_a_download_is_told() -> None:
    told = {name: list(about["columns"]) for name, about in words()["lists"].items()}
    assert told == {listed: columns(listed) for listed in get_args(Listed)}


def test_what_is_told_is_russian() -> None:
    for text in texts(words()):
        assert re.search("[А-Яа-яё]{3}", text), text
        plain = re.sub(r"/api\S+|RU-OMS|=ID|\b[a-z_]+ — |ISO|JSON|UTC|API|\bdue и overdue\b|\bnext\b", "", text)
        assert not re.search("[A-Za-z]", plain), plain


def test_the_page_of_the_api_tells_all_of_it(client: httpx.Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    parameters = {p["name"] for path in paths.values() for p in path["get"].get("parameters", [])}
    assert set(words()["api"]["operations"]) == set(paths)
    assert set(words()["api"]["parameters"]) == parameters
    page = BeautifulSoup(client.get("/api/v1").text, "lxml")
    assert not page.select("main [lang=en]")
