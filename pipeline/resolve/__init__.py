"""Resolution: which documents tell one story, which mentions are one initiative, person, organisation.

How a loader uses it, once a batch, inside its transaction:

1. `read(document)` is pure: which places of the document (events, parties, officials, itself) speak of which node.
2. `resolve(store, nodes)` adds the nodes to the store and clusters anew what they touch; the answers are the
   assignments (node -> cluster, with the rule, its score and what it compared) that were made in this call.
3. The cluster of an event, party, official or document is that of its node.

`count_series(told)` and `promises(told)` then read one initiative's events in time.

"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.resolve import engine, initiatives, organizations, people, stories
from pipeline.resolve.memory import MemoryStore
from pipeline.resolve.promises import Promise, promises
from pipeline.resolve.rows import (
    MATTERS,
    Added,
    Assignment,
    DocumentRow,
    EventRow,
    Link,
    Matter,
    Mention,
    Node,
    Resolver,
    Store,
    Stored,
)
from pipeline.resolve.series import CountPoint, Told, count_series

__all__ = [
    "MATTERS",
    "Added",
    "Assignment",
    "CountPoint",
    "DocumentRow",
    "EventRow",
    "Link",
    "Matter",
    "MemoryStore",
    "Mention",
    "Node",
    "Promise",
    "Resolver",
    "Store",
    "Stored",
    "Told",
    "count_series",
    "promises",
    "read",
    "resolve",
]

RESOLVERS: Mapping[Matter, Resolver] = {
    "story": stories.Stories(),
    "initiative": initiatives.Initiatives(),
    "person": people.People(),
    "organization": organizations.Organizations(),
}


def read(document: DocumentRow) -> list[Mention]:
    """All places of a document that speak of something that lives across documents, each with its node. Pure."""
    return [
        stories.mention(document),
        *initiatives.mentions(document),
        *people.mentions(document),
        *organizations.mentions(document),
    ]


def resolve(store: Store, nodes: Iterable[Node], again: Iterable[Node] = ()) -> list[Assignment]:
    """Add nodes to the store and cluster anew what they touch; answers the assignments made, which it has stored.

    `again`: kept nodes whose cluster lost a node since. Ends in the same clusters whatever the order of loading.
    """
    return engine.resolve(store, RESOLVERS, nodes, again)
