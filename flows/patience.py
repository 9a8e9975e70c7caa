"""Waiting for a database that is away: its server restarts, its machine moves. Retries help there and hardly else."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import psycopg
import tenacity
from sqlalchemy.exc import DBAPIError

P = ParamSpec("P")
T = TypeVar("T")

LONGEST = 900.0  # seconds in all: longer than a server needs for its recovery, shorter than a night
LONGEST_PAUSE = 20.0  # seconds

# of PostgreSQL: shut down by its keeper, by a crash of a sibling, not up yet; writers in each other's way
_PASSING = {"57P01", "57P02", "57P03", "40001", "40P01"}
_CONNECTION = "08"  # class of all that befalls a connection
_OWN = {_CONNECTION, "53", "57", "58", "XX"}  # classes: connection, resources, keeper, system, defect


def is_passing(error: BaseException) -> bool:
    """Whether the database may answer by itself again. A full disk will not be mended by waiting, nor a bad value."""
    state = _state(error)
    return state is not None and (state == "" or state in _PASSING or state.startswith(_CONNECTION))


def is_its_own(error: BaseException) -> bool:
    """Whether the trouble is the database's own, and not that of what it was given."""
    if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.OperationalError):
        return True  # disk full, locked, unreadable
    state = _state(error)
    return isinstance(error, OSError) or (state is not None and (is_passing(error) or state[:2] in _OWN))


def _state(error: BaseException) -> str | None:
    """PostgreSQL's code for the error; empty where it did not answer at all, None where it is not the one to ask."""
    if not isinstance(error, DBAPIError) or not isinstance(error.orig, psycopg.Error):
        return None
    if error.orig.sqlstate is None:
        return "" if isinstance(error.orig, psycopg.OperationalError | psycopg.InterfaceError) else None
    return error.orig.sqlstate


def patiently(work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """The work's answer; done again as long as the database is away. The work must be safe to repeat."""
    waiting = tenacity.Retrying(
        retry=tenacity.retry_if_exception(is_passing),
        wait=tenacity.wait_exponential_jitter(multiplier=0.2, max=LONGEST_PAUSE),
        stop=tenacity.stop_after_delay(LONGEST),
        before_sleep=tenacity.before_sleep_log(logging.getLogger(__name__), logging.WARNING),
        reraise=True,
    )
    return waiting(work, *args, **kwargs)
