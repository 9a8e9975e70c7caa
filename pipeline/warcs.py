"""Which WARC files were read to their end, so that no backfill reads them twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Engine, select

from pipeline.database import MOST_PARAMETERS, chunks, lock, upsert
from pipeline.models import Source, WarcFile, stable_id


@dataclass(frozen=True, slots=True)
class Warc:
    """A file as it lies somewhere."""

    address: str  # a path, or an address with its protocol
    fingerprint: str  # changes with the file
    size: int | None  # bytes


@dataclass(frozen=True, slots=True)
class Sifted:
    """What was found in a file: numbers of responses and releases, of those passed over by reason, damage by offset."""

    responses: int = 0
    releases: int = 0
    passed: Mapping[str, int] = field(default_factory=dict)
    damage: Mapping[int, str] = field(default_factory=dict)


def done(engine: Engine, files: Iterable[Warc], version: str) -> dict[str, Sifted]:
    """Those of the files, by address, that were read as they are, for this version of the extractor."""
    found = {}
    with engine.connect() as connection:
        for some in chunks(files, MOST_PARAMETERS):
            by_id = {_id(file): file for file in some}
            for row in connection.execute(select(WarcFile.__table__).where(WarcFile.id.in_(by_id))):
                if (row.fingerprint, row.version) == (by_id[row.id].fingerprint, version):
                    damage = {int(offset): reason for offset, reason in row.damage.items()}
                    found[row.address] = Sifted(row.responses, row.releases, row.passed, damage)
    return found


def record(engine: Engine, file: Warc, version: str, sifted: Sifted) -> None:
    """Remember a file whose releases are all loaded."""
    row = {
        "id": _id(file),
        "address": file.address,
        "fingerprint": file.fingerprint,
        "version": version,
        "size": file.size,
        "responses": sifted.responses,
        "releases": sifted.releases,
        "passed": dict(sifted.passed),
        "damage": {str(offset): reason for offset, reason in sifted.damage.items()},
        "read_at": datetime.now(UTC),
    }
    with engine.begin() as connection:
        lock(connection)
        upsert(connection, WarcFile, [row])


def know(engine: Engine, sources: Iterable[Mapping[str, str | None]]) -> None:
    """Store the rows of declared sources, so that their documents come under the right names."""
    with engine.begin() as connection:
        lock(connection)
        upsert(connection, Source, [dict(source) for source in sources])


def _id(file: Warc) -> str:
    return stable_id("warc", file.address)
