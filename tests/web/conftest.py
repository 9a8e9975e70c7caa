"""The application served over real HTTP, on a database with releases, on both engines."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine

from pipeline import extractions
from pipeline.load import Item, load
from pipeline.settings import Settings
from playground.server import listen, run
from spiders.article import ArchiveRef, Article
from tests.databases import opened
from tests.mail import MailServer, serve_mail
from tests.web.chromium import CHROMIUM, FLAGS
from web.app import create_app

RELEASES = Path(__file__).parents[1] / "gold" / "linking" / "releases.jsonl"
ARCHIVE = ArchiveRef(file="hostile.warc.gz", offset=0)
HOSTILE = "<script>alert(1)</script>"


def releases() -> Iterator[Item]:
    """The annotated releases, as if a crawl had brought them and a person had read them."""
    with RELEASES.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            article = Article(
                source=record["source"],
                external_id=record["id"],
                url=None,
                title=record["title"],
                text=record["text"],
                published_on=date.fromisoformat(record["published"]),
                source_region=record["regions"][0] if record["regions"] else None,
            )
            yield article, extractions.parse(record, record["text"])


def hostile() -> Item:
    """A release that tries what a page must not let happen."""
    text = f"=HYPERLINK{HOSTILE}\n\nВ Туле подписана хартия {HOSTILE} & «Ко»."
    article = Article(
        source=f'злой"{HOSTILE}',
        external_id="hostile",
        url="javascript:alert(1)",
        title=f"=HYPERLINK{HOSTILE}",
        text=text,
        published_on=date(2026, 5, 5),
        source_region="RU-TUL",
        archive=ARCHIVE,
    )
    event = {
        "type": "charter_signing",
        "status": "done",
        "kind": "charter",
        "initiative": f"=хартия {HOSTILE}",
        "regions": ["RU-TUL"],
        "parties": [{"name": f"@{HOSTILE}", "kind": "organization"}],
        "quote": f"В Туле подписана хартия {HOSTILE} & «Ко»",
    }
    return article, extractions.parse({"events": [event]}, text)


ARCHIVED = (
    b"""<html><head><meta charset="windows-1251"><meta http-equiv="refresh" content="0;url=//evil.example/">
<link rel="stylesheet" href="//evil.example/a.css"><script src="//evil.example/a.js"></script></head>
<body onload="alert(1)"><h1>"""
    + "Хартия подписана".encode("windows-1251")
    + b"""</h1>
<img src="//evil.example/a.png" onerror="alert(1)"><a href="javascript:alert(1)">a</a><form action="//evil.example">
<input name="a"></form><svg onload="alert(1)"></svg><iframe src="//evil.example"></iframe>
<p style="background:url(//evil.example)">b</p></body></html>"""
)


@dataclass(frozen=True)
class Copy:
    """A record of an archive, with all that a page must not let happen."""

    url: str = "javascript:alert(1)"
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "text/html"})
    body: bytes = ARCHIVED
    fetched_at: datetime = datetime(2026, 5, 5, 6, 30, tzinfo=UTC)
    digest: str | None = "sha1:ABC"


def read_archived(file: str, offset: int) -> Copy:
    if file != ARCHIVE.file:
        raise LookupError(file)
    return Copy()


@pytest.fixture(scope="session")
def site_mail() -> Iterator[MailServer]:
    """The mail server of the application."""
    with serve_mail() as server:
        yield server


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest, site_mail: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, FastAPI]]:
    """The running application and its address."""
    url = request.getfixturevalue(f"{request.param}_database")()
    with opened(url) as engine:
        load(engine, [*releases(), hostile()])
    sockets = listen(["127.0.0.1"])
    address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    settings = Settings(data=tmp_path_factory.mktemp("web"), database_url=url, site=address, mail=site_mail.setting)
    app = create_app(settings, read_archived=read_archived)
    with run(app, sockets):
        yield address, app
    app.state.memory.close()
    app.state.engine.dispose()
    app.state.writer.dispose()


@pytest.fixture(scope="session")
def base(site: tuple[str, FastAPI]) -> str:
    """Address of the running application."""
    return site[0]


@pytest.fixture
def client(base: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=base, timeout=30) as opened_client:
        yield opened_client


@pytest.fixture
def writer(site: tuple[str, FastAPI]) -> Engine:
    """The engine by which the application writes."""
    site[1].state.limiter.reset()
    engine: Engine = site[1].state.writer
    return engine


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with its module: its running loop would be in the way of tests that run one of their own."""
    if CHROMIUM is None:
        message = "no Chromium on this machine: the pages were not tried in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()
