"""Every run reads alike: Python draws the order of its sets anew for each process."""

from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.corpora import DEV


def read(hash_seed: str) -> bytes:
    command = [sys.executable, "-c", "from pipeline.cli import app; app()", "extract"]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    with DEV.open("rb") as documents:
        return subprocess.run(command, stdin=documents, capture_output=True, check=True, env=environment).stdout


def test_the_order_of_sets_changes_nothing() -> None:
    first = read("0")
    assert first.count(b"\n") == 122
    assert read("5") == first
