"""Merges and splits that people decided, laid over the resolver's clusters of events. Pure.

A decision names events, not clusters, so that it holds however the clusters' ids change: a merge says that the
cluster of the event `from` is that of the event `into`; a split says which `events` leave and that the others `stay`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.models import stable_id


@dataclass(frozen=True, slots=True)
class Override:
    """A decision about initiatives that holds, the oldest first."""

    id: str
    action: Literal["merge", "split"]
    changes: Mapping[str, Any]


def anchors(overrides: Iterable[Override]) -> set[str]:
    """Events whose machine-made clusters must be known to apply the overrides."""
    return {o.changes[side] for o in overrides if o.action == "merge" for side in ("into", "from")}


def apply(overrides: Sequence[Override], cluster_of: Mapping[str, str]) -> Callable[[str, str], str]:
    """A function (event, its machine-made cluster) -> its cluster. `cluster_of` covers the anchors."""
    leaves = {
        event: stable_id("split", override.id)
        for override in overrides
        if override.action == "split"
        for event in override.changes["events"]
    }
    stands_for: dict[str, str] = {}

    def merged(cluster: str) -> str:
        while cluster in stands_for:
            cluster = stands_for[cluster]
        return cluster

    for override in overrides:
        if override.action == "merge":
            into, from_ = (override.changes[side] for side in ("into", "from"))
            if into in cluster_of and from_ in cluster_of:
                target, source = (merged(leaves.get(e, cluster_of[e])) for e in (into, from_))
                if target != source:
                    stands_for[source] = target
    return lambda event, cluster: merged(leaves.get(event, cluster))
