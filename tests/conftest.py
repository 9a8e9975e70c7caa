"""Fixtures that every room's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest
from sqlalchemy import Engine

from tests.databases import MakeDatabase, opened, postgresql_databases, sqlite_databases
from tests.mail import MailServer, serve_mail

SHARED = Path(__file__).parents[2] / "shared"

# A machine that others keep busy makes examples slowly; that says nothing of what is tested.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Material beside the checkout (real releases); tests that want it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def sqlite_database() -> Iterator[MakeDatabase]:
    """Makes SQLite databases with schema and regions; each call answers the address of a new one."""
    with TemporaryDirectory(prefix="zamena-") as folder, sqlite_databases(Path(folder)) as make:
        yield make


@pytest.fixture(scope="session")
def postgresql_database() -> Iterator[MakeDatabase]:
    """Makes PostgreSQL databases likewise, on a real server that lives as long as the tests."""
    # a folder of its own: pytest clears away those of former runs, and another run may call this one former
    with TemporaryDirectory(prefix="zamena-") as folder, postgresql_databases(Path(folder)) as make:
        yield make


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database; a test that takes it runs once on SQLite and once on PostgreSQL."""
    make: MakeDatabase = request.getfixturevalue(f"{request.param}_database")
    return make()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a new database; a test that takes it runs once on SQLite and once on PostgreSQL."""
    with opened(database_url) as engine:
        yield engine


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A mail server on loopback."""
    with serve_mail() as server:
        yield server
