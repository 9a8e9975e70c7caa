"""The application served over real HTTP, on a database with releases, on both engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from pipeline import extractions
from pipeline.load import Item, load
from playground.server import listen, run
from spiders.article import Article
from tests.databases import opened
from web.app import create_app

RELEASES = Path(__file__).parents[1] / "gold" / "linking" / "releases.jsonl"
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


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def base(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of the running application."""
    url = request.getfixturevalue(f"{request.param}_database")()
    with opened(url) as engine:
        load(engine, [*releases(), hostile()])
    sockets = listen(["127.0.0.1"])
    app = create_app(url)
    address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    with run(app, sockets):
        yield address
    app.state.engine.dispose()


@pytest.fixture
def client(base: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=base, timeout=30) as opened_client:
        yield opened_client
