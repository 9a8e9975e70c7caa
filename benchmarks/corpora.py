"""The texts that reading is measured on. What lies beside the checkout is used where it is there."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from nlp.schema import Document
from playground.releases import FOLDER
from tests.conftest import SHARED

DEV = FOLDER / "gold.jsonl"
GOLD = Path(__file__).parents[1] / "tests" / "gold"
CORPORA = {
    "seeds": SHARED / "gold" / "seeds.jsonl",
    "dev": DEV,
    "check": SHARED / "gold" / "check.jsonl",
    "a": GOLD / "releases_a.jsonl",
    "b, unseen": GOLD / "releases_b.jsonl",
}
WARMING = [GOLD / name / "releases.jsonl" for name in ("linking", "linking_more")]  # read before a clock starts
# What is learned is learned from these; releases_b.jsonl is only measured on.
TRAINING = (
    DEV,
    GOLD / "linking" / "releases.jsonl",
    *(path for path in sorted(GOLD.glob("releases_?.jsonl")) if path.name != "releases_b.jsonl"),
)
FACTRUEVAL = SHARED / "gold" / "factrueval" / "dev.jsonl"


def records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def document(record: dict[str, Any]) -> Document:
    published = record.get("published")
    return Document(record["text"], date.fromisoformat(published[:10]) if published else None, url=record.get("url"))


def news() -> list[str]:
    """Real news where they are at hand, else irrelevant and relevant releases of our own."""
    path = FACTRUEVAL if FACTRUEVAL.exists() else DEV
    return [record["text"] for record in records(path)]


def crawl_mix() -> list[str]:
    """Nine texts that hold no event to one that does, as a crawl brings them."""
    relevant = [record["text"] for record in records(DEV) if record["relevant"]]
    others = news()
    if not FACTRUEVAL.exists():
        others = [record["text"] for record in records(DEV) if not record["relevant"]]
    return [
        relevant[i // 10 % len(relevant)] if i % 10 == 9 else others[i % len(others)]
        for i in range(10 * len(relevant) // 2)
    ]
