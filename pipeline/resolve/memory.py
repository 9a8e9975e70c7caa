"""The store in memory: for tests, benchmarks and small work without a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from pipeline.resolve.rows import Added, Assignment, Matter, Node, Stored


class MemoryStore:
    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.assignments: dict[str, Assignment] = {}
        self._by_key: dict[tuple[Matter, bool, str], dict[str, None]] = defaultdict(dict)

    def add(self, nodes: Iterable[Node]) -> list[Added]:
        added: dict[str, Added] = {}
        for node in nodes:
            had = self.nodes.get(node.id)
            fresh = had is None or node.first < had.first
            keys = node.keys - (had.keys if had else frozenset())
            if not fresh and not keys:
                continue
            for key in keys:
                self._by_key[node.matter, node.vague, key][node.id] = None
            kept = (
                replace(
                    node,
                    keys=node.keys | (had.keys if had else frozenset()),
                    first=min(node.first, had.first if had else "9"),
                )
                if had
                else node
            )
            self.nodes[node.id] = kept
            before = added.get(node.id)
            added[node.id] = Added(
                kept, fresh or (before is not None and before.fresh), keys | (before.keys if before else frozenset())
            )
        return list(added.values())

    def sharing(self, matter: Matter, keys: Collection[str], *, vague: bool) -> list[tuple[str, Stored]]:
        return [(key, self._stored(n)) for key in keys for n in self._by_key.get((matter, vague, key), ())]

    def keys(self, matter: Matter, nodes: Collection[str]) -> set[str]:
        return {k for n in nodes for k in self.nodes[n].keys}

    def assign(self, assignments: Iterable[Assignment]) -> None:
        for a in assignments:
            self.assignments[a.node] = a

    def _stored(self, node: str) -> Stored:
        assignment = self.assignments.get(node)
        return Stored(self.nodes[node], assignment.cluster if assignment else None)
