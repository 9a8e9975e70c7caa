"""On a Dask cluster, of processes of this machine, the flows do what they do without one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import dask
import pytest
from distributed import Client

import nlp
from flows import backfill, cluster, ingest, reader
from flows.cluster import ClusterReader
from flows.reading import reading
from flows.steps import Window
from flows.warcs import find_files
from pipeline.load import Failure
from pipeline.settings import Settings
from playground import Playground, releases
from tests.databases import MakeDatabase
from tests.faults import poison
from tests.flows.test_backfill import MINISTRY, contents, load
from tests.flows.warcs import pages, write

MakeSettings = Callable[[str], Settings]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with cluster.cluster(Settings(workers=2)) as client:
        yield client


def documents(number: int) -> list[nlp.Document]:
    told = releases.load()
    return [nlp.Document(f"{one.title}\n\n{one.text}", one.published) for one in (told * number)[:number]]


def loads() -> int:
    from nlp.networks import ner

    return int(ner.cache_info().misses)


def test_partitions_are_read_as_one_process_reads_them(client: Client) -> None:
    given = documents(40)
    assert ClusterReader(client).read(given) == reader.read(given)
    assert ClusterReader(client).read([]) == []


def test_the_models_load_once_a_worker(client: Client) -> None:
    before = client.run(loads)
    assert list(before.values()) == [1, 1], "when it joins, not when it is first given something"
    ClusterReader(client).read(documents(60))
    assert client.run(loads) == before


def test_a_document_that_kills_workers_is_given_up_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "read", poison.read)
    given = [nlp.Document("Завтра снег."), nlp.Document(f"Хартия. {poison.KILLS}"), nlp.Document("Дождь.")]
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), cluster._local(1) as client:
        first, second, third = ClusterReader(client).read(given)
    assert isinstance(second, Failure)
    assert "died" in second.reason
    assert [first, third] == reader.read([given[0], given[2]])


def test_an_ingest_reads_on_the_cluster_at_an_address(
    client: Client, khabarovsk: Playground, make_settings: MakeSettings, sqlite_database: MakeDatabase
) -> None:
    alone, together = sqlite_database(), sqlite_database()
    ingest.run(ingest.chosen(), Window(), make_settings(alone))
    at_address = {"dask": client.scheduler.address, "data": make_settings("").data / "together"}
    ingest.run(ingest.chosen(), Window(), make_settings(together).model_copy(update=at_address))
    assert contents(alone)["events"] == contents(together)["events"]
    with reading(make_settings("").model_copy(update=at_address)) as used:
        assert isinstance(used, ClusterReader)


@pytest.mark.usefixtures("prefect_server")
def test_files_are_taken_in_side_by_side_though_a_worker_dies(
    client: Client,
    tmp_path: Path,
    make_settings: MakeSettings,
    sqlite_database: MakeDatabase,
    postgresql_database: MakeDatabase,
) -> None:
    for part in range(4):
        write(tmp_path / "in" / f"{part}.warc.gz", pages(12, MINISTRY, 10 * part))
    files = find_files([str(tmp_path / "in")])
    undisturbed, url = sqlite_database(), postgresql_database()
    backfill.run(files, make_settings(undisturbed))

    bytes_behind: list[int] = []
    workers = list(client.run(os.getpid).values())

    def passed(number: int) -> None:
        if not bytes_behind:
            os.kill(workers[0], signal.SIGKILL)
        bytes_behind.append(number)

    settings = make_settings(url).model_copy(update={"data": tmp_path / "c", "dask": client.scheduler.address})
    reports = backfill.on_cluster(files, settings, backfill.Watch(passed=passed))
    assert [report.error for report in reports] == [""] * 4
    assert contents(url) == contents(undisturbed)
    assert sum(bytes_behind) >= sum(file.size or 0 for file in files)
    client.wait_for_workers(2, timeout=60)
    assert set(client.run(os.getpid).values()) != set(workers), "a worker was lost, and another came"
    assert backfill.on_cluster(files, settings) == []


@pytest.mark.usefixtures("prefect_server")
def test_sqlite_has_its_loaders_on_this_machine(
    tmp_path: Path, make_settings: MakeSettings, sqlite_database: MakeDatabase
) -> None:
    for part in range(3):
        write(tmp_path / "in" / f"{part}.warc.gz", pages(10, MINISTRY, 8 * part))
    files = find_files([str(tmp_path / "in")])
    settings = make_settings(sqlite_database()).model_copy(update={"workers": 2})
    with pytest.raises(backfill.ClusterError, match="needs PostgreSQL"):
        backfill.on_cluster(files, settings.model_copy(update={"dask": "tcp://192.0.2.1:8786"}))
    assert load(backfill.on_cluster(files, settings)).new == 26
    undisturbed = sqlite_database()
    backfill.run(files, make_settings(undisturbed))
    assert contents(settings.database) == contents(undisturbed)
