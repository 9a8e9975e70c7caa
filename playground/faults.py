"""Hosts that are ill, each in its own way, for a collector to survive.

Every host answers `/robots.txt` as a healthy one would and is ill on all other paths.
"""

from __future__ import annotations

import asyncio
import ssl
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import socket
from typing import Any

import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from playground.illnesses import ILLNESSES, Illness, Writer, empty, healthy_robots
from playground.server import listen

_BAD_TLS = ("self-signed", "plain-on-tls")
NAMES: tuple[str, ...] = (*ILLNESSES, *_BAD_TLS)


@dataclass(frozen=True, slots=True)
class Ward:
    """Running ill hosts: base address by the name of the illness."""

    bases: dict[str, str]

    def write_sources(self, folder: Path, delay: float = 0.1) -> None:
        """The declarations as the file of a source registry."""
        folder.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(self.declarations(delay=delay), allow_unicode=True, sort_keys=False, width=120)
        (folder / "ill.yaml").write_text(text, encoding="utf-8")

    def declarations(
        self, region: str = "RU-KHA", zone: str = "Asia/Vladivostok", delay: float = 0.1
    ) -> dict[str, Any]:
        """One file of a source registry that declares every ill host as a plain list."""
        sources = [
            {
                "id": f"ill-{name}",
                "body": "press_agency",
                "name": f"Больной сайт: {name}",
                "platform": "plain",
                "homepage": f"{base}/",
                "list": f"{base}/news",
                "basis": "played",
                "weekly": 1,
                "status": "enabled",
                "delay": delay,
            }
            for name, base in self.bases.items()
        ]
        return {"region": region, "zone": zone, "sources": sources}


@contextmanager
def serve(names: Iterable[str] = NAMES, port: int = 0) -> Iterator[Ward]:
    """Play the ill hosts, each on its own loopback address, until the block ends. Raises KeyError for unknown ones."""
    chosen = {name: ILLNESSES[name] if name not in _BAD_TLS else empty for name in names}
    sockets = listen([f"127.0.1.{n}" for n in range(1, len(chosen) + 1)], port)
    bases = {}
    for name, listening in zip(chosen, sockets, strict=True):
        address, number = listening.getsockname()
        bases[name] = f"{'https' if name in ('self-signed', 'plain-on-tls') else 'http'}://{address}:{number}"
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=_play, args=(loop, chosen, sockets, ready), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield Ward(bases)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _play(
    loop: asyncio.AbstractEventLoop, chosen: dict[str, Illness], sockets: list[socket], ready: threading.Event
) -> None:
    asyncio.set_event_loop(loop)
    loop.set_exception_handler(lambda *_: None)  # clients that run away are what these hosts are for
    servers = [
        loop.run_until_complete(
            asyncio.start_server(
                _deaf if name == "plain-on-tls" else _doctor(illness),
                sock=sock,
                ssl=_self_signed() if name == "self-signed" else None,
            )
        )
        for (name, illness), sock in zip(chosen.items(), sockets, strict=True)
    ]
    loop.call_soon(ready.set)
    loop.run_forever()
    for server in servers:
        server.close()
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    loop.run_until_complete(asyncio.sleep(0))  # what was aborted is closed on the next turn
    loop.close()


def _doctor(illness: Illness) -> Callable[[asyncio.StreamReader, Writer], Awaitable[None]]:
    """Reads one request and lets the illness answer; `/robots.txt` is answered in health."""

    async def answer(reader: asyncio.StreamReader, writer: Writer) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split(b" ", 2)[1].decode("latin-1")
            await (healthy_robots if path == "/robots.txt" else illness)(path, writer)
            await writer.drain()
            writer.close()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            writer.close()
        except asyncio.CancelledError:
            writer.transport.abort()

    return answer


async def _deaf(_: asyncio.StreamReader, writer: Writer) -> None:
    """Speaks plain HTTP to whoever knocks in TLS, as servers on the wrong port do."""
    writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
    writer.close()


def _self_signed() -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "both.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(path)
    return context
