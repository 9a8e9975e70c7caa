"""A server for measuring crawls: `python -m benchmarks.loopback PORT HOSTS RELEASES` plays so many hosts on loopback.

It does as little as a server can, so that what is measured is the crawler: each host has a robots.txt, a Bitrix list
of 30 entries a page, and releases in a page of some 8 KB with menus and "read also" around them.
"""

from __future__ import annotations

import asyncio
import sys

PER_PAGE = 30
_MENU = "".join(f"<li><a href='/section/{n}/'>Раздел портала номер {n}</a></li>" for n in range(40))
_TEXT = "".join(
    f"<p>Предприятие края запустило линию номер {n}: на ней будут делать насосы, которые раньше ввозили. "
    "Сто двадцать человек уже работают, рассказали в министерстве промышленности.</p>"
    for n in range(12)
)
_PAGE = (
    "<html><head><meta charset='utf-8'><title>{title}</title></head><body><ul class='menu'>" + _MENU + "</ul>"
    "<div class='news-detail'><span class='news-date-time'>16.03.2024</span><h3>{title}</h3>" + _TEXT + "</div>"
    "<div class='also'><a href='/news/1/'>Читайте также: другая новость</a></div></body></html>"
)


def address(number: int, port: int) -> str:
    return f"http://127.0.{100 + number // 200}.{1 + number % 200}:{port}"


def page(path: str, releases: int) -> bytes:
    if path == "/robots.txt":
        return b"User-agent: *\nAllow: /\n"
    if not path.startswith("/news/?") and path != "/news/":
        return _PAGE.format(title=f"В крае открыли новый завод {path.strip('/')}").encode()
    number = int(path.partition("PAGEN_1=")[2] or 1)
    first, last = (number - 1) * PER_PAGE + 1, min(number * PER_PAGE, releases)
    rows = "".join(
        f"<p class='news-item' id='bx_7_{n}'><span class='news-date-time'>16.03.2024</span> "
        f"<a href='/news/{n}/'>В крае открыли новый завод, новость {n}</a></p>"
        for n in range(first, last + 1)
    )
    more = f"<a href='/news/?PAGEN_1={number + 1}'>{number + 1}</a>" if last < releases else ""
    return f"<html><body><div class='news-list'>{rows}</div>{more}</body></html>".encode()


class _Protocol(asyncio.Protocol):
    def __init__(self, releases: int) -> None:
        self._releases = releases
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            body = page(head.split(b" ", 2)[1].decode(), self._releases)
            start = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(start.encode() + body)


async def serve(port: int, hosts: int, releases: int) -> None:
    loop = asyncio.get_running_loop()
    for number in range(hosts):
        ip = address(number, port).removeprefix("http://").partition(":")[0]
        await loop.create_server(lambda: _Protocol(releases), ip, port)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(*map(int, sys.argv[1:4])))
