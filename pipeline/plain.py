"""Stand-in for pipeline.resolve until it is there: equal names are one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.resolve.engine import resolve as _resolve
from pipeline.resolve.rows import Assignment, DocumentRow, Link, Mention, Node, Store


class _Nothing:
    def link_keys(self, node: Node) -> frozenset[str]:
        return frozenset()

    def link(self, a: Node, b: Node) -> Link | None:
        return None

    def attach(self, vague: Node, named: Mapping[str, Mapping[str, Node]]) -> None:
        return None

    def leftover(self, vague: Node) -> str:
        return vague.id


def read(document: DocumentRow) -> list[Mention]:
    def node(matter: Any, *name: Any) -> Node:
        return Node.of(matter, {"name": name}, [str(name)], document.published, vague=False)

    out = [Mention(document.id, node("story", document.text))]
    for row in document.events:
        e = row.event
        out.append(Mention(row.id, node("initiative", e.kind, sorted(e.regions), (e.initiative or "").lower())))
        for n, p in enumerate(e.parties):
            if p.kind != "region":
                out.append(Mention(f"{row.id}#{n}", node(p.kind, p.name)))
    for n, o in enumerate(document.people):
        out.append(Mention(f"official#{n}", node("person", o.name)))
        if o.organization:
            out.append(Mention(f"official#{n}", node("organization", o.organization)))
    return out


def resolve(store: Store, nodes: Iterable[Node], again: Iterable[Node] = ()) -> list[Assignment]:
    r = _Nothing()
    return _resolve(store, dict.fromkeys(("story", "initiative", "person", "organization"), r), nodes, again)
