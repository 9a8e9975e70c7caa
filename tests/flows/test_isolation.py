"""Sources that fail, hang or lie delay no other and do not fail the run; each is shown with its reason."""

from __future__ import annotations

import asyncio
import ssl
import threading
from functools import partial
from pathlib import Path

import pytest

from flows import alarms, ingest, tables
from flows.steps import SourceResult, Window
from pipeline.settings import Settings
from playground import faulty
from spiders.crawl import crawl
from tests.databases import MakeDatabase

QUICK = {"RETRY_TIMES": 0}
ILL = {"reset": "reset", "endless": "too_large", "menu": "unknown_shape"}


def test_ill_sources_harm_no_other(
    tmp_path: Path, sqlite_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.steps.crawl", partial(crawl, settings=QUICK))
    released = threading.Event()

    async def hangs(path: str, writer: asyncio.StreamWriter, host: faulty.Host) -> None:
        """Says nothing before the healthy one is done, and nothing then."""
        while not released.is_set():
            await asyncio.sleep(0.02)

    hosts = [faulty.Host(name, faulty.ILLNESSES[name][0]) for name in [*ILL, "healthy"]]
    hosts.append(faulty.Host("hangs", faulty.on_list(hangs)))
    settings = Settings(data=tmp_path / "data", database_url=sqlite_database(), allow_private=True)
    with faulty.played(hosts, ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)):
        monkeypatch.setenv("ZAMENA_SOURCES", str(faulty.declared(hosts, tmp_path / "sources", {})))
        sources = sorted(ingest.chosen(), key=lambda source: source.id == "healthy")
        done: list[str] = []

        def note(result: SourceResult) -> None:
            done.append(result.source.id)
            if result.source.id == "healthy":
                released.set()

        results = ingest.run(sources, Window(), settings, ingest.Watch(done=note))
    reasons = {r.source.id: r.crawl.reason for r in results}
    assert reasons.items() >= (ILL | {"healthy": "exhausted"}).items()
    assert done[-1] == "hangs", "who hangs is waited for by no other, not even by the one begun last"
    (healthy,) = (r for r in results if r.source.id == "healthy")
    assert healthy.load.new == 3
    assert [row["outcome"] for row in tables.sources(results)] == ["failed"] * 4 + ["complete"]
    assert alarms._read(settings.data / "alarms.json") == {"menu": "unknown_shape", "endless": "too_large"}
