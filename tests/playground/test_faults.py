"""The ill hosts are ill as promised, and healthy in their robots.txt."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from playground import faults
from spiders import registry

SECONDS = 0.5

STATUS = {
    "status-500": 500,
    "status-503": 503,
    "status-429": 429,
    "status-404": 404,
    "ddos-guard": 200,
    "qrator": 401,
    "script-stub": 200,
    "login-wall": 200,
    "empty": 200,
    "too-long": 200,
    "circle": 302,
    "chain": 302,
    "inwards": 302,
    "calendar": 200,
    "same-page": 200,
}
BROKEN: dict[str, type[Exception]] = {
    "hang": httpx.ReadTimeout,
    "hang-in-body": httpx.ReadTimeout,
    "drip": httpx.ReadTimeout,
    "reset": httpx.ReadError,
    "reset-in-body": httpx.ReadError,
    "no-http": httpx.RemoteProtocolError,
    "too-short": httpx.RemoteProtocolError,
    "bad-gzip": httpx.DecodingError,
    "self-signed": httpx.ConnectError,
    "plain-on-tls": httpx.ConnectError,
}
WITHOUT_END = ("gzip-bomb", "endless")


@pytest.fixture(scope="module")
def ward() -> Iterator[faults.Ward]:
    with faults.serve() as ward:
        yield ward


def test_every_illness_is_tested() -> None:
    assert {*STATUS, *BROKEN, *WITHOUT_END} == set(faults.NAMES)


@pytest.mark.parametrize(("name", "status"), STATUS.items())
def test_status(ward: faults.Ward, name: str, status: int) -> None:
    assert httpx.get(f"{ward.bases[name]}/news", timeout=SECONDS * 4).status_code == status


@pytest.mark.parametrize(("name", "error"), BROKEN.items())
def test_broken(ward: faults.Ward, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        httpx.get(f"{ward.bases[name]}/news", timeout=SECONDS)


@pytest.mark.parametrize("name", WITHOUT_END)
def test_more_comes_than_anybody_wants(ward: faults.Ward, name: str) -> None:
    got = 0
    with httpx.stream("GET", f"{ward.bases[name]}/news", timeout=10) as response:
        for block in response.iter_bytes():
            got += len(block)
            if got > 20_000_000:
                break
    assert got > 20_000_000


@pytest.mark.parametrize("name", sorted(set(faults.NAMES) - {"plain-on-tls"}))
def test_robots_txt_is_healthy(ward: faults.Ward, name: str) -> None:
    verify = ssl._create_unverified_context() if name == "self-signed" else True
    assert "Disallow:" in httpx.get(f"{ward.bases[name]}/robots.txt", timeout=5, verify=verify).text


def test_the_registry_takes_the_declarations(ward: faults.Ward, tmp_path: Path) -> None:
    ward.write_sources(tmp_path)
    assert {source.list for source in registry.load(tmp_path).values()} == {f"{b}/news" for b in ward.bases.values()}
