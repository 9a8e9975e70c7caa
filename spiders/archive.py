"""The raw archive: every response as it came, in WARC/1.1 files that other tools read as well.

A writer owns its files: two crawls at once never share one. While a file is being written a lock file lies beside it;
one whose owner is gone marks a file that a kill may have torn, and `mend` cuts the unfinished record off.
"""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from spiders.appending import append_whole
from spiders.article import ArchiveRef

ROTATE_AT = 256 * 1024 * 1024  # bytes: small enough to move about, large enough to keep a year in few files
GZIP = zlib.MAX_WBITS | 16
LEVEL = 6  # warcio's own level 9 takes three times as long for 2 % less

Headers = Iterable[tuple[str, str]]


class ArchiveError(ValueError):
    """A reference that does not lead to a readable record."""


@dataclass(frozen=True, slots=True)
class Archived:
    """A record read back. `body` is what the page says: transfer and content encodings are undone."""

    url: str
    kind: Literal["response", "resource"]
    status: int | None  # of a response
    headers: Mapping[str, str]  # by lower-case name
    body: bytes
    fetched_at: datetime
    digest: str | None = None  # of the payload as it came, as the record states it: sha1:…

    @property
    def content_type(self) -> str | None:
        return self.headers.get("content-type")


class ArchiveWriter:
    """Appends records to files of its own below `root/name`. Use as a context manager, or call `close`."""

    def __init__(self, root: Path, name: str, *, contact: str = "", rotate_at: int = ROTATE_AT) -> None:
        self._root, self._name, self._contact, self._rotate_at = root, name, contact, rotate_at
        self._file: IO[bytes] | None = None
        self._lock: IO[bytes] | None = None
        self._part = 0
        self._stem = f"{datetime.now(UTC):%Y%m%d%H%M%S%f}-{os.getpid()}"
        self._buffer = BytesIO()
        self._warc = WARCWriter(self._buffer, gzip=False, warc_version="WARC/1.1")

    def response(
        self,
        url: str,
        *,
        status: str,
        headers: Headers,
        body: bytes,
        request: tuple[str, Headers, bytes],
        protocol: str = "HTTP/1.1",
        ip: str | None = None,
    ) -> ArchiveRef:
        """Writes a response and the request it answers; returns where the response lies.

        `status` is code and phrase, `request` the request line without protocol, its headers and its body.
        """
        # The body comes without its chunks: a header that promises them would make readers look for them.
        kept = [(name, value) for name, value in headers if name.lower() != "transfer-encoding"]
        answer = self._warc.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(status, kept, protocol=protocol),
            warc_headers_dict={"WARC-IP-Address": ip} if ip else {},
        )
        line, request_headers, request_body = request
        question = self._warc.create_warc_record(
            url,
            "request",
            payload=BytesIO(request_body),
            length=len(request_body),
            http_headers=StatusAndHeaders(f"{line} HTTP/1.1", list(request_headers), is_http_request=True),
            warc_headers_dict={
                "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID"),
                "WARC-Date": answer.rec_headers.get_header("WARC-Date"),
            },
        )
        ref = self._append(answer)
        self._append(question, rotate=False)  # in the same file as what it asked for
        return ref

    def resource(self, url: str, *, body: bytes, content_type: str) -> ArchiveRef:
        """Writes a document that came by another way than HTTP."""
        return self._append(
            self._warc.create_warc_record(
                url, "resource", payload=BytesIO(body), length=len(body), warc_content_type=content_type
            )
        )

    def copy(self, record: bytes) -> ArchiveRef:
        """Takes over a record of another archive as it was written there, unpacked."""
        return self._append_packed(_pack(record))

    def _append(self, record: object, *, rotate: bool = True) -> ArchiveRef:
        return self._append_packed(self._packed(record), rotate=rotate)

    def _append_packed(self, packed: bytes, *, rotate: bool = True) -> ArchiveRef:
        if self._file is None or (rotate and self._file.tell() >= self._rotate_at):
            self._open_next()
        assert self._file is not None
        offset = self._file.tell()
        append_whole(self._file, packed)
        return ArchiveRef(file=str(Path(self._file.name).relative_to(self._root)), offset=offset)

    def _packed(self, record: object) -> bytes:
        self._buffer.seek(0)
        self._buffer.truncate()
        self._warc.write_record(record)
        return _pack(self._buffer.getbuffer())

    def _open_next(self) -> None:
        self.close()
        folder = self._root / self._name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self._stem}-{self._part:05d}.warc.gz"
        self._part += 1
        self._lock = _lock_path(path).open("xb")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._file = path.open("xb", buffering=0)
        about = {
            "software": "zamena",
            "format": "WARC File Format 1.1",
            "robots": "classic",
            "operator": self._contact,
        }
        append_whole(self._file, self._packed(self._warc.create_warcinfo_record(path.name, about)))

    def close(self) -> None:
        if self._file is None or self._lock is None:
            return
        os.fsync(self._file.fileno())
        self._file.close()
        Path(self._lock.name).unlink()
        self._lock.close()
        self._file = self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _pack(record: bytes | memoryview) -> bytes:
    """One gzip member."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    return packer.compress(record) + packer.flush()


def read(root: Path, ref: ArchiveRef) -> Archived:
    """The record that a reference points at. Raises ArchiveError where there is none."""
    path = root / ref.file
    if not path.resolve().is_relative_to(root.resolve()):
        raise ArchiveError(f"{ref.file}: not inside the archive")
    try:
        with path.open("rb") as file:
            file.seek(ref.offset)
            record = next(iter(ArchiveIterator(file)), None)
            if record is None or record.rec_type not in {"response", "resource"}:
                raise ArchiveError(f"{ref.file}: no response at byte {ref.offset}")
            return archived(record)
    except ArchiveError:
        raise
    except Exception as error:  # warcio, zlib and the file system each have their own
        raise ArchiveError(f"{ref.file}: unreadable at byte {ref.offset}: {error}") from error


def records(path: Path) -> Iterator[tuple[int, Archived]]:
    """All responses and resources of one file with their offsets."""
    with path.open("rb") as file:
        iterator = ArchiveIterator(file)
        for record in iterator:
            if record.rec_type in {"response", "resource"}:
                # The body is read first: the iterator knows a record's offset only once it is behind it.
                page = archived(record)
                yield iterator.get_record_offset(), page


def archived(record: object, most: int = -1) -> Archived:
    """What warcio's record of a response or resource says. Raises ArchiveError for a body of more than `most` bytes."""
    http = record.http_headers  # type: ignore[attr-defined]
    warc = record.rec_headers  # type: ignore[attr-defined]
    headers = {name.lower(): value for name, value in (http.headers if http else [])}
    if not http:
        headers["content-type"] = warc.get_header("Content-Type")
    body = record.content_stream().read(most + 1 if most >= 0 else None)  # type: ignore[attr-defined]
    if 0 <= most < len(body):
        raise ArchiveError(f"a body of more than {most} bytes")
    return Archived(
        url=warc.get_header("WARC-Target-URI"),
        kind=record.rec_type,  # type: ignore[attr-defined]
        status=int(http.get_statuscode()) if http else None,
        headers=headers,
        body=body,
        fetched_at=datetime.fromisoformat(warc.get_header("WARC-Date")),
        digest=warc.get_header("WARC-Payload-Digest"),
    )


