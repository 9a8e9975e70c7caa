"""The playground's server: every host on its own loopback address, all in one thread."""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import uvicorn
import yaml
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground import hosts, releases
from playground.platforms import Platform, platform
from playground.releases import Release
from playground.site import stock

START_SECONDS = 10
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """One request in the log. `when` counts seconds on the monotonic clock."""

    when: float
    host: str
    path: str  # with the query
    headers: dict[str, str]
    status: int


@dataclass(frozen=True, slots=True)
class Truth:
    """What a perfect crawl of a source would bring home for one release."""

    source: str
    url: str
    title: str  # empty where the platform has no headlines
    body: str
    published_on: date | None  # None where no page and no list tells it
    published_at: datetime | None  # where the minute is told
    release: Release


@dataclass
class Playground:
    """Running sites. `log` grows with every request."""

    platforms: dict[str, Platform]
    log: list[Asked] = field(default_factory=list)

    @property
    def bases(self) -> dict[str, str]:
        """Base address of each host by its id."""
        return {name: played.site.base for name, played in self.platforms.items()}

    def truth(self) -> list[Truth]:
        """Every release of every host, as it should come out of a crawl; newest first within a host."""
        return [truth for played in self.platforms.values() for truth in _truths(played)]

    def declarations(self, delay: float = 0.1) -> dict[str, dict[str, Any]]:
        """Declarations of the sources by region, in the form of the source registry; `delay` in seconds."""
        files: dict[str, dict[str, Any]] = {}
        for played in self.platforms.values():
            host = played.site.host
            file = files.setdefault(host.region, {"region": host.region, "zone": host.zone, "sources": []})
            file["sources"].append(_declaration(played, delay))
        return files

    def write_sources(self, folder: Path, delay: float = 0.1) -> None:
        """The declarations as files of a source registry, one a region."""
        folder.mkdir(parents=True, exist_ok=True)
        for region, declared in self.declarations(delay).items():
            text = yaml.safe_dump(declared, allow_unicode=True, sort_keys=False, width=120)
            (folder / f"{region}.yaml").write_text(text, encoding="utf-8")


def _truths(played: Platform) -> Iterator[Truth]:
    host = played.site.host
    for item in played.site.items:
        told = played.told(item)
        yield Truth(
            source=host.id,
            url=played.url(item),
            title=item.title if played.titled() else "",
            body=item.release.text if played.titled() else f"{item.title}\n\n{item.release.text}",
            published_on=told.date() if told else played.day_in_address(item),
            published_at=told if played.precision() == "minute" else None,
            release=item.release,
        )


def _declaration(played: Platform, delay: float) -> dict[str, Any]:
    host, base = played.site.host, played.site.base
    return {
        "id": host.id,
        "body": host.body,
        "name": host.name,
        "platform": host.platform,
        "homepage": f"{base}/",
        **{name: base + path for name, path in played.addresses().items()},
        "basis": "played",
        "zone": host.zone,
        "weekly": 1,
        "status": "enabled",
        "delay": delay,
    }


@contextmanager
def serve(only: Iterable[str] | None = None, *, port: int = 0, now: datetime | None = None) -> Iterator[Playground]:
    """Play the hosts (all, or those named by id) until the block ends.

    `port` is the one port of all addresses, 0 for any that is free: give one where addresses must be the same the next
    time. `now` (aware) is the sites' clock. Raises OSError where the port is taken.
    """
    wanted = None if only is None else set(only)
    chosen = [host for host in hosts.load() if wanted is None or host.id in wanted]
    sockets = listen([host.address for host in chosen], port)
    published = releases.load()
    platforms = {}
    for host, listening in zip(chosen, sockets, strict=True):
        address, number = listening.getsockname()
        platforms[host.id] = platform(stock(host, published, f"http://{address}:{number}", now or datetime.now(UTC)))
    playground = Playground(platforms)
    doors: dict[tuple[str, int], tuple[str, ASGIApp]] = {
        listening.getsockname(): (host.id, Starlette(routes=platforms[host.id].routes()))
        for host, listening in zip(chosen, sockets, strict=True)
    }
    with run(_Street(doors, playground.log), sockets):
        yield playground


def listen(addresses: Iterable[str], port: int = 0) -> list[socket.socket]:
    """Listening sockets on one port of all the addresses; 0 is any that is free on each of them.

    Where a system has no loopback address but 127.0.0.1 (macOS), further ones become further ports of that.
    """
    wanted = list(addresses)
    for attempt in range(ATTEMPTS):
        sockets: list[socket.socket] = []
        try:
            for address in wanted:
                sockets.append(_bound(address, sockets[0].getsockname()[1] if sockets and not port else port))
        except OSError as error:
            _close(sockets)
            if error.errno == errno.EADDRNOTAVAIL:
                return [_bound("127.0.0.1", port + n if port else 0) for n in range(len(wanted))]
            # A port that is free on the first address may be taken on another: then another will do.
            if port or error.errno != errno.EADDRINUSE or attempt == ATTEMPTS - 1:
                raise
        else:
            return sockets
    raise AssertionError("unreachable")


def _bound(address: str, port: int) -> socket.socket:
    listening = socket.socket()
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def _close(sockets: Iterable[socket.socket]) -> None:
    for listening in sockets:
        listening.close()


class _Street:
    """The one ASGI application: finds the site by the address that was asked, and keeps the log."""

    def __init__(self, doors: dict[tuple[str, int], tuple[str, ASGIApp]], log: list[Asked]) -> None:
        self.doors = doors
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host, site = self.doors[tuple(scope["server"])]

        async def logged(message: Message) -> None:
            if message["type"] == "http.response.start":
                query = scope["query_string"].decode()
                path = scope["path"] + (f"?{query}" if query else "")
                headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
                self.log.append(Asked(time.monotonic(), host, path, headers, message["status"]))
            await send(message)

        await site(scope, receive, logged)


@contextmanager
def run(application: Any, sockets: list[socket.socket]) -> Iterator[None]:
    """An ASGI application on listening sockets, in a thread, until the block ends."""
    config = uvicorn.Config(application, interface="asgi3", lifespan="off", log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": sockets}, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + START_SECONDS
        while not server.started:
            if not thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the playground's server did not start")
            time.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)
        _close(sockets)
