"""Messages to Telegram, as its own interface on loopback sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from apprise.plugins import N_MGR
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.alerts.channels import Sender
from pipeline.alerts.following import Wish
from pipeline.alerts.links import Links
from pipeline.alerts.messages import MOST_SHOWN, confirmation, digest
from pipeline.settings import Settings
from playground.server import listen, run

TOKEN = "123456789:abcdefghijklmnopqrstuvwxyz012345678"
LINKS = Links("https://zamena.example.org", "a key")
WISH = Wish(channel="telegram", address="42", query="", frequency="daily")
MOST = 4096  # characters that Telegram takes


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What the bot was asked to send."""
    messages: list[dict[str, Any]] = []

    async def send_message(request: Request) -> JSONResponse:
        messages.append(await request.json())
        return JSONResponse({"ok": True, "result": {}})

    sockets = listen(["127.0.0.1"])
    application = Starlette(routes=[Route(f"/bot{TOKEN}/sendMessage", send_message, methods=["POST"])])
    with run(application, sockets):
        address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/bot"
        monkeypatch.setattr(N_MGR["tgram"], "notify_url", address)
        yield messages


def test_a_message_reaches_the_chat(told: list[dict[str, Any]]) -> None:
    message = confirmation(WISH, {}, LINKS)
    assert Sender(Settings(telegram=TOKEN)).send("telegram", "42", message)
    [sent] = told
    assert str(sent["chat_id"]) == "42"
    assert message.subject in sent["text"]
    assert LINKS.confirm(WISH) in sent["text"]


def test_a_long_digest_fits() -> None:
    event = {
        "id": "e" * 20, "document_key": "d" * 20, "type": "charter_signing", "status": "done", "count": None,
        "money": None, "initiative": "Хартия " * 15, "kind": None, "quote": "слово " * 400, "published": "2026-05-05",
        "source": "Министерство промышленности и торговли", "url": "https://example.org/" + "news/" * 30,
    }  # fmt: skip
    message = digest(WISH, {}, [event] * 40, LINKS)
    assert len(message.subject) + len(message.body) < MOST
    assert message.body.count("/documents/") == MOST_SHOWN["telegram"]
    assert "И ещё 35 фактов" in message.body
