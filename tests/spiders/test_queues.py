"""One queue a host, whoever asks it."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
import yaml

from playground import faulty
from spiders.crawl import crawl_fleet
from spiders.order import Order
from spiders.queues import HostQueue

DELAY = 0.5


T = TypeVar("T")


def _run(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: in this one a browser of another test may have left a loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@dataclass
class Watch:
    """Answers healthily after a while; notes when it was asked, and by how many at once."""

    begun: list[float] = field(default_factory=list)
    most: int = 0
    now: int = 0

    async def answer(self, path: str, writer: asyncio.StreamWriter, host: faulty.Host) -> None:
        self.begun.append(time.monotonic())
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.1)
        self.now -= 1
        await faulty.healthy(path, writer, host)


def test_sources_of_one_host_share_a_queue_within_a_process_and_between_them(tmp_path: Path) -> None:
    watch = Watch()
    host = faulty.Host("one", watch.answer)
    with faulty.played([host], ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)):
        file = faulty.declared([host], tmp_path / "sources", {}) / "RU-KHA.yaml"
        declared = yaml.safe_load(file.read_text(encoding="utf-8"))
        (source,) = declared["sources"]
        declared["sources"] = [source | {"id": name, "delay": DELAY} for name in ("one", "two", "three")]
        file.write_text(yaml.safe_dump(declared), encoding="utf-8")
        one, two, three = (
            Order(
                source=name,
                sources=(file.parent,),
                archive=tmp_path / "archive",
                articles=tmp_path / f"{name}.jsonl",
                allow_private=True,
                contact="https://example.org/bot",
                settings={"RANDOMIZE_DOWNLOAD_DELAY": False},
            )
            for name in ("one", "two", "three")
        )
        with ThreadPoolExecutor(2) as pool:
            reports = [report for fleet in pool.map(crawl_fleet, [[one, two], [three]]) for report in fleet]
    assert [(report.reason, report.articles) for report in reports] == [("exhausted", 3)] * 3
    assert len(watch.begun) == 15  # robots.txt, the list and three articles each
    assert watch.most == 1
    gaps = [later - earlier for earlier, later in zip(watch.begun, watch.begun[1:], strict=False)]
    assert min(gaps) > DELAY / 2, gaps  # as the host sees them: the machine may be busy


def test_a_turn_comes_when_the_one_before_and_its_pause_are_over(tmp_path: Path) -> None:
    async def both() -> tuple[list[str], float]:
        order: list[str] = []

        async def visit(who: str, pause: float) -> None:
            queue = HostQueue(tmp_path, "host:80", who)
            await queue.enter()
            order.append(who)
            await asyncio.sleep(0.05)
            order.append(who)
            queue.leave(pause)

        begun = time.monotonic()
        await asyncio.gather(visit("a", 0.3), visit("b", 60), visit("b", 0))  # its own pause a crawl keeps itself
        return order, time.monotonic() - begun

    order, took = _run(both())
    assert order == ["a", "a", "b", "b", "b", "b"]
    assert 0.4 < took < 5


def test_who_is_stopped_while_waiting_stands_in_nobodys_way(tmp_path: Path) -> None:
    async def stopped() -> None:
        first, second, third = (HostQueue(tmp_path, "host", who) for who in "abc")
        await first.enter()
        first.leave(0.2)
        waiting = asyncio.ensure_future(second.enter())
        await asyncio.sleep(0.05)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await asyncio.wait_for(third.enter(), 5)
        third.leave(0)

    _run(stopped())
