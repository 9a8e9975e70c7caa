"""Readings that wait to be accepted, in a file, so that nothing is read twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from nlp.schema import Extraction
from pipeline.load import Failure


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the file: an extraction, or why the reader gave up."""

    document: str
    fingerprint: str
    version: str
    failure: str | None
    extraction: Extraction | None


_KEPT = TypeAdapter(Kept)


class KeptReadings:
    """JSON lines by document, fingerprint and version; only their places are held in memory.

    A torn last line, which a kill leaves, is overwritten.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        self._file = path.open("r+b")
        self._places: dict[tuple[str, str, str], int] = {}
        place = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            record = json.loads(line)
            self._places[record["document"], record["fingerprint"], record["version"]] = place
            place += len(line)
        self._end = place

    def close(self) -> None:
        self._file.close()

    def get(self, document: str, fingerprint: str, version: str) -> Extraction | Failure | None:
        place = self._places.get((document, fingerprint, version))
        if place is None:
            return None
        self._file.seek(place)
        record = _KEPT.validate_json(self._file.readline())
        return record.extraction or Failure(version, record.failure or "")

    def put(self, document: str, fingerprint: str, reading: Extraction | Failure) -> None:
        failure, extraction = (reading.reason, None) if isinstance(reading, Failure) else (None, reading)
        line = _KEPT.dump_json(Kept(document, fingerprint, reading.version, failure, extraction)) + b"\n"
        self._file.seek(self._end)
        self._file.write(line)
        self._file.truncate()
        self._file.flush()
        self._places[document, fingerprint, reading.version] = self._end
        self._end += len(line)
