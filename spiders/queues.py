"""One queue a host: who asks it, in whatever crawl or process, waits for the one before and for the pause after it."""

from __future__ import annotations

import asyncio
import fcntl
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

LONGEST = 300.0  # seconds of a pause, however the clock was changed since: the longest delay that can be declared
POLL = 0.2  # seconds between two looks whether another process is done
_turns: dict[Path, asyncio.Lock] = {}  # within this process, first come, first served


class HostQueue:
    """The turn to ask one host, from a request to its answer. A killed process loses its turn with its files."""

    def __init__(self, folder: Path, host: str, who: str) -> None:
        """`who` names the crawl: between its own requests it keeps the pause itself."""
        self._path = folder / quote(host, safe="")
        self._who = who
        self._turn = _turns.setdefault(self._path, asyncio.Lock())
        self._file: IO[bytes] | None = None

    async def enter(self) -> None:
        await self._turn.acquire()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("a+b", buffering=0)
            while not self._is_locked():
                await asyncio.sleep(POLL)
            await asyncio.sleep(self._pause())
        except BaseException:
            self._let_go()
            raise

    def leave(self, pause: float) -> None:
        """The answer is here; the host is left alone for `pause` seconds."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.write(f"{time.time() + pause:.3f} {self._who}".encode())
            self._let_go()

    def _is_locked(self) -> bool:
        assert self._file is not None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _pause(self) -> float:
        """Seconds that are left of the last one's pause."""
        assert self._file is not None
        self._file.seek(0)
        until, _, who = self._file.read().decode().partition(" ")
        left = float(until) - time.time() if until and who != self._who else 0.0
        return min(max(0.0, left), LONGEST)

    def _let_go(self) -> None:
        if self._file is not None:
            self._file.close()  # and with it the lock
            self._file = None
        self._turn.release()
