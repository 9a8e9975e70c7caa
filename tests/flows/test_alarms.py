"""Ill and recovered sources are told once, to real receivers on loopback, and to nobody while nothing has changed."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine

from flows import alarms
from flows.alarms import Change, illness
from flows.steps import crawled
from pipeline import crawls
from pipeline.settings import Settings
from spiders.reasons import reasons
from spiders.registry import Source
from spiders.report import CrawlReport

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WELL = ("complete", "exhausted")
TIMEOUT, BROKEN, GONE = ("failed", "timeout"), ("failed", "too_few_articles"), ("failed", "not_found")


@pytest.mark.parametrize(
    ("endings", "expected"),
    [
        ([WELL], None),
        ([], None),
        ([WELL, TIMEOUT], None),  # it may pass by itself
        ([WELL, TIMEOUT, TIMEOUT], "timeout"),
        ([WELL, TIMEOUT, WELL, TIMEOUT], None),
        ([GONE], "not_found"),  # nobody will mend it but us
        ([WELL, BROKEN], "too_few_articles"),
        ([BROKEN, GONE], "not_found"),  # graver
        ([GONE, TIMEOUT, TIMEOUT], "not_found"),  # lesser: still the same illness
        ([TIMEOUT, ("failed", "reset"), TIMEOUT], "reset"),  # one and the same, whatever it is called today
        ([GONE, WELL], None),
    ],
)
def test_what_ails_a_source(endings: list[tuple[str, str | None]], expected: str | None) -> None:
    assert illness(endings) == expected


def source(id_: str) -> Source:
    return Source(
        id=id_,
        region="RU-KHA",
        zone="Asia/Vladivostok",
        body="government",
        name=id_,
        platform="plain",
        homepage="https://example.org/",
        list="https://example.org/news/",
        basis="played",
        weekly=1,
        path=Path("RU-KHA.yaml"),
    )


ONE, TWO = source("one"), source("two")


class World:
    """Crawls an hour apart, and the messages that came."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine, self.settings = engine, settings
        self.at = NOW
        self.emitted: list[Change] = []

    def crawl(self, **reasons: str) -> list[Change]:
        self.at += timedelta(hours=1)
        for id_, reason in reasons.items():
            report = CrawlReport(source=id_, region="RU-KHA", started_at=self.at, finished_at=self.at)
            report.conclude(reason)
            crawls.record(self.engine, crawled(source(id_), report), [], new=0, changed=0)
        return alarms.tell(self.engine, [ONE, TWO], self.settings, date(2026, 3, 2), self.emitted.append)


class Receiver(BaseHTTPRequestHandler):
    """Takes messages, unless it is out of order."""

    got: list[dict[str, Any]]
    in_order: bool

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200 if type(self).in_order else 503)
        self.end_headers()
        if type(self).in_order:
            type(self).got.append(json.loads(body))

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def receiving() -> Iterator[tuple[str, type[Receiver]]]:
    class Mine(Receiver):
        got: list[dict[str, Any]] = []  # noqa: RUF012 - of this receiver alone
        in_order = True

    server = HTTPServer(("127.0.0.1", 0), Mine)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/", Mine
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_each_change_is_told_once(engine: Engine, tmp_path: Path) -> None:
    with receiving() as (address, receiver):
        world = World(engine, Settings(data=tmp_path, notify=address))
        assert world.crawl(one="exhausted", two="exhausted") == []
        assert world.crawl(one="not_found", two="timeout") == [Change(ONE, "not_found")]
        assert world.crawl(one="not_found", two="timeout") == [Change(TWO, "timeout")]
        assert world.crawl(one="not_found", two="timeout") == []
        assert world.crawl(one="exhausted", two="challenge_js") == [Change(ONE, None), Change(TWO, "challenge_js")]
        assert world.crawl(one="reached_known", two="challenge_js") == []
    assert [message["title"] for message in receiver.got] == [
        "Zamena: 1 ill",
        "Zamena: 1 ill",
        "Zamena: 1 ill, 1 recovered",
    ]
    assert receiver.got[0]["message"] == ("one (RU-KHA): not_found. The host answers 404 or 410. Find the new address.")
    assert "one (RU-KHA) has recovered." in receiver.got[2]["message"]
    assert [change.event for change in world.emitted] == [
        "zamena.source.degraded",
        "zamena.source.degraded",
        "zamena.source.recovered",
        "zamena.source.degraded",
    ]


def test_what_could_not_be_sent_is_told_after_the_next_run(engine: Engine, tmp_path: Path) -> None:
    with receiving() as (address, receiver):
        world = World(engine, Settings(data=tmp_path, notify=address))
        receiver.in_order = False
        assert world.crawl(one="not_found") == []
        receiver.in_order = True
        assert world.crawl(one="not_found") == [Change(ONE, "not_found")]
    assert len(receiver.got) == 1


def test_by_mail(engine: Engine, tmp_path: Path) -> None:
    class Box:
        def __init__(self) -> None:
            self.got: list[bytes] = []

        async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802
            self.got.append(envelope.content)
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        address = f"mailto://127.0.0.1:{port}/?from=zamena@example.org&to=keeper@example.org"
        World(engine, Settings(data=tmp_path, notify=address)).crawl(one="robots_forbidden")
    finally:
        controller.stop()
    (content,) = box.got
    message = message_from_bytes(content)
    assert message["To"] == "keeper@example.org"
    assert message["Subject"] == "Zamena: 1 ill"
    text = b"".join(part.get_payload(decode=True) or b"" for part in message.walk() if not part.is_multipart())  # type: ignore[misc]
    assert b"one (RU-KHA): robots_forbidden. robots.txt bars the list." in text


def test_without_addresses_it_is_told_to_prefect_alone(engine: Engine, tmp_path: Path) -> None:
    world = World(engine, Settings(data=tmp_path))
    assert world.crawl(one="not_found") == [Change(ONE, "not_found")]
    assert world.crawl(one="not_found") == []
    assert world.emitted == [Change(ONE, "not_found")]


def test_as_an_event_of_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    emitted: list[Any] = []
    monkeypatch.setattr(alarms, "emit_event", lambda *args, **more: emitted.append((*args, more)))
    alarms.emit(Change(ONE, "not_found"))
    alarms.emit(Change(ONE, None))
    resource = {"prefect.resource.id": "zamena.source.one", "zamena.region": "RU-KHA"}
    meaning = "The host answers 404 or 410. Find the new address."
    assert emitted == [
        ("zamena.source.degraded", resource, {"payload": {"illness": "not_found", "meaning": meaning}}),
        ("zamena.source.recovered", resource, {"payload": {"illness": None, "meaning": None}}),
    ]


@pytest.mark.parametrize("code", [code for code, reason in reasons().items() if reason.severity != "none"])
def test_every_illness_says_what_to_do(code: str) -> None:
    assert reasons()[code].action, "docs/reasons.md is what an operator goes by"
