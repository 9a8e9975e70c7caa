"""The extractor: one document in, one extraction out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nlp.analyse import analyse
from nlp.schema import Document, Extraction

VERSION = "0.1.0"


def extract(document: Document) -> Extraction:
    """Read one release."""
    analyse(document)
    return Extraction(VERSION, relevant=False)


def extract_many(documents: Iterable[Document]) -> Iterator[Extraction]:
    """Read releases in order; equal to extract() on each, but faster."""
    return map(extract, documents)
