"""Clusters of nodes: a pure function of the set of nodes and keys in the store, whatever the order they came in.

Named nodes are connected components of the pairwise relation `Resolver.link`; only the components that new nodes
touch are looked at again. Then vague nodes choose among the named clusters that share a key with them; a choice is
made again when one of their keys gains a named node, or a node that has the key changes its cluster. So a batch costs
what is new in it, and loading one by one, all at once or shuffled ends in the same clusters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pipeline.resolve.rows import MATTERS, VAGUE, Added, Assignment, Link, Matter, Node, Resolver, Store, digest

FIRST = "first"
CROWD = 30  # a key that more named nodes have tells nothing of a vague one, and would cost what the database weighs


def resolve(
    store: Store, resolvers: Mapping[Matter, Resolver], nodes: Iterable[Node], again: Iterable[Node] = ()
) -> list[Assignment]:
    """Add nodes to the store, cluster anew what they touch, and answer every node whose assignment was made.

    `again`: kept nodes whose cluster lost a node since (a document changed or was rejected).
    """
    added = store.add(nodes) + [Added(n, fresh=True, keys=frozenset()) for n in again]
    out: list[Assignment] = []
    for matter in MATTERS:
        mine = [a for a in added if a.node.matter == matter]
        if mine:
            out += _resolve_matter(store, resolvers[matter], matter, mine)
    return out


def _resolve_matter(store: Store, resolver: Resolver, matter: Matter, added: list[Added]) -> list[Assignment]:
    touched = {a.node.id: a.node for a in added if a.fresh and not a.node.vague}
    seen, former, links = _component(store, resolver, matter, touched)
    named = _clusters(matter, seen, links)
    store.assign(named)

    vague = {a.node.id: a.node for a in added if a.node.vague}
    moved = {a.node for a in named if former.get(a.node) not in (None, a.cluster)}
    gained = Counter(k for a in added if not a.node.vague for k in a.keys)
    told = {k for k, n in store.crowds(gained).items() if n - gained[k] <= CROWD} | store.keys(matter, moved)
    for _, stored in store.sharing(matter, {VAGUE + k for k in told}, vague=True):
        vague[stored.node.id] = stored.node
    attached = _attach(store, resolver, matter, vague)
    store.assign(attached)
    return named + attached


def _component(
    store: Store, resolver: Resolver, matter: Matter, start: Mapping[str, Node]
) -> tuple[dict[str, Node], dict[str, str | None], dict[tuple[str, str], Link]]:
    """All named nodes that links lead to from some, with their former clusters and the links among them."""
    seen: dict[str, Node] = {}
    former: dict[str, str | None] = {}
    links: dict[tuple[str, str], Link] = {}
    frontier = dict(start)
    while frontier:
        by_key = defaultdict(list)
        wanted = _with_others(store, {n: (node, resolver.wanted(node)) for n, node in frontier.items()})
        for key, stored in store.sharing(matter, {k for ks in wanted.values() for k in ks}, vague=False):
            by_key[key].append(stored.node)
            former[stored.node.id] = stored.cluster
        seen |= frontier
        found: dict[str, Node] = {}
        for id_, node in sorted(frontier.items()):
            others = {o.id: o for k in wanted[id_] for o in by_key[k] if o.id != id_}
            for other_id, other in sorted(others.items()):
                pair = (min(id_, other_id), max(id_, other_id))
                if pair in links:
                    continue
                link = resolver.link(*sorted((node, other), key=lambda n: n.id))
                if link:
                    links[pair] = link
                    if other_id not in seen:
                        found[other_id] = other
        frontier = found
    return seen, former, links


def _with_others(store: Store, nodes: Mapping[str, tuple[Node, frozenset[str]]]) -> dict[str, frozenset[str]]:
    """Of the keys each node looks under, those that some other node has: a count is cheaper than the nodes."""
    having = store.crowds({k for _, keys in nodes.values() for k in keys})
    return {n: frozenset(k for k in keys if having.get(k, 0) > (k in node.keys)) for n, (node, keys) in nodes.items()}


def _clusters(matter: Matter, nodes: Mapping[str, Node], links: Mapping[tuple[str, str], Link]) -> list[Assignment]:
    """Connected components; each node with the surest of its links."""
    parent = {n: n for n in nodes}

    def root(n: str) -> str:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    best: dict[str, tuple[Link, str]] = {}
    for (a, b), link in sorted(links.items()):
        parent[root(a)] = root(b)
        for one, other in ((a, b), (b, a)):
            if one not in best or link.score > best[one][0].score:
                best[one] = (link, other)
    components = defaultdict(list)
    for n in nodes:
        components[root(n)].append(nodes[n])
    out = []
    for members in components.values():
        first = min(members, key=lambda m: (m.first, m.id))
        cluster = digest(matter, first.id)
        for m in sorted(members, key=lambda m: m.id):
            if m.id == first.id or m.id not in best:
                out.append(Assignment(matter, m.id, cluster, FIRST, 1.0))
            else:
                link, other = best[m.id]
                out.append(Assignment(matter, m.id, cluster, link.rule, link.score, other, link.detail))
    return out


def _attach(store: Store, resolver: Resolver, matter: Matter, vague: Mapping[str, Node]) -> list[Assignment]:
    wanted = {id_: resolver.wanted(node) for id_, node in vague.items()}
    telling = {k for k, n in store.crowds({k for ks in wanted.values() for k in ks}).items() if n <= CROWD}
    by_key = defaultdict(list)
    for key, stored in store.sharing(matter, telling, vague=False):
        by_key[key].append(stored)
    out = []
    for id_, node in sorted(vague.items()):
        candidates: dict[str, dict[str, Node]] = defaultdict(dict)
        for key in sorted(wanted[id_] & telling):
            for stored in sorted(by_key[key], key=lambda s: s.node.id):
                if stored.cluster:
                    candidates[stored.cluster].setdefault(key, stored.node)
        chosen = resolver.attach(node, candidates)
        if chosen:
            cluster, link = chosen
            other = min(candidates[cluster].values(), key=lambda n: (n.first, n.id))
            out.append(Assignment(matter, id_, cluster, link.rule, link.score, other.id, link.detail))
        else:
            out.append(Assignment(matter, id_, digest(matter, resolver.leftover(node)), FIRST, 1.0))
    return out
