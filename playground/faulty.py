"""Ill hosts on loopback, each with one illness, and a healthy one among them: for tests and benchmarks of crawling."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import ipaddress
import ssl
import threading
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Answer = Callable[[str, asyncio.StreamWriter, "Host"], Awaitable[None]]
Illness = tuple[Answer, str, str]  # how a host answers; the outcome and the reason that must be told

ROBOTS = b"User-agent: *\nAllow: /\n"
TITLE = "Завод в крае открыл новый цех"
ARTICLE = (
    "<html><head><title>{0}</title></head><body><article><h1>{0} № {1}</h1><time datetime='2024-06-{1:02}'></time>"
    "<p>В крае открыт новый цех завода насосов: на нём будут работать сто двадцать человек из соседних посёлков.</p>"
    "<p>Предприятие заменит ввозные насосы для водоканалов, рассказали в министерстве промышленности.</p>"
    "</article></body></html>"
)


@dataclass
class Host:
    """What a host was asked."""

    name: str
    answer: Answer
    address: str = ""
    tls: bool = False
    asked: list[str] = field(default_factory=list)  # paths
    heads: list[str] = field(default_factory=list)  # of the requests, whole
    visits: Counter[str] = field(default_factory=Counter)


def response(body: bytes, *, status: str = "200 OK", headers: str = "", length: int | None = None) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n{headers}"
    return f"{head}Content-Length: {len(body) if length is None else length}\r\n\r\n".encode() + body


def news(*numbers: int, more: str = "") -> bytes:
    rows = "".join(
        f"<div class='row'><span>{number:02}.06.2024</span> <a href='/news/{number}'>{TITLE} № {number}</a></div>"
        for number in numbers
    )
    return f"<html><body><div class='list'>{rows}</div>{more}</body></html>".encode()


def article(number: int) -> bytes:
    return ARTICLE.format(TITLE, number).encode()


async def healthy(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    if path == "/robots.txt":
        writer.write(response(ROBOTS, headers=""))
    elif path == "/news/":
        writer.write(response(news(9, 8, 7)))
    else:
        writer.write(response(article(int(path.rsplit("/", 1)[1]))))


def on_list(answer: Answer) -> Answer:
    """The illness shows on the list; robots.txt is in health."""

    async def either(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
        await (healthy if path == "/robots.txt" else answer)(path, writer, host)

    return either


def on_articles(answer: Answer) -> Answer:
    async def either(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
        await (healthy if path in {"/robots.txt", "/news/"} else answer)(path, writer, host)

    return either


def fixed(data: bytes) -> Answer:
    async def give(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
        writer.write(data)

    return give


async def hang(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    await asyncio.sleep(60)


async def drip(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n")
    for _ in range(60):
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(1)


async def reset(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    await writer.drain()
    writer.transport.abort()


async def endless(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
    for _ in range(2_000):
        writer.write(b"<p>" + b"0" * 65536)
        await writer.drain()


async def circle(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    other = "/news/b/" if path == "/news/" else "/news/"
    writer.write(response(b"", status="302 Found", headers=f"Location: {other}\r\n"))


async def patient(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    """Asks for a second's patience once."""
    host.visits[path] += 1
    if host.visits[path] == 1:
        writer.write(response(b"", status="429 Too Many Requests", headers="Retry-After: 1\r\n"))
    else:
        await healthy(path, writer, host)


