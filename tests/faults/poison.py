"""A reader that poisoned documents kill, hold or upset. Its process imports it by its name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

import nlp
from flows import reader
from pipeline.load import Failure

KILLS, HOLDS, UPSETS = "ЯД-УБИВАЕТ", "ЯД-ДЕРЖИТ", "ЯД-ПАДАЕТ"


def read(documents: Sequence[nlp.Document]) -> list[nlp.Extraction | Failure]:
    for document in documents:
        if KILLS in document.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if HOLDS in document.text:
            time.sleep(3600)
    return reader.read(documents)


def upset(documents: Sequence[nlp.Document]) -> list[nlp.Extraction]:
    """In place of nlp.extract_many: what a defect in it would do."""
    if any(UPSETS in document.text for document in documents):
        raise RecursionError("maximum recursion depth exceeded")
    return [nlp.Extraction(nlp.VERSION, relevant=False) for _ in documents]
