"""What resolution is given and what it gives back: small rows in memory, no database.

A *node* is one distinct way of naming a thing: «Хартия технологического суверенитета» of Omsk is one node, however
many documents say it, so the work grows with the ways of naming and not with the documents. Its id is a digest of
what it holds. A *named* node can be compared with others by itself; a *vague* one («хартия», «А. Кузьмин»,
«соглашение») says too little and is attached to the named cluster that its evidence points at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from nlp.schema import Event, Official

Matter = Literal["story", "initiative", "person", "organization"]
VAGUE = "?"
MATTERS: tuple[Matter, ...] = ("story", "initiative", "person", "organization")


@dataclass(frozen=True, slots=True)
class EventRow:
    id: str
    event: Event


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with what was read from it."""

    id: str  # made from content or address, never a counter: ids of clusters come from it
    text: str
    published: date | None
    source: str  # name of who published it, for people to read
    source_region: str | None = None  # ISO 3166-2
    events: tuple[EventRow, ...] = ()
    people: tuple[Official, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """One distinct way of naming a thing of some matter; equal nodes have equal ids."""

    id: str
    matter: Matter
    vague: bool
    payload: Mapping[str, Any]  # JSON
    keys: frozenset[str]  # by these the store finds it; a document may add keys to a node. A vague node's begin with ?
    first: str  # ISO date of the earliest document that holds it, "9999" if none is dated

    @staticmethod
    def of(matter: Matter, payload: Mapping[str, Any], keys: Iterable[str], first: date | None, *, vague: bool) -> Node:
        marked = frozenset(VAGUE + k for k in keys) if vague else frozenset(keys)
        return Node(digest(matter, vague, payload), matter, vague, payload, marked, first_day(first))


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a document that speaks of a thing.

    `subject` says which: an event's id for initiatives; `event-id#n` (its n-th party, from 0) or `official#n`
    (n-th of the document's people) for people and organisations; the document's id for stories.
    """

    subject: str
    node: Node


@dataclass(frozen=True, slots=True)
class Assignment:
    """The cluster of a node, and why: the rule that ties it to `linked_to`, and how sure the rule is (0 to 1).

    The first node of a cluster, and one that nothing ties to others, has the rule "first" and score 1.
    """

    matter: Matter
    node: str
    cluster: str
    rule: str
    score: float
    linked_to: str | None = None  # id of the node it was compared with
    detail: str = ""  # what both have in common, in Russian, for `zamena why`


@dataclass(frozen=True, slots=True)
class Link:
    """Two nodes that name one thing."""

    rule: str
    score: float
    detail: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A node as the store keeps it, with its cluster as last assigned (None: never)."""

    node: Node  # `keys` may be left empty
    cluster: str | None


@dataclass(frozen=True, slots=True)
class Added:
    """What `Store.add` found new in a node."""

    node: Node
    fresh: bool  # the store did not have it, or had it with a later `first`
    keys: frozenset[str]  # of its keys, those the store did not have for it


class Store(Protocol):
    """What keeps nodes between loads: two tables, (matter, node, vague, payload, first, cluster) and (key, node).

    Both are keyed by content, so adding what is there already changes nothing. A loader that forgets a document
    counts how many documents gave a node and a key, and drops what none gives any more.
    """

    def add(self, nodes: Iterable[Node]) -> list[Added]:
        """Keep nodes with their keys; answer for each node in which something was new."""
        ...

    def sharing(self, matter: Matter, keys: Collection[str], *, vague: bool) -> list[tuple[str, Stored]]:
        """Each pair of a given key and a kept node (vague, or named) that has it."""
        ...

    def keys(self, matter: Matter, nodes: Collection[str]) -> set[str]:
        """All keys of these kept nodes."""
        ...

    def crowds(self, keys: Collection[str]) -> Mapping[str, int]:
        """How many kept nodes have each of these keys (a key that none has may be left out)."""
        ...

    def assign(self, assignments: Iterable[Assignment]) -> None:
        """Remember the clusters of nodes."""
        ...


class Resolver(Protocol):
    """The knowledge of one matter. All functions are pure."""

    def wanted(self, node: Node) -> frozenset[str]:
        """Keys under which the named nodes are found that may be one with this one, named or vague."""
        ...

    def link(self, a: Node, b: Node) -> Link | None:
        """Whether two named nodes name one thing. Symmetric."""
        ...

    def attach(self, vague: Node, named: Mapping[str, Mapping[str, Node]]) -> tuple[str, Link] | None:
        """Which cluster a vague node belongs to: cluster -> key shared with the vague node -> a node that has it."""
        ...

    def leftover(self, vague: Node) -> str:
        """Vague nodes that attach nowhere and have one such name are one cluster."""
        ...


def digest(*parts: Any) -> str:
    """80 bits of SHA-256: the same on every machine and in every order of loading."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:20]


def first_day(day: date | None) -> str:
    return day.isoformat() if day else "9999"
