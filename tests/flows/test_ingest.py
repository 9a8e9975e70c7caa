"""The whole way on the playground: what was published is in the database, once, however often it is run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, func, select

from flows import ingest, tables
from flows.alone import alone
from flows.steps import Window, crawl_source, load_crawl
from pipeline.database import make_engine, opened
from pipeline.models import Crawl, Document, Event, Page
from pipeline.settings import Settings
from playground import Playground
from spiders.registry import RegistryError
from tests.flows.conftest import SOURCES

MakeSettings = Callable[[str], Settings]


def number(engine: Engine, model: type[Document] | type[Event] | type[Crawl] | type[Page]) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(model)) or 0


def test_twice_is_once(khabarovsk: Playground, make_settings: MakeSettings, database_url: str) -> None:
    settings = make_settings(database_url)
    first = ingest.run(ingest.chosen(), Window(), settings)
    assert {result.source.id: result.crawl.outcome for result in first} == dict.fromkeys(SOURCES, "complete")
    assert sum(result.load.new for result in first) == len(khabarovsk.truth())

    engine = make_engine(database_url)
    documents, events = number(engine, Document), number(engine, Event)
    assert documents == len(khabarovsk.truth())
    assert events > 0

    second = ingest.run(ingest.chosen(), Window(), settings)
    assert [result.load.new + result.load.changed for result in second] == [0, 0, 0]
    assert (number(engine, Document), number(engine, Event)) == (documents, events)
    assert number(engine, Crawl) == 2 * len(SOURCES)
    engine.dispose()


def test_a_dead_source_harms_no_other(khabarovsk: Playground, make_settings: MakeSettings) -> None:
    settings = make_settings("")
    sources = ingest.chosen()
    nobody = sources[0].model_copy(update={"id": "nobody"})  # in no registry: its crawl cannot even start
    results = {result.source.id: result for result in ingest.run([nobody, *sources], Window(), settings)}
    assert results["nobody"].crawl.outcome == "failed"
    assert "nobody" in results["nobody"].crawl.detail
    assert all(results[id_].crawl.ok for id_ in SOURCES)
    assert tables.sources(list(results.values()))[0]["source"] == "nobody"


def test_articles_of_a_crawl_are_kept_until_they_are_loaded(
    khabarovsk: Playground, make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = make_settings("")
    (source,) = ingest.chosen(ids=["kha-telegram"])
    engine = opened(settings.database)
    report = crawl_source(source, Window(), engine, settings)

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("flows.loading.load", dies)
        with pytest.raises(KeyboardInterrupt):
            load_crawl(source, report, engine, settings)
    assert number(engine, Document) == 0
    assert load_crawl(source, report, engine, settings).load.new == report.articles > 0
    engine.dispose()


def test_two_runs_never_meet_at_one_source(khabarovsk: Playground, make_settings: MakeSettings) -> None:
    settings = make_settings("")
    (source,) = ingest.chosen(ids=["kha-telegram"])
    with alone(settings.data / "crawls" / source.id / "lock", source.id):
        (held,) = ingest.run([source], Window(), settings)
    assert held.crawl.reason == "held"
    assert "another run is at kha-telegram" in held.crawl.detail
    assert khabarovsk.log == []
    (free,) = ingest.run([source], Window(), settings)
    assert free.crawl.ok


def test_an_unknown_source_is_refused(khabarovsk: Playground) -> None:
    with pytest.raises(RegistryError, match="no source is called 'nobody'"):
        ingest.chosen(ids=["nobody"])
    assert ingest.chosen(regions=["RU-OMS"]) == []


@pytest.mark.usefixtures("prefect_server")
def test_the_flow_does_what_the_plain_functions_do(khabarovsk: Playground, make_settings: MakeSettings) -> None:
    seen: list[str] = []
    watch = ingest.Watch(done=lambda result: seen.append(result.source.id))
    results = ingest.run_watched(ingest.chosen(), Window(), make_settings(""), watch)
    assert {result.crawl.source: result.crawl.outcome for result in results} == dict.fromkeys(SOURCES, "complete")
    assert sorted(seen) == sorted(SOURCES)
    assert sum(result.load.new for result in results) == len(khabarovsk.truth())
