"""One WARC file's way into the database: its releases found, read and loaded, and everything else told by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import fsspec
from sqlalchemy import Engine

import nlp
from flows.loading import BATCH, read_and_load
from flows.patience import patiently
from flows.reader import Read, read
from flows.steps import source_row
from nlp.characters import normalise
from nlp.gate import may_hold_events
from pipeline import warcs
from pipeline.database import chunks
from pipeline.load import LoadReport, unread
from pipeline.settings import Settings
from pipeline.warcs import Sifted, Warc
from spiders import registry
from spiders.archive import ArchiveWriter
from spiders.article import ArchiveRef, Article
from spiders.registry import Source
from spiders.sift import Passed, Sieve
from spiders.warc import Damage, Record, read_warc

FOLDER = "backfill"  # of the archive: the records of releases that came out of other archives
SUFFIXES = (".warc", ".warc.gz")
Progress = Callable[[int], None]  # told how many more bytes of the file are behind


class NoFilesError(ValueError):
    """A path, glob or address at which nothing lies."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: what was found in it and loaded from it, or why it could not be read to its end."""

    warc: Warc
    sifted: Sifted = field(default_factory=Sifted)
    load: LoadReport = field(default_factory=LoadReport)
    error: str = ""


def find_files(paths: Iterable[str]) -> list[Warc]:
    """The WARC files at paths, globs or fsspec addresses, those in folders included, each once. Raises NoFilesError."""
    found: dict[str, Warc] = {}
    for path in paths:
        system, inner = fsspec.url_to_fs(path)
        names = system.glob(inner) if any(sign in inner for sign in "*?[") else [inner]
        names = [name for given in names for name in _in_folder(system, given)]
        if not names:
            raise NoFilesError(f"{path}: no WARC file lies there")
        for name in sorted(names):
            try:
                size = system.info(name).get("size")
                warc = Warc(_address(system, name), str(system.ukey(name)), size)
            except FileNotFoundError:
                raise NoFilesError(f"{path}: no such file") from None
            found[warc.address] = warc
    return list(found.values())


def _in_folder(system: Any, name: str) -> list[str]:
    if not system.isdir(name):
        return [name]
    return [inner for inner in system.find(name) if inner.endswith(SUFFIXES)]


def _address(system: Any, name: str) -> str:
    return name if system.protocol[0] == "file" else str(system.unstrip_protocol(name))


def take_file(
    warc: Warc, engine: Engine, settings: Settings, on_bytes: Progress = lambda _: None, read: Read = read
) -> FileReport:
    """Load all releases of a file, then remember that it is done. Safe to repeat after a kill anywhere.

    Raises OSError where the file itself cannot be reached.
    """
    sifting = _Sifting(warc, settings, on_bytes)
    load = LoadReport()
    with ArchiveWriter(settings.archive, FOLDER, contact=settings.contact) as writer:
        for batch in chunks(sifting.releases(), BATCH):
            fresh = set(patiently(unread, engine, [found.article for found in batch], nlp.VERSION))
            kept = [found.kept(writer) if found.article in fresh else found.article for found in batch]
            places = {article: found.offset for article, found in zip(kept, batch, strict=True)}

            def refuse(article: Article, reason: str, places: dict[Article, int] = places) -> None:
                sifting.damage[places[article]] = f"{article.url}: {reason}"

            load += read_and_load(engine, kept, read=read, on_refused=refuse)
    sifted = sifting.sifted()
    patiently(warcs.record, engine, warc, nlp.VERSION, sifted)
    return FileReport(warc, sifted, load)


@dataclass(frozen=True, slots=True)
class _Found:
    """A release and the record it was read from."""

    article: Article
    offset: int
    raw: bytes

    def kept(self, writer: ArchiveWriter) -> Article:
        """The release as the archive will hold it: what was read elsewhere is archived before it is loaded."""
        if self.article.archive is not None:
            return self.article
        return self.article.model_copy(update={"archive": writer.copy(self.raw)})


class _Sifting:
    """Goes through a file once and counts what it passes over."""

    def __init__(self, warc: Warc, settings: Settings, on_bytes: Progress) -> None:
        self._warc, self._on_bytes = warc, on_bytes
        self._sources = registry.load()
        self._inside = _inside(warc.address, settings.archive)
        owner = self._sources.get(Path(self._inside).parts[0]) if self._inside else None
        self._sieve = Sieve(self._sources.values(), owner)
        self._responses = self._releases = 0
        self._passed: Counter[str] = Counter()
        self.damage: dict[int, str] = {}

    def sifted(self) -> Sifted:
        return Sifted(self._responses, self._releases, dict(sorted(self._passed.items())), self.damage)

    def releases(self) -> Iterator[_Found]:
        with _at_hand(self._warc.address) as path, path.open("rb") as file:
            behind = 0
            for record in read_warc(file):
                self._on_bytes(record.offset - behind)
                behind = record.offset
                if isinstance(record, Damage):
                    self.damage[record.offset] = record.reason
                elif isinstance(record, Record):
                    yield from self._taken(record)
            if self._warc.size:
                self._on_bytes(self._warc.size - behind)

    def _taken(self, record: Record) -> Iterator[_Found]:
        self._responses += 1
        try:
            articles = self._sieve.take(record.archived)
            for article in articles:
                self._admit(article)
        except Passed as passed:
            self._passed[passed.reason] += 1
            return
        except Exception as error:  # whatever a page does to a parser, the others go on
            self.damage[record.offset] = f"{record.archived.url}: {type(error).__name__}: {error}"
            return
        self._releases += len(articles)
        ref = ArchiveRef(file=self._inside, offset=record.offset) if self._inside else None
        for article in articles:
            yield _Found(article.model_copy(update={"archive": ref}), record.offset, record.raw)

    def _admit(self, article: Article) -> None:
        """A site that nobody declared, of no region's, must have something to say that we look for."""
        if article.source_region is None and not may_hold_events(normalise(article.text).text):
            raise Passed("topic")


@contextmanager
def _at_hand(address: str) -> Iterator[Path]:
    """The file itself, or a copy while it is read: a connection that breaks must not pass for a file that ends.

    Raises OSError where it cannot be had.
    """
    system, inner = fsspec.url_to_fs(address)
    if system.protocol[0] == "file":
        yield Path(address)
        return
    with TemporaryDirectory(prefix="zamena-") as folder:
        copy = Path(folder) / "copy"
        try:
            system.get_file(inner, str(copy))
        except OSError:
            raise
        except Exception as error:  # each protocol's client has its own
            raise OSError(f"{type(error).__name__}: {error}") from error
        yield copy


def _inside(address: str, archive: Path) -> str:
    """The file's place in our own archive; empty for one that lies elsewhere."""
    path, root = Path(address).resolve(), archive.resolve()
    return str(path.relative_to(root)) if path.is_relative_to(root) else ""


def prepare(engine: Engine, sources: Sequence[Source]) -> None:
    """Before files are taken: the rows of all declared sources."""
    patiently(warcs.know, engine, [source_row(source) for source in sources])
