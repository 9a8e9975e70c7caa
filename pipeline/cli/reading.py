"""Commands that read texts: `zamena extract`, `zamena explain`."""

from __future__ import annotations

import dataclasses
import json
import sys
from datetime import date
from typing import Any

import typer

commands = typer.Typer()


@commands.command()
def extract() -> None:
    """Read documents (JSON lines on standard input), write what they say (JSON lines)."""
    from nlp import Document, extract_many

    records: list[dict[str, Any]] = [json.loads(line) for line in sys.stdin if line.strip()]
    documents = [
        Document(r["text"], date.fromisoformat(r["published"][:10]) if r.get("published") else None) for r in records
    ]
    for record, extraction in zip(records, extract_many(documents), strict=True):
        print(json.dumps({"id": record["id"], **dataclasses.asdict(extraction)}, ensure_ascii=False))
