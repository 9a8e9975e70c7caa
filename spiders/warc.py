"""Any WARC file, record by record, in whatever state it is: damage is told by its offset, and what follows is read on.

A gzip member is unpacked whole before anything in it is believed: its checksum tells damage that a reader of streams
would pass on as a shorter page. After damage the next member, or the next record of an unpacked file, is looked for.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from warcio.archiveiterator import ArchiveIterator

from spiders.archive import GZIP, Archived, archived

MOST = 32 * 1024 * 1024  # bytes of an unpacked record: beyond what any page of text has
CHUNK = 64 * 1024  # bytes read at a time; no record's own headers are longer
TOO_LONG = f"a record of more than {MOST >> 20} MB, or many records packed as one: `warcio recompress` parts them"
TORN = "the file ends in the middle of this record"

_MEMBER = b"\x1f\x8b\x08"
_BEGIN = b"WARC/"
_NEXT = b"\n\r\nWARC/"
_BLANK = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length: *(\d+)\s*$", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(rb"^warc-type: *(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Record:
    """A response or resource: where it lies, its bytes as they were written, unpacked, and what it says."""

    offset: int  # of its gzip member, or of itself where the file is not packed
    raw: bytes
    archived: Archived


@dataclass(frozen=True, slots=True)
class Other:
    """A record of another kind (request, metadata, revisit, …): it holds no page."""

    offset: int
    kind: str


@dataclass(frozen=True, slots=True)
class Damage:
    """What could not be read at a place. Nothing else is lost by it."""

    offset: int
    reason: str


def read_warc(file: IO[bytes]) -> Iterator[Record | Other | Damage]:
    """All records of a seekable file, packed or not, with whatever is damaged. Raises OSError alone."""
    packed = file.read(len(_MEMBER)) == _MEMBER
    for block in _members(file) if packed else _plain(file):
        yield block if isinstance(block, Damage) else _parsed(*block)


def _parsed(offset: int, raw: bytes) -> Record | Other | Damage:
    """The one record that the bytes should be."""
    head = _head(raw)
    if head is None:
        return Damage(offset, "no WARC record begins here")
    missing = head.stop - len(raw)
    if missing > 0:
        return Damage(offset, f"{missing} bytes of the record are missing")
    if raw[head.stop :].strip():
        return Damage(offset, "more than one record in a gzip member: `warcio recompress` parts them")
    if head.kind not in {"response", "resource"}:
        return Other(offset, head.kind)
    try:
        return Record(offset, raw, archived(next(iter(ArchiveIterator(BytesIO(raw)))), MOST))
    except Exception as error:  # warcio, zlib and the parsers of headers each have their own
        return Damage(offset, f"unreadable: {type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True)
class _Head:
    kind: str
    body: int  # where the record's own headers end
    stop: int  # where the record should end


def _head(raw: bytes) -> _Head | None:
    """What the record's own headers say; None where there are none."""
    blank = _BLANK.search(raw, 0, CHUNK) if raw.startswith(_BEGIN) else None
    if blank is None:
        return None
    lines = raw[: blank.end()]
    length, kind = _LENGTH.search(lines), _TYPE.search(lines)
    if length is None or kind is None:
        return None
    return _Head(kind[1].decode("latin-1"), blank.end(), blank.end() + int(length[1]))


def _members(file: IO[bytes]) -> Iterator[tuple[int, bytes] | Damage]:
    """The gzip members, unpacked, with their offsets."""
    offset: int | None = 0
    while offset is not None:
        file.seek(offset)
        if not file.read(1):
            return
        file.seek(offset)
        try:
            raw, size = _unpack(file)
        except (zlib.error, EOFError, OverflowError) as problem:
            yield Damage(offset, str(problem) if not isinstance(problem, zlib.error) else f"damaged: {problem}")
            offset = _find(file, offset + 1, _MEMBER, _is_member)
        else:
            yield offset, raw
            offset += size


def _unpack(file: IO[bytes]) -> tuple[bytes, int]:
    """The gzip member at which the file stands, and its size as packed.

    Raises zlib.error for one that is damaged, EOFError for one that is torn, OverflowError for one that is too large.
    """
    unpacker = zlib.decompressobj(GZIP)
    raw = bytearray()
    read = 0
    while not unpacker.eof:
        chunk = unpacker.unconsumed_tail
        if not chunk:
            chunk = file.read(CHUNK)
            read += len(chunk)
        if not chunk:
            raise EOFError(TORN)
        raw += unpacker.decompress(chunk, MOST)
        if len(raw) > MOST:
            raise OverflowError(TOO_LONG)
    return bytes(raw), read - len(unpacker.unused_data)


def _plain(file: IO[bytes]) -> Iterator[tuple[int, bytes] | Damage]:
    """The records of a file that is not packed, with their offsets."""
    offset: int | None = 0
    while offset is not None:
        file.seek(offset)
        start = file.read(CHUNK)
        if not start.strip(b"\r\n"):
            return
        offset += len(start) - len(start.lstrip(b"\r\n"))
        head = _head(start.lstrip(b"\r\n"))
        if head is None:
            yield Damage(offset, "no WARC record begins here")
        elif head.stop > MOST:
            yield Damage(offset, TOO_LONG)
        else:
            file.seek(offset)
            raw = file.read(head.stop)
            after = file.read(4).strip(b"\r\n")
            if len(raw) < head.stop:
                yield Damage(offset, TORN)
            elif after:
                yield Damage(offset, "the record is longer or shorter than it says")
            else:
                yield offset, raw
                offset += head.stop
                continue
        found = _find(file, offset + 1, _NEXT, lambda *_: True)
        offset = None if found is None else found + _NEXT.index(_BEGIN)


def _is_member(file: IO[bytes], offset: int) -> bool:
    """Whether a gzip member that holds a WARC record begins here."""
    file.seek(offset)
    try:
        return zlib.decompressobj(GZIP).decompress(file.read(CHUNK), len(_BEGIN)) == _BEGIN
    except zlib.error:
        return False


def _find(file: IO[bytes], offset: int, mark: bytes, right: Callable[[IO[bytes], int], bool]) -> int | None:
    """The next place at which the mark stands and is right."""
    while True:
        file.seek(offset)
        chunk = file.read(CHUNK)
        if len(chunk) < len(mark):
            return None
        place = chunk.find(mark)
        if place < 0:
            offset += len(chunk) - len(mark) + 1
        elif right(file, offset + place):
            return offset + place
        else:
            offset += place + 1
