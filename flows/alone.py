"""Only one run at a time on this machine: at a source, at the readings to be accepted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


class AlreadyRunningError(RuntimeError):
    """Another run is at it; it is left to it."""


@contextmanager
def alone(lock: Path, what: str) -> Iterator[None]:
    """Holds `what`, by the file `lock`, against other runs. Raises AlreadyRunningError.

    The lock goes with the process that holds it, however that ends.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    held = FileLock(lock, blocking=False, thread_local=False)
    try:
        held.acquire()
    except Timeout:
        raise AlreadyRunningError(f"another run is at {what}") from None
    try:
        yield
    finally:
        held.release()
