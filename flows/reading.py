"""Which reader a flow reads with: a process beside it, or the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.reader import Reader
from pipeline.settings import Settings

if TYPE_CHECKING:
    from flows.cluster import ClusterReader


@contextmanager
def reading(settings: Settings) -> Iterator[Reader | ClusterReader]:
    """The reader that the settings name, for as long as the context."""
    if not settings.dask:
        with Reader() as reader:
            yield reader
    else:
        from flows.cluster import ClusterReader, cluster  # a second to import

        with cluster(settings) as client:
            yield ClusterReader(client)
