"""Dask: a cluster of this machine's processors, or one at an address, and the reader on each of its workers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from distributed import Client, Future, KilledWorker, LocalCluster, WorkerPlugin, get_worker

import nlp
from flows.reader import read
from pipeline.database import chunks
from pipeline.load import Failure
from pipeline.settings import Settings

LOCAL = "local"  # the setting that asks for a cluster of this machine
PARTITION = 64  # documents a task at most: one task costs the scheduler what two documents cost a worker
TOPIC = "zamena"  # of what workers tell about their progress


class WarmUp(WorkerPlugin):  # type: ignore[misc]
    """Loads the models when a worker joins: once, and before it is given anything to read."""

    name = "zamena-warm-up"

    def setup(self, worker: Any) -> None:
        nlp.warm_up()


class ClusterReader:
    """Reads as `flows.reader.Reader` does, by partitions on the workers of a cluster.

    A document in whose reading workers die is tried alone, and given up when they die again.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    def warm(self) -> None:
        """Nothing to do: a worker has warmed up before it is given anything."""

    def read(self, documents: Sequence[nlp.Document]) -> list[nlp.Extraction | Failure]:
        """What the documents say, in their order."""
        share = -(-len(documents) // max(1, len(self._client.nthreads())))  # of few documents each worker has its own
        parts = list(chunks(documents, max(1, min(PARTITION, share))))
        futures = [self._client.submit(read, part, pure=False) for part in parts]
        return [outcome for part, future in zip(parts, futures, strict=True) for outcome in self._answer(part, future)]

    def _answer(self, part: list[nlp.Document], future: Future) -> list[nlp.Extraction | Failure]:
        try:
            answer: list[nlp.Extraction | Failure] = future.result()
        except KilledWorker as death:
            if len(part) == 1:
                return [Failure(nlp.VERSION, f"the reading process died: {death}")]
            return [outcome for one in part for outcome in self.read([one])]
        return answer


@contextmanager
def cluster(settings: Settings) -> Iterator[Client]:
    """A client of the cluster at `settings.dask`, or of a local one that lives as long as the context."""
    address = "" if settings.dask in ("", LOCAL) else settings.dask
    with Client(address) if address else _local(settings.workers) as client:
        client.register_plugin(WarmUp())
        yield client


@contextmanager
def _local(workers: int) -> Iterator[Client]:
    # one thread a process: the reader's caches are not made for threads, and its work is all in Python
    with (
        LocalCluster(
            n_workers=workers or None, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=logging.ERROR
        ) as local,
        Client(local) as client,
    ):
        yield client


def tell(number: int) -> None:
    """From a worker to whoever listens; elsewhere nobody does."""
    with suppress(ValueError):  # no worker here
        get_worker().log_event(TOPIC, number)


@contextmanager
def listening(client: Client, hear: Callable[[int], None]) -> Iterator[None]:
    """Hand on what the workers tell."""
    client.subscribe_topic(TOPIC, lambda event: hear(event[1]))
    try:
        yield
    finally:
        client.unsubscribe_topic(TOPIC)