async def last_page_again(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    if "/news/?" in path or path == "/news/":
        page = int(path.partition("page=")[2] or 1)
        link = f"<a href='/news/?page={page + 1}'>Следующая</a>"
        writer.write(response(news(*((9, 8, 7) if page == 1 else (6, 5, 4)), more=link)))
    else:
        await healthy(path, writer, host)


async def calendar(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    """Months without end: every page links to the one before."""
    if path.startswith("/news/?") or path == "/news/":
        month = int(path.partition("month=")[2] or 0)
        link = f"<a href='/news/?month={month + 1}'>Ранее</a>"
        writer.write(response(news(9, 8, more=link) if month == 0 else f"<html><body>{link}</body></html>".encode()))
    else:
        await healthy(path, writer, host)


async def second_page_broken(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    if path == "/news/":
        writer.write(response(news(9, 8, 7, more="<a href='/news/?page=2'>Следующая</a>")))
    elif path.startswith("/news/?"):
        writer.write(response(b"<html><body><h1>MySQL server has gone away</h1></body></html>"))
    else:
        await healthy(path, writer, host)


async def robots_bars_pages(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    if path == "/robots.txt":
        writer.write(response(b"User-agent: *\nDisallow: /*page\n"))
    elif path == "/news/":
        writer.write(response(news(9, 8, 7, more="<a href='/news/?page=2'>Следующая</a>")))
    else:
        await healthy(path, writer, host)


async def sitemap_instead(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    """Bars its further pages, and names a sitemap that has them all."""
    if path == "/robots.txt":
        writer.write(response(f"User-agent: *\nDisallow: /*page\nSitemap: {host.address}/sitemap.xml\n".encode()))
    elif path == "/sitemap.xml":
        rows = "".join(f"<url><loc>{host.address}/news/{number}</loc></url>" for number in range(1, 10))
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        writer.write(response(f"<?xml version='1.0'?><urlset xmlns='{space}'>{rows}</urlset>".encode()))
    else:
        await robots_bars_pages(path, writer, host)


async def robots_bars_all(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    assert path == "/robots.txt", f"barred, and asked for {path}"
    writer.write(response(b"User-agent: zamena\nDisallow: /\n\nUser-agent: *\nAllow: /\n"))


async def robots_out_of_order(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    writer.write(response(b"", status="503 Service Unavailable"))


async def packed_in_parts(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    """A gzip of two members, as some front servers make it."""
    body = news(9, 8, 7) if path == "/news/" else article(7) if path.startswith("/news/") else ROBOTS
    writer.write(response(gzip.compress(body[:20]) + gzip.compress(body[20:]), headers=GZIP))


async def bomb(path: str, writer: asyncio.StreamWriter, host: Host) -> None:
    writer.write(response(_bomb(), headers=GZIP))


@cache
def _bomb() -> bytes:
    """200 MB, packed piece by piece: whoever imports this may be measuring its memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    pieces = [packer.compress(b"<p>"), *(packer.compress(bytes(1_000_000)) for _ in range(200))]
    return b"".join([*pieces, packer.flush()])


GZIP = "Content-Encoding: gzip\r\n"
PACKED = gzip.compress(news(*range(1, 29)))
HALF = PACKED[: len(PACKED) * 2 // 3]
BROKEN = PACKED[:60] + bytes(40) + PACKED[100:]
CHALLENGE = b"<html><head><title>DDoS-Guard</title><script src='https://check.ddos-guard.net/check.js'></script></html>"
STUB = (
    "<html><head><title>Проверка браузера</title><noscript>Включите JavaScript</noscript><script>a()</script></head>"
).encode()
LOGIN = "<html><body><form>Вход <input name='u'><input type='password' name='p'></form></body></html>".encode()
MENU = "<html><body><a href='/a'>О нас</a><p>Сайт переехал, всё новое смотрите там.</p></body></html>".encode()

ILLNESSES: dict[str, Illness] = {
    "healthy": (healthy, "complete", "exhausted"),
    "patient": (patient, "complete", "exhausted"),
    "last-page-again": (last_page_again, "complete", "repeated_page"),
    "calendar": (calendar, "complete", "endless_calendar"),
    "hang": (on_list(hang), "failed", "timeout"),
    "drip": (on_list(drip), "failed", "timeout"),
    "reset": (on_list(reset), "failed", "reset"),
    "error-500": (on_list(fixed(response(b"", status="500 Oops"))), "failed", "server_error"),
    "limited": (
        on_list(fixed(response(b"", status="429 Slow", headers="Retry-After: 86400\r\n"))),
        "failed",
        "rate_limited",
    ),
    "challenge-200": (on_list(fixed(response(CHALLENGE))), "failed", "challenge_ddos_guard"),
    "challenge-403": (on_list(fixed(response(STUB, status="403 Forbidden"))), "failed", "challenge_js"),
    "qrator": (
        on_list(fixed(response(b"<script src='/__qrator/qauth_utm_v2.js'></script>", status="401 Unauthorized"))),
        "failed",
        "challenge_qrator",
    ),
    "login": (on_list(fixed(response(LOGIN))), "failed", "login_wall"),
    "empty": (on_list(fixed(response(b" \n"))), "failed", "empty_body"),
    "forbidden": (on_list(fixed(response(b"<p>no</p>", status="403 Forbidden"))), "failed", "forbidden"),
    "gone": (on_list(fixed(response(b"<p>no</p>", status="404 Not Found"))), "failed", "not_found"),
    "bomb": (on_list(bomb), "failed", "too_large"),
    "endless": (on_list(endless), "failed", "too_large"),
    "huge": (on_list(fixed(response(b"<p>", length=10**10))), "failed", "too_large"),
    "short": (on_list(fixed(response(b"<p>half", length=5_000))), "failed", "wrong_length"),
    "no-http": (on_list(fixed(b"SSH-2.0-OpenSSH_9.6\r\n")), "failed", "malformed"),
    "no-gzip": (on_list(fixed(response(b"<p>plain", headers=GZIP))), "failed", "bad_compression"),
    "bad-gzip": (on_list(fixed(response(BROKEN, headers=GZIP))), "failed", "bad_compression"),
    "half-gzip": (on_list(fixed(response(HALF, headers=GZIP))), "failed", "bad_compression"),
    "brotli": (on_list(fixed(response(HALF, headers="Content-Encoding: br\r\n"))), "failed", "bad_compression"),
    "gzip-twice": (packed_in_parts, "complete", "exhausted"),
    "articles-half-gzip": (on_articles(fixed(response(HALF, headers=GZIP))), "truncated", "articles_failed"),
    "robots-half-gzip": (fixed(response(HALF, headers=GZIP)), "failed", "bad_compression"),
    "circle": (on_list(circle), "failed", "redirect_loop"),
    "moved": (
        on_list(fixed(response(b"", status="301 Moved", headers="Location: http://127.0.9.9:1/news/\r\n"))),
        "failed",
        "moved",
    ),
    "menu": (on_list(fixed(response(MENU))), "failed", "unknown_shape"),
    "second-page-broken": (second_page_broken, "truncated", "list_broken"),
    "robots-bars-pages": (robots_bars_pages, "truncated", "robots_pages"),
    "sitemap-instead": (sitemap_instead, "complete", "exhausted"),
    "robots-bars-all": (robots_bars_all, "failed", "robots_forbidden"),
    "robots-503": (robots_out_of_order, "failed", "robots_unreachable"),
    "articles-500": (on_articles(fixed(response(b"", status="500 Oops"))), "truncated", "articles_failed"),
    "articles-empty": (
        on_articles(fixed(response(b"<html><body><nav>menu</nav></body></html>"))),
        "failed",
        "too_few_articles",
    ),
    "articles-gone": (
        on_articles(fixed(response(b"<p>no</p>", status="404 Not Found"))),
        "complete",
        "exhausted",
    ),
    "bad-tls": (healthy, "failed", "tls"),
    "own-ca": (healthy, "complete", "exhausted"),
    "other-ca": (healthy, "failed", "tls"),
}


OVER_TLS = frozenset({"bad-tls", "own-ca", "other-ca"})


@contextmanager
def played(hosts: list[Host], certificate: ssl.SSLContext) -> Iterator[None]:
    """The hosts, each on its own loopback address, until the block ends; `address` is filled in."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> list[asyncio.Server]:
        servers = []
        for number, host in enumerate(hosts, 1):
            ip = f"127.0.7.{number}"
            server = await asyncio.start_server(_serve(host), ip, 0, ssl=certificate if host.tls else None)
            host.address = f"http{'s' if host.tls else ''}://{ip}:{server.sockets[0].getsockname()[1]}"
            servers.append(server)
        return servers

    servers = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield
    finally:
        for server in servers:
            loop.call_soon_threadsafe(server.close)

        async def cancel() -> None:
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            await asyncio.sleep(0)

        asyncio.run_coroutine_threadsafe(cancel(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def _serve(host: Host) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ", 2)[1]
            host.asked.append(path)
            host.heads.append(head)
            await host.answer(path, writer, host)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            pass
        finally:
            writer.close()

    return serve


def declared(hosts: list[Host], folder: Path, authorities: Mapping[str, Path]) -> Path:
    """A registry of the hosts; `authorities` are the files of the CAs that some of them declare, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = [
        {
            "id": host.name,
            "body": "government",
            "name": f"Больной сайт {host.name}",
            "platform": "plain",
            "homepage": f"{host.address}/",
            "list": f"{host.address}/news/",
            "basis": "played",
            "weekly": 1,
            "status": "enabled",
            "delay": 0,
            **({"certificates": str(authorities[host.name])} if host.name in authorities else {}),
        }
        for host in hosts
    ]
    content = {"region": "RU-KHA", "zone": "Asia/Vladivostok", "sources": sources}
    (folder / "RU-KHA.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate nobody's system trusts, for the addresses of the ward."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ward")])
    now = dt.datetime.now(dt.UTC)
    addresses = [x509.IPAddress(ipaddress.ip_address(f"127.0.7.{number}")) for number in range(1, 100)]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(addresses), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    ca, private = folder / "ca.pem", folder / "key.pem"
    ca.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ca, private)
    return context, ca
