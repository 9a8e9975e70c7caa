"""What is waited for, and what is the database's own trouble and not a document's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.exc import InterfaceError as AlchemyInterfaceError

from flows import patience
from flows.patience import is_its_own, is_passing, patiently

LOST = OperationalError("SELECT 1", {}, psycopg.OperationalError("server closed the connection unexpectedly"))


@pytest.mark.parametrize(
    ("error", "passing", "its_own"),
    [
        (LOST, True, True),
        (AlchemyInterfaceError("SELECT 1", {}, psycopg.InterfaceError("the connection is closed")), True, True),
        (OperationalError("SELECT 1", {}, errors.AdminShutdown("terminating connection")), True, True),
        (OperationalError("SELECT 1", {}, errors.CannotConnectNow("starting up")), True, True),
        (OperationalError("SELECT 1", {}, errors.DeadlockDetected("deadlock")), True, True),
        (OperationalError("SELECT 1", {}, errors.DiskFull("no space left")), False, True),
        (OperationalError("SELECT 1", {}, errors.ProgramLimitExceeded("row is too big")), False, False),
        (DataError("INSERT", {}, errors.StringDataRightTruncation("too long")), False, False),
        (IntegrityError("INSERT", {}, errors.ForeignKeyViolation("no such row")), False, False),
        (OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")), False, True),
        (IntegrityError("INSERT", {}, sqlite3.IntegrityError("constraint failed")), False, False),
        (OSError(28, "No space left on device"), False, True),
        (ValueError("a defect of ours"), False, False),
    ],
)
def test_whose_trouble_it_is(error: Exception, passing: bool, its_own: bool) -> None:
    assert (is_passing(error), is_its_own(error)) == (passing, its_own)


def test_waited_for_until_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LONGEST_PAUSE", 0.01)
    answers: Iterator[Any] = iter([LOST, LOST, 7])

    def ask(more: int) -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return int(answer) + more

    assert patiently(ask, 1) == 8


def test_nothing_else_is_tried_again() -> None:
    asked = []

    def ask() -> None:
        asked.append(1)
        raise ValueError("a defect of ours")

    with pytest.raises(ValueError, match="a defect of ours"):
        patiently(ask)
    assert len(asked) == 1
