"""Writing to the end of files that may be cut short: by a kill, by a full disk."""

from __future__ import annotations

from typing import IO


def append_whole(file: IO[bytes], data: bytes) -> None:
    """Append all of the data or, where the disk is full, nothing. `file` is unbuffered and at its end.

    One call writes it as a rule, so that a kill tears no more than the last piece; a disk that fills up lets a part
    through first and fails the next call: the part is taken back, or what comes later would follow a torn piece.
    """
    start = file.tell()
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError:
        file.seek(start)
        file.truncate()
        raise
