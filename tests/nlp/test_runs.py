"""Every run reads alike: Python draws the order of its sets anew for each process."""

from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.corpora import DEV, GOLD

STEP = 4  # releases of which one is read
LINES = [line for path in (DEV, *sorted(GOLD.glob("releases_*.jsonl"))) for line in path.read_bytes().splitlines()]
DOCUMENTS = b"".join(line + b"\n" for line in LINES[::STEP])


def read(hash_seed: str) -> bytes:
    command = [sys.executable, "-c", "from pipeline.cli import app; app()", "extract"]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, input=DOCUMENTS, capture_output=True, check=True, env=environment).stdout


def test_the_order_of_sets_changes_nothing() -> None:
    first = read("0")
    assert first.count(b"\n") == DOCUMENTS.count(b"\n")
    assert read("4") == first
