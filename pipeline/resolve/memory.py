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
        self._nodes: dict[str, dict[str, None]] = defaultdict(dict)  # by key

    def add(self, nodes: Iterable[Node]) -> list[Added]:
        added: dict[str, Added] = {}
        for node in nodes:
            had = self.nodes.get(node.id)
            fresh = had is None or node.first < had.first
            keys = node.keys - (had.keys if had else frozenset())
            if not fresh and not keys:
                continue
            for key in keys:
                self._nodes[key][node.id] = None
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
        kept = ((key, self.nodes[n]) for key in keys for n in self._nodes.get(key, ()))
        return [(key, self._stored(n.id)) for key, n in kept if n.matter == matter and n.vague is vague]

    def keys(self, matter: Matter, nodes: Collection[str]) -> set[str]:
        return {k for n in nodes for k in self.nodes[n].keys}

    def crowds(self, keys: Collection[str]) -> dict[str, int]:
        return {k: len(self._nodes[k]) for k in keys if k in self._nodes}

    def assign(self, assignments: Iterable[Assignment]) -> None:
        for a in assignments:
            self.assignments[a.node] = a

    def _stored(self, node: str) -> Stored:
        assignment = self.assignments.get(node)
        return Stored(self.nodes[node], assignment.cluster if assignment else None)
