"""Resolution: which documents tell one story, which mentions are one initiative, person, organisation.

How a loader uses it, once a batch, inside its transaction:

1. `read(document)` is pure: which places of the document (events, parties, officials, itself) speak of which node.
2. `resolve(store, nodes)` adds the nodes to the store and clusters anew what they touch; the answers are the
   assignments (node -> cluster, with the rule, its score and what it compared) that were made in this call.
3. The cluster of an event, party, official or document is that of its node.

`canonical`, `count_series` and `promises` then describe a cluster from its own rows alone.
"""

from __future__ import annotations

from pipeline.resolve.memory import MemoryStore
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

__all__ = [
    "MATTERS",
    "Added",
    "Assignment",
    "DocumentRow",
    "EventRow",
    "Link",
    "Matter",
    "MemoryStore",
    "Mention",
    "Node",
    "Resolver",
    "Store",
    "Stored",
]
