"""Sites on loopback, a registry that declares them, and Prefect's server of the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.settings import Settings
from playground import Playground, serve

SOURCES = ("kha-government", "kha-ministry-industry", "kha-telegram")


@pytest.fixture
def khabarovsk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Playground]:
    """Khabarovsk's three sites, and no others in the registry."""
    with serve(SOURCES) as playground:
        playground.write_sources(tmp_path / "sources", delay=0.0)
        monkeypatch.setenv("ZAMENA_SOURCES", str(tmp_path / "sources"))
        yield playground


@pytest.fixture
def make_settings(tmp_path: Path) -> Callable[[str], Settings]:
    """Settings over a database at an address, with a data folder of the test's own."""

    def make(database_url: str) -> Settings:
        return Settings(
            data=tmp_path / "data", database_url=database_url, allow_private=True, contact="test@example.org"
        )

    return make


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """Prefect's embedded server over a database of the tests; it takes some seconds to start."""
    from prefect.testing.utilities import prefect_test_harness

    import flows  # noqa: F401 - sets Prefect's environment before Prefect is imported

    with prefect_test_harness(server_startup_timeout=120):
        yield
