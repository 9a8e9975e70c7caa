"""Annotated releases as the loader takes them. Their texts were written for this project; much in them is invented."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from nlp.schema import Extraction
from pipeline.extractions import parse
from spiders.article import Article

DATA = Path(__file__).parent / "data"


def to_item(record: dict[str, Any]) -> tuple[Article, Extraction]:
    published = record.get("published")
    article = Article(
        source=record.get("source") or "example",
        url=record.get("url"),
        external_id=record["id"],
        title=record["text"].split("\n", 1)[0],
        text=record["text"],
        published_on=date.fromisoformat(published) if published else None,
        date_precision="day" if published else None,
    )
    return article, parse(record, record["text"])


def _items(name: str) -> tuple[tuple[Article, Extraction], ...]:
    with (DATA / name).open(encoding="utf-8") as lines:
        return tuple(to_item(json.loads(line)) for line in lines)


@cache
def dev_items() -> tuple[tuple[Article, Extraction], ...]:
    """122 releases, 412 events."""
    return _items("dev.jsonl")


@cache
def linking_items() -> tuple[tuple[Article, Extraction], ...]:
    """60 releases about 18 initiatives, 158 events."""
    return _items("linking.jsonl")
