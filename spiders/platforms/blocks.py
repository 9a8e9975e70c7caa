"""Finding the entries of a list nobody described: the blocks that repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement


def grown(seeds: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Each seed's block: the largest element around it that holds no other seed's."""
    ancestors: dict[HtmlElement, int] = defaultdict(int)
    for seed in seeds:
        for element in (seed, *seed.iterancestors()):
            ancestors[element] += 1
    blocks = []
    for seed in seeds:
        block = seed
        for parent in seed.iterancestors():
            if ancestors[parent] > 1 or parent.tag in {"body", "html"}:
                break
            block = parent
        blocks.append(block)
    return blocks


def signature(element: HtmlElement, depth: int = 3) -> tuple[str, ...]:
    """What alike blocks share: the names and first classes of the element and its nearest ancestors."""
    path = []
    for node in (element, *element.iterancestors()):
        classes = (node.get("class") or "").split()
        path.append(f"{node.tag}.{classes[0] if classes else ''}")
        if len(path) == depth:
            break
    return tuple(path)
