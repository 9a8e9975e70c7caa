"""What takes long to find and is asked for all the time, remembered until the database changes.

That is how much there is, the map, the sources, and which rows a page of a list shows. How we know of a change: SQLite
counts the commits of others for each connection, PostgreSQL numbers transactions.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

T = TypeVar("T")
P = ParamSpec("P")
MOST = 2_000  # answers; filters are many, and each has its own
_STAMPS = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"}


class Memory:
    """Answers by key, all of one state of the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._query = text(_STAMPS[engine.dialect.name])
        self._watch = engine.connect() if engine.dialect.name == "sqlite" else None  # one: each counts for itself
        self._lock = threading.Lock()
        self._stamp: object = None
        self._answers: dict[Hashable, Any] = {}
        self._making: defaultdict[Hashable, threading.Lock] = defaultdict(threading.Lock)

    def stamp(self) -> object:
        """What is another thing whenever the database has changed. To be taken before anything is read."""
        with self._lock:
            if self._watch is None:
                with self._engine.connect() as connection:
                    return connection.scalar(self._query)
            now = self._watch.scalar(self._query)
            self._watch.rollback()  # a transaction left open would see no change
            return now

    def recall(self, stamp: object, key: Hashable, make: Callable[[], T]) -> T:
        """The answer under this key as of the stamp, made if it is not there; by one at a time."""
        with self._lock:
            if stamp != self._stamp or len(self._answers) > MOST:
                self._stamp, self._answers = stamp, {}
                self._making.clear()
            answers, making = self._answers, self._making[key]
        with making:
            if key not in answers:
                answers[key] = make()
            found: T = answers[key]
            return found

    def close(self) -> None:
        if self._watch is not None:
            self._watch.close()


def remembered(query: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
    """A query whose answer is kept until the database changes. Its arguments are hashable, its answers small."""

    @wraps(query)
    def recalled(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> T:
        memory: Memory = session.info["memory"]
        key = (query, args, tuple(sorted(kwargs.items())))
        return memory.recall(session.info["stamp"], key, lambda: query(session, *args, **kwargs))

    return recalled
