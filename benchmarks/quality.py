"""What the site says of its own quality: `python -m benchmarks.quality` measures it and writes web/quality.yaml.

Measured on releases that nothing was learned from (tests/gold/releases_b.jsonl), in whole per cent.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

import web
from benchmarks.corpora import CORPORA, document, records
from benchmarks.scoring import Record, Score, Tally, score
from nlp import extract_many

FILE = Path(web.__file__).parent / "quality.yaml"
UNSEEN = CORPORA["b, unseen"]


def answers(gold: Sequence[Record]) -> list[Record]:
    """What is read from the texts of annotated releases, by way of JSON, as it leaves the reader."""
    found = extract_many(document(record) for record in gold)
    return [{"id": r["id"], **json.loads(json.dumps(asdict(one)))} for r, one in zip(gold, found, strict=True)]


def scored(path: Path) -> Score:
    """Read the texts of a gold file and compare."""
    gold = records(path)
    return score(gold, answers(gold))


def told(result: Score) -> dict[str, Any]:
    """What the page shows: of all events and of each type, how many of a hundred are right and how many are found."""
    return {
        "releases": len(records(UNSEEN)),
        "events": result.event.gold,
        "all": _percent(result.event),
        "types": {kind: _percent(tally) for kind, tally in sorted(result.types.items())},
    }


def _percent(tally: Tally) -> dict[str, int]:
    return {"right": round(100 * tally.precision), "found": round(100 * tally.recall)}


if __name__ == "__main__":
    FILE.write_text(
        "# Made by `python -m benchmarks.quality`; a test fails when it is stale.\n"
        + yaml.safe_dump(told(scored(UNSEEN))),
        encoding="utf-8",
    )
