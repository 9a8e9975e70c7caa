"""Reading in a process of its own: a document that kills the reader, or holds it for ever, harms no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from pebble import ProcessExpired, ProcessPool

import nlp
from pipeline.load import Failure

Read = Callable[[Sequence[nlp.Document]], list[nlp.Extraction | Failure]]
T = TypeVar("T")

# seconds by the clock, hundreds of times what is needed: on a machine that is busy otherwise nobody is blamed for that
PATIENCE = 300.0  # for a batch
PATIENCE_ALONE = 120.0  # for a document by itself
TRIES = 2  # deaths over one document until it is blamed: the first may have been somebody else's doing
READY = 600.0  # for a new process to load the models


class ReaderError(RuntimeError):
    """The reader cannot even be started: no document is to blame."""


class _DiedError(Exception):
    """The reading process is gone; the message says how it ended."""


def read(documents: Sequence[nlp.Document]) -> list[nlp.Extraction | Failure]:
    """What the documents say, read in this process. One on which the reader gives up is read alone and marked."""
    try:
        return list(nlp.extract_many(documents))
    except Exception:
        return [_read_one(one) for one in documents]


def _read_one(one: nlp.Document) -> nlp.Extraction | Failure:
    try:
        return nlp.extract(one)
    except Exception as error:
        return Failure(nlp.VERSION, f"{type(error).__name__}: {error}")


class Reader:
    """`read` in another process, which is started when first needed, or by `warm` ahead of that.

    Use as a context manager, by one thread at a time. Documents in whose reading the process dies or does not come
    to an end are read alone; who does it again is given up, with the reason.
    """

    def __init__(self, work: Read = read) -> None:
        self._work = work
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def warm(self) -> None:
        """Start the process, without waiting until it is ready."""
        if self._pool is None:
            # not forked: the flow has threads, and a fork would copy whatever they hold at that moment
            self._pool = ProcessPool(max_workers=1, initializer=nlp.warm_up, context=get_context("spawn"))
            self._pool.schedule(_ready)

    def read(self, documents: Sequence[nlp.Document]) -> list[nlp.Extraction | Failure]:
        """What the documents say, in their order. Raises ReaderError."""
        if not documents:
            return []
        try:
            return self._ask(documents, PATIENCE)
        except _DiedError:
            return [self._alone(one) for one in documents]

    def _alone(self, one: nlp.Document) -> nlp.Extraction | Failure:
        reason = ""
        for _ in range(TRIES):
            try:
                return self._ask([one], PATIENCE_ALONE)[0]
            except _DiedError as error:
                reason = str(error)
        return Failure(nlp.VERSION, reason)

    def _ask(self, documents: Sequence[nlp.Document], patience: float) -> list[nlp.Extraction | Failure]:
        try:
            self._call(_ready, READY)
        except _DiedError:
            try:
                self._call(_ready, READY)  # the former one may have died long ago, over nothing of ours
            except _DiedError as error:
                raise ReaderError(f"the reader does not start: {error}") from None
        return self._call(self._work, patience, list(documents))

    def _call(self, function: Callable[..., T], patience: float, *args: object) -> T:
        self.warm()
        assert self._pool is not None
        try:
            answer: T = self._pool.schedule(function, args=args, timeout=patience).result(timeout=patience + READY)
        except ProcessExpired as error:
            self._stop()
            raise _DiedError(f"the reading process died with exit code {error.exitcode}") from None
        except TimeoutError:
            self._stop()
            raise _DiedError(f"the reading took longer than {patience:.0f} s") from None
        except (BrokenProcessPool, RuntimeError) as error:  # pebble's own words for a pool that is broken
            self._stop()
            raise _DiedError(f"the reading process died: {error}") from None
        return answer

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


def _ready() -> None:
    """Answered once the models are loaded."""
