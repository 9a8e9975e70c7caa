"""Any WARC file is read: what is damaged is told by its place, and costs nothing else."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from spiders import warc
from spiders.warc import TORN, Damage, Other, Record, read_warc

NUMBER = 6


def records(gzipped: bool) -> list[bytes]:
    """A warcinfo, and so many responses, each with its request, as warcio writes them."""
    out: list[bytes] = []

    def wrote(write: Callable[[WARCWriter], None]) -> None:
        buffer = BytesIO()
        write(WARCWriter(buffer, gzip=gzipped))
        out.append(buffer.getvalue())

    wrote(lambda w: w.write_record(w.create_warcinfo_record("x.warc.gz", {"software": "test"})))
    for number in range(NUMBER):
        url = f"http://example.org/{number}"
        body = f"<p>Завод номер {number}. {random.Random(number).randbytes(2000).hex()}".encode()
        for kind, line in (("request", f"GET /{number} HTTP/1.1"), ("response", "200 OK")):
            headers = StatusAndHeaders(line, [("Content-Type", "text/html")], protocol="HTTP/1.1")
            payload = body if kind == "response" else b""
            wrote(
                lambda w, u=url, k=kind, p=payload, h=headers: w.write_record(  # type: ignore[misc]
                    w.create_warc_record(u, k, payload=BytesIO(p), length=len(p), http_headers=h)
                )
            )
    return out


def read(data: bytes) -> tuple[list[str], list[Damage], int]:
    """The numbers of the responses, the damage, and how many other records there were."""
    found = list(read_warc(BytesIO(data)))
    urls = [one.archived.url.rpartition("/")[2] for one in found if isinstance(one, Record)]
    return urls, [one for one in found if isinstance(one, Damage)], sum(isinstance(one, Other) for one in found)


ALL = [str(number) for number in range(NUMBER)]


@pytest.mark.parametrize("gzipped", [True, False])
def test_what_others_wrote_is_read(gzipped: bool) -> None:
    parts = records(gzipped)
    found = list(read_warc(BytesIO(b"".join(parts))))
    assert [one.offset for one in found] == [sum(map(len, parts[:place])) for place in range(len(parts))]
    responses = [one for one in found if isinstance(one, Record)]
    assert [one.archived.url.rpartition("/")[2] for one in responses] == ALL
    assert responses[3].archived.body.decode().startswith("<p>Завод номер 3")
    assert [one.kind for one in found if isinstance(one, Other)] == ["warcinfo", *["request"] * NUMBER]
    whole = gzip.decompress(parts[2]) if gzipped else parts[2]
    assert responses[0].raw.strip() == whole.strip(), "a record can be written elsewhere as it was"


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_torn_file_costs_its_last_record(gzipped: bool) -> None:
    parts = records(gzipped)
    data = b"".join(parts)[:-100]
    urls, damage, _ = read(data)
    assert urls == ALL[:-1]
    assert damage == [Damage(sum(map(len, parts[:-1])), TORN)]


# (nothing but a digest guards the middle of a record that is not packed)
@pytest.mark.parametrize(("gzipped", "place"), [(True, "head"), (True, "middle"), (False, "head")])
def test_a_damaged_record_costs_itself_alone(gzipped: bool, place: str) -> None:
    parts = records(gzipped)
    victim = 6  # the response of number 2
    offset = sum(map(len, parts[:victim]))
    spot = 4 if place == "head" else len(parts[victim]) // 2
    data = bytearray(b"".join(parts))
    for at in range(offset + spot, offset + spot + 8):
        data[at] ^= 0xFF
    urls, damage, _ = read(bytes(data))
    assert urls == [number for number in ALL if number != "2"]
    assert [one.offset for one in damage] == [offset]


def test_a_length_that_lies_costs_itself_alone() -> None:
    parts = records(gzipped=False)
    honest = parts[6]
    length = next(line for line in honest.split(b"\r\n") if line.startswith(b"Content-Length"))
    parts[6] = honest.replace(length, length + b"0", 1)
    urls, damage, _ = read(b"".join(parts))
    assert urls == [number for number in ALL if number != "2"]
    assert [one.offset for one in damage] == [sum(map(len, parts[:6]))]


def test_garbage_between_records_costs_nothing() -> None:
    parts = records(gzipped=True)
    urls, damage, _ = read(b"".join(parts[:5]) + b"\x1f\x8b\x08 no member " * 9000 + b"".join(parts[5:]))
    assert urls == ALL
    assert [one.offset for one in damage] == [sum(map(len, parts[:5]))]


def test_random_damage_never_raises_and_costs_little() -> None:
    data = b"".join(records(gzipped=True))
    dice = random.Random(7)
    for _ in range(200):
        hurt = bytearray(data)
        hurt[dice.randrange(len(hurt))] ^= 1 << dice.randrange(8)
        urls, damage, _ = read(bytes(hurt))
        assert len(urls) >= NUMBER - 1
        assert len(urls) == NUMBER or damage


@pytest.mark.parametrize("data", [b"", b"\n", b"no archive at all " * 9999, gzip.compress(b"neither is this", mtime=0)])
def test_other_files_are_told(data: bytes) -> None:
    urls, damage, others = read(data)
    assert (urls, others) == ([], 0)
    assert [one.offset for one in damage] == ([0] if data.strip() else [])


def test_a_file_packed_as_a_whole_says_how_it_is_mended() -> None:
    urls, (damage,), _ = read(gzip.compress(b"".join(records(gzipped=False))))
    assert urls == []
    assert "warcio recompress" in damage.reason


def test_what_would_fill_the_memory_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MOST", 100_000)
    parts = records(gzipped=True)
    bomb = gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9000000\r\n\r\n" + bytes(9_000_000))
    urls, (damage,), _ = read(b"".join(parts[:5]) + bomb + b"".join(parts[5:]))
    assert urls == ALL
    assert damage.offset == sum(map(len, parts[:5]))
