"""What a host can be ill with, each written on a bare socket, below any HTTP library."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import Callable, Coroutine
from functools import cache
from socket import SO_LINGER, SOL_SOCKET
from typing import Any

FOREVER = 3600  # seconds that a hanging host keeps silent
BOMB = 256 * 1024 * 1024  # bytes that the gzip bomb unpacks to

Writer = asyncio.StreamWriter
Illness = Callable[[str, Writer], Coroutine[Any, Any, None]]  # the path that was asked for, where to answer

ILLNESSES: dict[str, Illness] = {}


def _illness(function: Illness) -> Illness:
    ILLNESSES[function.__name__.replace("_", "-")] = function
    return function


def _head(status: str, headers: str = "", kind: str = "text/html; charset=utf-8") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n{headers}\r\n".encode()


def _page(body: str, status: str = "200 OK", headers: str = "") -> bytes:
    data = body.encode()
    return _head(status, f"Content-Length: {len(data)}\r\n{headers}") + data


async def healthy_robots(_: str, writer: Writer) -> None:
    writer.write(_page("User-agent: *\nDisallow:\n"))


@_illness
async def hang(_: str, __: Writer) -> None:
    """Takes the request and never says a word."""
    await asyncio.sleep(FOREVER)


@_illness
async def hang_in_body(_: str, writer: Writer) -> None:
    """Begins its answer and falls silent."""
    writer.write(_head("200 OK", "Content-Length: 50000\r\n") + b"<html><body><p>")
    await writer.drain()
    await asyncio.sleep(FOREVER)


@_illness
async def drip(_: str, writer: Writer) -> None:
    """A byte a second, so that no timeout between bytes ever fires."""
    for byte in _page("<html>" + "<p>Новости</p>" * 5000):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(1)


@_illness
async def reset(_: str, writer: Writer) -> None:
    """Resets the connection instead of answering."""
    _reset(writer)


@_illness
async def reset_in_body(_: str, writer: Writer) -> None:
    """Resets the connection in the midst of the page."""
    writer.write(_head("200 OK", "Content-Length: 50000\r\n") + b"<html><body><p>" * 100)
    await writer.drain()
    await asyncio.sleep(0.1)
    _reset(writer)


def _reset(writer: Writer) -> None:
    sock = writer.get_extra_info("socket")
    sock.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))  # close with RST and no farewell
    writer.transport.abort()


@_illness
async def no_http(_: str, writer: Writer) -> None:
    """Answers in another protocol."""
    writer.write(b"SSH-2.0-OpenSSH_9.2p1\r\n")


@_illness
async def status_500(_: str, writer: Writer) -> None:
    writer.write(_page("<h1>Internal Server Error</h1>", "500 Internal Server Error"))


@_illness
async def status_503(_: str, writer: Writer) -> None:
    writer.write(_page("<h1>Ведутся технические работы</h1>", "503 Service Unavailable", "Retry-After: 3600\r\n"))


@_illness
async def status_429(_: str, writer: Writer) -> None:
    writer.write(_page("<h1>Too Many Requests</h1>", "429 Too Many Requests", "Retry-After: 3600\r\n"))


@_illness
async def status_404(_: str, writer: Writer) -> None:
    writer.write(_page("<h1>Страница не найдена</h1>", "404 Not Found"))


@_illness
async def ddos_guard(_: str, writer: Writer) -> None:
    """The challenge of DDoS-Guard, with the status of a page that is well."""
    cookies = "Server: ddos-guard\r\nSet-Cookie: __ddg1_=abc; Path=/\r\nSet-Cookie: __ddgid_=def; Path=/\r\n"
    script = '<script src="https://check.ddos-guard.net/check.js"></script>'
    body = f"<html><head><title>DDoS-Guard</title>{script}</head><body>Проверка браузера перед переходом</body></html>"
    writer.write(_page(body, headers=cookies))


@_illness
async def qrator(_: str, writer: Writer) -> None:
    script = '<script src="/__qrator/qauth_utm_v2.js"></script>'
    body = f"<html><head>{script}</head><body></body></html>"
    writer.write(_page(body, "401 Unauthorized", "Set-Cookie: qrator_jsr=xyz; Path=/\r\n"))


@_illness
async def script_stub(_: str, writer: Writer) -> None:
    """A page of a script and a refresh, for browsers alone, with status 200."""
    body = (
        '<html><head><meta http-equiv="refresh" content="3"><script>document.cookie="js=1";location.reload()</script>'
        "</head><body><noscript>Please enable JavaScript</noscript></body></html>"
    )
    writer.write(_page(body))


@_illness
async def login_wall(_: str, writer: Writer) -> None:
    form = '<form action="/auth/" method="post"><input name="USER_LOGIN"><input type="password" name="USER_PASSWORD">'
    writer.write(_page(f"<html><title>Авторизация</title><body><h1>Вход в систему</h1>{form}</form></body></html>"))


@_illness
async def empty(_: str, writer: Writer) -> None:
    """Nothing at all, with status 200."""
    writer.write(_page(""))


@_illness
async def gzip_bomb(_: str, writer: Writer) -> None:
    """A quarter of a megabyte that unpacks to a quarter of a gigabyte."""
    writer.write(_head("200 OK", "Content-Encoding: gzip\r\n") + _bomb())


@cache
def _bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    block = b"<p>0</p>" * 131072
    return b"".join(packer.compress(block) for _ in range(BOMB // len(block))) + packer.flush()


@_illness
async def endless(_: str, writer: Writer) -> None:
    """A page without an end, as fast as it is read."""
    writer.write(_head("200 OK"))
    while True:
        writer.write("<p>И ещё одна новость из архива.</p>".encode() * 1000)
        await writer.drain()


@_illness
async def too_short(_: str, writer: Writer) -> None:
    """Promises more than it sends."""
    writer.write(_head("200 OK", "Content-Length: 100000\r\n") + "<html><p>Новость".encode())


@_illness
async def too_long(_: str, writer: Writer) -> None:
    """Sends more than it promised."""
    writer.write(_head("200 OK", "Content-Length: 12\r\n") + "<html><body><p>Новости края</p>".encode())


@_illness
async def bad_gzip(_: str, writer: Writer) -> None:
    """Says gzip, sends noise."""
    writer.write(_head("200 OK", "Content-Encoding: gzip\r\n") + b"\x1f\x8b\x08\x00" + bytes(range(256)))


@_illness
async def circle(path: str, writer: Writer) -> None:
    """Sends on to its other page, and that one back."""
    there = "/b" if path.startswith("/a") else "/a"
    writer.write(_page("", "302 Found", f"Location: {there}\r\n"))


@_illness
async def chain(path: str, writer: Writer) -> None:
    """Sends on for ever, each time to another address."""
    step = int(path.rpartition("/")[2]) if path.rpartition("/")[2].isdigit() else 0
    writer.write(_page("", "302 Found", f"Location: /step/{step + 1}\r\n"))


@_illness
async def inwards(_: str, writer: Writer) -> None:
    """Sends on to where no collector should go: the metadata address of clouds."""
    writer.write(_page("", "302 Found", "Location: http://169.254.169.254/latest/meta-data/\r\n"))


@_illness
async def calendar(path: str, writer: Writer) -> None:
    """An archive by months that offers an earlier one for ever and has nothing in any."""
    back = int(path.rpartition("=")[2]) if path.rpartition("=")[2].isdigit() else 0
    link = f'<a href="/news?month={back + 1}">Ранее</a>'
    writer.write(_page(f"<html><title>Архив</title><h1>Архив новостей</h1><p>Записей нет</p>{link}</html>"))


@_illness
async def same_page(path: str, writer: Writer) -> None:
    """A list whose every page is the first one, with a link to the next."""
    number = int(path.rpartition("=")[2]) if path.rpartition("=")[2].isdigit() else 1
    if path.startswith("/n/"):
        text = "<p>Завод начал выпуск насосов. Первую партию отгрузили в апреле.</p>" * 3
        writer.write(
            _page(f"<html><title>Новость</title><h1>Завод начал выпуск насосов</h1><p>12.04.2026</p>{text}</html>")
        )
        return
    items = "".join(f'<li>1{n}.04.2026 <a href="/n/{n}">Завод начал выпуск насосов, цех {n}</a></li>' for n in range(5))
    writer.write(_page(f'<html><ul>{items}</ul><a href="/news?page={number + 1}">Следующая</a></html>'))