@dataclass(frozen=True, slots=True)
class Mended:
    """A file whose unfinished last record was cut off."""

    file: str
    cut: int  # bytes


def mend(root: Path, name: str) -> list[Mended]:
    """Cuts what a killed writer left unfinished below `root/name`; files in use are let alone."""
    mended = []
    for lock in sorted((root / name).glob("*.lock")):
        with lock.open("rb") as handle, _owned(handle) as ours:
            if not ours:
                continue
            path = lock.with_suffix("")
            cut = _cut_torn(path) if path.exists() else 0
            if cut:
                mended.append(Mended(str(path.relative_to(root)), cut))
            lock.unlink()
    return mended


@contextmanager
def _owned(handle: IO[bytes]) -> Iterator[bool]:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True


def _lock_path(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def _cut_torn(path: Path) -> int:
    """Truncates a file after its last whole gzip member; returns the bytes cut."""
    size = path.stat().st_size
    whole = 0
    with path.open("r+b") as file:
        unpacker = zlib.decompressobj(GZIP)
        rest = b""
        while chunk := rest or file.read(1 << 20):
            rest = b""
            try:
                unpacker.decompress(chunk)
            except zlib.error:
                break
            if unpacker.eof:
                rest = unpacker.unused_data
                whole = file.tell() - len(rest)
                unpacker = zlib.decompressobj(GZIP)
        file.truncate(whole)
    return size - whole
