"""An ingest in a process of its own, to be disturbed."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psutil

from flows import ingest
from flows.steps import Window
from pipeline.settings import Settings
from tests.processes import SERVER

LONGEST = 120.0  # seconds until an ingest counts as stuck


@dataclass(frozen=True)
class Stage:
    """Where an ingest plays: its registry, its data and its database. `python` is a folder put before all modules."""

    folder: Path
    database_url: str
    python: str = ""

    @property
    def settings(self) -> Settings:
        return Settings(
            data=self.folder / "data", database_url=self.database_url, allow_private=True, contact="test@example.org"
        )

    def enter(self) -> None:
        """Make this process play on the stage."""
        os.environ["ZAMENA_SOURCES"] = str(self.folder / "sources")
        if self.python:
            os.environ["PYTHONPATH"] = self.python


def ingest_all(stage: Stage) -> None:
    """One ingest of all sources; the exit code says whether each was seen whole."""
    stage.enter()
    results = ingest.run(ingest.chosen(), Window(), stage.settings)
    for result in results:
        print(result.source.id, result.crawl.outcome, result.crawl.reason, result.crawl.detail, flush=True)
    sys.exit(not all(result.crawl.ok for result in results))


@contextmanager
def playing(work: Callable[[Stage], None], stage: Stage) -> Iterator[ForkServerProcess]:
    """The work in a process of its own, which is gone at the end, with all that it started."""
    process = SERVER.Process(target=work, args=(stage,))
    process.start()
    try:
        yield process
    finally:
        for one in family(process.pid):
            one.kill()
        process.join()


def family(pid: int | None) -> list[psutil.Process]:
    """A process and all its descendants; none if it is gone."""
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def part(pid: int | None, name: str) -> psutil.Process | None:
    """The flow itself, its crawl or its reader, where there is one at this moment."""
    processes = family(pid)
    if name == "flow":
        return processes[0] if processes else None
    signs = {"crawl": "spiders.run", "reader": "spawn_main"}
    for one in processes[1:]:
        try:
            if any(signs[name] in word for word in one.cmdline()):
                return one
        except psutil.NoSuchProcess:
            continue
    return None


def kill(process: psutil.Process) -> bool:
    try:
        process.send_signal(signal.SIGKILL)
    except psutil.NoSuchProcess:
        return False
    return True


def until(condition: Callable[[], object], *, longest: float = LONGEST) -> bool:
    """Wait until the condition holds; whether it came to that."""
    deadline = time.monotonic() + longest
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True
