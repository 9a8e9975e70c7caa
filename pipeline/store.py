"""The resolver's memory in the database (pipeline.resolve.Store)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from pipeline.database import chunks, delete_where, execute, insert_all
from pipeline.models import Base, Document, NodeKey
from pipeline.models import Mention as MentionTable
from pipeline.models import Node as NodeTable
from pipeline.resolve import Added, Assignment, Matter, Mention, Node, Stored

IN = 10_000  # values in one IN list
NODES, KEYS = Base.metadata.tables["nodes"], Base.metadata.tables["node_keys"]


class DatabaseStore:
    """Nodes and keys with the number of mentions that hold them, within one transaction.

    `moved` collects, while resolving, the nodes that came into another cluster: node -> former cluster.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.moved: dict[str, str | None] = {}

    def add(self, nodes: Iterable[Node]) -> list[Added]:
        folded: dict[str, Node] = {}
        times: Counter[str] = Counter()
        key_times: Counter[tuple[str, str]] = Counter()
        for node in nodes:
            had = folded.get(node.id, node)
            folded[node.id] = replace(node, keys=node.keys | had.keys, first=min(node.first, had.first))
            times[node.id] += 1
            key_times.update((key, node.id) for key in node.keys)
        firsts = self._firsts(folded)
        known_keys = self._known_keys(key_times)
        out = []
        for node in folded.values():
            fresh = node.id not in firsts or node.first < firsts[node.id]
            keys = frozenset(k for k in node.keys if (k, node.id) not in known_keys)
            if fresh or keys:
                out.append(Added(replace(node, first=min(node.first, firsts.get(node.id, node.first))), fresh, keys))
        self._insert(folded, firsts, times, known_keys, key_times)
        return out

    def _firsts(self, nodes: Collection[str]) -> dict[str, str]:
        out: dict[str, str] = {}
        for ids in chunks(nodes, IN):
            rows = self.connection.execute(select(NodeTable.id, NodeTable.first).where(NodeTable.id.in_(ids)))
            out |= {row.id: row.first for row in rows}
        return out

    def _known_keys(self, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        out: set[tuple[str, str]] = set()
        for some in chunks(pairs, 2000):
            keys, nodes = {k for k, _ in some}, {n for _, n in some}
            rows = self.connection.execute(
                select(NodeKey.key, NodeKey.node_id).where(NodeKey.key.in_(keys), NodeKey.node_id.in_(nodes))
            )
            out.update((row.key, row.node_id) for row in rows)
        return out & set(pairs)

    def _insert(
        self,
        nodes: dict[str, Node],
        firsts: dict[str, str],
        times: Counter[str],
        known_keys: set[tuple[str, str]],
        key_times: Counter[tuple[str, str]],
    ) -> None:
        insert_all(
            self.connection,
            NodeTable,
            [
                {
                    "id": n.id,
                    "matter": n.matter,
                    "vague": int(n.vague),
                    "payload": dict(n.payload),
                    "first": n.first,
                    "documents": times[n.id],
                }
                for n in nodes.values()
                if n.id not in firsts
            ],
        )
        execute(
            self.connection,
            update(NODES)
            .where(NodeTable.id == bindparam("node"))
            .values(documents=NodeTable.documents + bindparam("times"), first=bindparam("earliest")),
            [
                {"node": id_, "times": times[id_], "earliest": min(first, nodes[id_].first)}
                for id_, first in firsts.items()
            ],
        )
        insert_all(
            self.connection,
            NodeKey,
            [
                {"key": key, "node_id": node, "documents": n}
                for (key, node), n in key_times.items()
                if (key, node) not in known_keys
            ],
        )
        self._count_keys({pair: key_times[pair] for pair in known_keys})

    def _count_keys(self, times: dict[tuple[str, str], int]) -> None:
        execute(
            self.connection,
            update(KEYS)
            .where(NodeKey.key == bindparam("the_key"), NodeKey.node_id == bindparam("node"))
            .values(documents=NodeKey.documents + bindparam("times")),
            [{"the_key": key, "node": node, "times": n} for (key, node), n in times.items()],
        )

    def sharing(self, matter: Matter, keys: Collection[str], *, vague: bool) -> list[tuple[str, Stored]]:
        pairs: list[tuple[str, str]] = []
        for some in chunks(keys, IN):
            query = select(NodeKey.key, NodeKey.node_id).where(NodeKey.key.in_(some))
            pairs += [(row.key, row.node_id) for row in self.connection.execute(query)]
        # not one query with a join: each node's payload is read once, however many keys it shares, and SQLite would
        # rather go through all nodes of the matter
        nodes: dict[str, Stored] = {}
        for ids in chunks({node for _, node in pairs}, IN):
            for row in self.connection.execute(select(*_NODE).where(NodeTable.id.in_(ids))):
                if row.matter == matter and row.vague == int(vague):
                    nodes[row.id] = _stored(row)
        return [(key, nodes[node]) for key, node in pairs if node in nodes]

    def members(self, matter: Matter, clusters: Collection[str]) -> list[Stored]:
        out = []
        for some in chunks(clusters, IN):
            rows = self.connection.execute(
                select(*_NODE).where(NodeTable.matter == matter, NodeTable.cluster.in_(some))
            )
            out += [_stored(row) for row in rows]
        return out

    def keys(self, matter: Matter, nodes: Collection[str]) -> set[str]:
        out: set[str] = set()
        for some in chunks(nodes, IN):
            out.update(self.connection.scalars(select(NodeKey.key).where(NodeKey.node_id.in_(some)).distinct()))
        return out

    def crowds(self, keys: Collection[str]) -> dict[str, int]:
        out: dict[str, int] = {}
        for some in chunks(keys, IN):
            query = select(NodeKey.key, func.count()).where(NodeKey.key.in_(some)).group_by(NodeKey.key)
            out.update((row[0], row[1]) for row in self.connection.execute(query))
        return out

    def assign(self, assignments: Iterable[Assignment]) -> None:
        wanted = {a.node: a for a in assignments}
        former: dict[str, tuple[Any, ...]] = {}
        columns = (NodeTable.cluster, NodeTable.rule, NodeTable.score, NodeTable.linked_to, NodeTable.detail)
        for ids in chunks(wanted, IN):
            for id_, *values in self.connection.execute(select(NodeTable.id, *columns).where(NodeTable.id.in_(ids))):
                former[id_] = tuple(values)
        changed = []
        for a in wanted.values():
            if former[a.node] == (a.cluster, a.rule, a.score, a.linked_to, a.detail):
                continue
            if former[a.node][0] != a.cluster:
                self.moved.setdefault(a.node, former[a.node][0])
            changed.append(
                {
                    "node": a.node,
                    "new_cluster": a.cluster,
                    "new_rule": a.rule,
                    "new_score": a.score,
                    "new_link": a.linked_to,
                    "new_detail": a.detail,
                }
            )
        execute(
            self.connection,
            update(NODES)
            .where(NodeTable.id == bindparam("node"))
            .values(
                cluster=bindparam("new_cluster"),
                rule=bindparam("new_rule"),
                score=bindparam("new_score"),
                linked_to=bindparam("new_link"),
                detail=bindparam("new_detail"),
            ),
            changed,
        )

    def forget(self, mentions: Collection[Mention]) -> list[Node]:
        """Take these mentions' nodes and keys back; answers the kept nodes of clusters that lost a node."""
        if not mentions:
            return []
        times = Counter(m.node.id for m in mentions)
        key_times = Counter((key, m.node.id) for m in mentions for key in m.node.keys)
        self._count_keys({pair: -n for pair, n in key_times.items()})
        execute(
            self.connection,
            update(NODES)
            .where(NodeTable.id == bindparam("node"))
            .values(documents=NodeTable.documents - bindparam("times")),
            [{"node": node, "times": n} for node, n in times.items()],
        )
        lost = self.connection.execute(
            select(NodeTable.id, NodeTable.matter, NodeTable.cluster).where(
                NodeTable.id.in_(times), NodeTable.documents <= 0
            )
        ).all()
        self.connection.execute(delete(NodeKey).where(NodeKey.node_id.in_(times), NodeKey.documents <= 0))
        delete_where(self.connection, NodeTable.id, [row.id for row in lost])
        self._date_again([n for n in times if n not in {row.id for row in lost}])
        again = []
        for matter in {row.matter for row in lost}:
            clusters = {row.cluster for row in lost if row.matter == matter and row.cluster}
            again += [stored.node for stored in self.members(matter, clusters)]
        return again

    def _date_again(self, nodes: Collection[str]) -> None:
        for ids in chunks(nodes, IN):
            rows = self.connection.execute(
                select(MentionTable.node_id, func.min(Document.published_on))
                .join(Document, Document.id == MentionTable.document_id)
                .where(MentionTable.node_id.in_(ids))
                .group_by(MentionTable.node_id)
            )
            execute(
                self.connection,
                update(NODES).where(NodeTable.id == bindparam("node")).values(first=bindparam("earliest")),
                [{"node": node, "earliest": day.isoformat() if day else "9999"} for node, day in rows],
            )


_NODE = (NodeTable.id, NodeTable.matter, NodeTable.vague, NodeTable.payload, NodeTable.first, NodeTable.cluster)


def _stored(row: Any) -> Stored:
    return Stored(Node(row.id, row.matter, bool(row.vague), row.payload, frozenset(), row.first), row.cluster)
