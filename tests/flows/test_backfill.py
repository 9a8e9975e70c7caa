"""Archives are taken in: a release is loaded once, what is none is told by reason, damage costs itself alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from typer.testing import CliRunner

from flows import backfill, ingest
from flows.steps import Window
from flows.warcs import FileReport, NoFilesError, find_files
from pipeline.cli import app
from pipeline.database import make_engine
from pipeline.load import LoadReport
from pipeline.models import Document, Event
from pipeline.settings import Settings
from pipeline.settings import settings as read_settings
from playground import Playground
from spiders.archive import read
from spiders.article import ArchiveRef
from tests.databases import MakeDatabase, opened
from tests.faults.player import family, kill
from tests.faults.same import told
from tests.flows.warcs import Response, page, pages, write
from tests.processes import SERVER

MakeSettings = Callable[[str], Settings]
Told = dict[str, list[tuple[Any, ...]]]

MINISTRY = "minprom.khabkrai.ru"
WEATHER = "Завтра в городе ожидается снег, ветер порывистый. Синоптики советуют водителям выезжать заранее. " * 6
TOPIC = "Хартию технологического суверенитета подписали в крае губернатор и руководители двадцати заводов. " * 3
ENGLISH = "The governor signed the charter of technological sovereignty with twenty plants of the region. " * 8
BULGARIAN = "Правителството обсъди днес мерките за подкрепа на индустрията и новите заводи в страната. " * 8
DAY = date(2025, 10, 1)


def number(engine: Engine, model: type[Document] | type[Event]) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(model)) or 0


def contents(url: str) -> Told:
    with opened(url) as engine:
        return told(engine)


def load(reports: list[FileReport]) -> LoadReport:
    return sum((report.load for report in reports), LoadReport())


def test_each_response_is_taken_or_told_why_not(tmp_path: Path, make_settings: MakeSettings, database_url: str) -> None:
    taken = [
        *pages(2, MINISTRY),
        Response("http://zdrav.khabkrai.ru/1", page("В крае откроют больницу", WEATHER, DAY)),  # of the region's
        Response("http://novosti.example/1", page("Хартия подписана", TOPIC, DAY)),
    ]
    passed = {
        "topic": Response("http://novosti.example/2", page("Снег идёт", WEATHER, DAY)),
        "undated": Response("http://novosti.example/", page("Хартия подписана", TOPIC, None)),
        "language": Response("http://news.example/1", page("Charter", ENGLISH, DAY, "en")),
        "status": Response("http://novosti.example/3", b"<p>Not here", status="404 Not Found"),
        "type": Response("http://novosti.example/4", b"\x89PNG", content_type="image/png"),
        "blocked": Response("http://novosti.example/5", b" "),
        "list": Response(f"https://{MINISTRY}/events/Novosti/", page("Новости", WEATHER, DAY)),
    }
    file = write(tmp_path / "a.warc.gz", [*taken, *passed.values()])
    write(tmp_path / "b.warc.gz", [Response("http://news.example/2", page("Заводи", BULGARIAN, DAY, "bg"))])
    settings = make_settings(database_url)
    first, second = backfill.run(find_files([str(tmp_path / "?.warc.gz")]), settings)
    assert first.warc.address == str(file)
    assert first.sifted.passed == dict.fromkeys(sorted(passed), 1)
    assert (first.sifted.responses, first.sifted.releases, first.load.new) == (11, 4, 4)
    assert second.sifted.passed == {"language": 1}
    assert not first.sifted.damage
    with opened(database_url) as engine:
        assert number(engine, Event) > 2
        with engine.connect() as connection:
            rows = {row.url: row for row in connection.execute(select(Document.__table__))}
    assert set(rows) == {response.url for response in taken}
    assert rows[taken[0].url].source_id == "kha-ministry-industry"
    assert (rows[taken[2].url].source_id, rows[taken[2].url].region) == ("zdrav.khabkrai.ru", "RU-KHA")
    assert (rows[taken[3].url].source_id, rows[taken[3].url].region) == ("novosti.example", None)
    assert rows[taken[3].url].published_on == DAY
    for response in taken:  # what was read elsewhere lies in our archive, as it was there
        row = rows[response.url]
        kept = read(settings.archive, ArchiveRef(file=row.archive_file, offset=row.archive_offset))
        assert (kept.url, kept.body, kept.fetched_at) == (response.url, response.body, row.fetched_at)


def test_files_are_done_once_and_changed_ones_again(tmp_path: Path, make_settings: MakeSettings) -> None:
    folder = tmp_path / "in"
    write(folder / "a.warc.gz", pages(3, MINISTRY))
    settings = make_settings("")
    assert load(backfill.run(find_files([str(folder)]), settings)).new == 3
    before = contents(settings.database)
    assert backfill.run(find_files([str(folder)]), settings) == []
    write(folder / "a.warc.gz", pages(5, MINISTRY))
    write(folder / "deep" / "b.warc", pages(4, MINISTRY), packed=False)
    again = load(backfill.run(find_files([str(folder)]), settings))
    assert (again.new, again.changed, again.unchanged) == (2, 0, 7)
    after = contents(settings.database)
    assert set(before["documents"]) < set(after["documents"])
    assert len(list((settings.archive / "backfill").glob("*.warc.gz"))) == 2, "what is known is not archived again"


def test_our_own_archive_gives_what_the_crawls_gave(
    khabarovsk: Playground, make_settings: MakeSettings, database_url: str, sqlite_database: MakeDatabase
) -> None:
    settings = make_settings(database_url)
    crawled = ingest.run(ingest.chosen(), Window(), settings)
    assert sum(result.load.new for result in crawled) == len(khabarovsk.truth())
    before = contents(database_url)

    again = load(backfill.run(find_files([str(settings.archive)]), settings))
    assert (again.new, again.changed, again.unchanged) == (0, 0, len(khabarovsk.truth()))
    after = contents(database_url)
    assert len(after.pop("warc_files")) == 3
    assert {name: rows for name, rows in before.items() if name != "warc_files"} == after

    lost = sqlite_database()  # a database lost: the archive gives it back
    backfill.run(find_files([str(settings.archive)]), make_settings(lost))
    restored = contents(lost)
    assert restored["documents"] == after["documents"]
    assert restored["events"] == after["events"]
    with opened(lost) as engine, engine.connect() as connection:
        places = connection.execute(select(Document.archive_file)).scalars().all()
        assert all((settings.archive / str(place)).is_file() for place in places)


def test_damage_is_told_by_file_and_offset_and_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = write(tmp_path / "whole.warc.gz", pages(8, MINISTRY)).read_bytes()
    starts = [at for at in range(len(whole)) if whole.startswith(b"\x1f\x8b\x08", at)]
    hurt = bytearray(whole)
    victim = starts[6]  # the response of the third page
    hurt[victim + 40] ^= 0xFF
    damaged = tmp_path / "damaged.warc.gz"
    damaged.write_bytes(hurt[:-50])
    (tmp_path / "none.warc").write_text("no archive")
    monkeypatch.setenv("ZAMENA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZAMENA_DATABASE_URL", "")
    monkeypatch.setenv("COLUMNS", "300")
    read_settings.cache_clear()
    result = CliRunner().invoke(
        app, ["backfill", "--no-prefect", str(damaged), str(tmp_path / "none.warc"), str(tmp_path / "whole.warc.gz")]
    )
    assert result.exit_code == 1, "an operator's script must notice"
    assert f"{damaged}, byte {victim}: damaged:" in result.output
    assert f"{damaged}, byte {starts[-1]}: the file ends in the middle of this record" in result.output
    assert f"{tmp_path / 'none.warc'}, byte 0: no WARC record begins here" in result.output
    assert "14 releases: 8 new, 0 changed, 6 known" in result.output
    read_settings.cache_clear()


def test_files_are_found_by_path_folder_glob_and_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    one = write(tmp_path / "a" / "1.warc.gz", [])
    two = write(tmp_path / "a" / "b" / "2.warc", [], packed=False)
    (tmp_path / "a" / "notes.txt").write_text("x")
    memory = fsspec.filesystem("memory")
    memory.pipe("/crawl/3.warc.gz", one.read_bytes())

    def found(*paths: str) -> list[str]:
        return [warc.address for warc in find_files(paths)]

    assert found(str(tmp_path / "a")) == [str(one), str(two)]
    assert found(str(one), str(tmp_path / "*" / "*.warc.gz")) == [str(one)]
    assert found("memory://crawl/*.warc.gz") == ["memory:///crawl/3.warc.gz"]
    monkeypatch.chdir(tmp_path)
    assert found("a/1.warc.gz", f"file://{one}") == [str(one)]
    for nothing in ("nowhere.warc.gz", "a/*.arc", "memory://other/*"):
        with pytest.raises(NoFilesError, match="no"):
            find_files([nothing])


def test_an_address_that_fails_is_told_and_tried_again(tmp_path: Path, make_settings: MakeSettings) -> None:
    gone, here = write(tmp_path / "1.warc.gz", pages(1, MINISTRY)), write(tmp_path / "2.warc.gz", pages(2, MINISTRY))
    files = find_files([str(tmp_path)])
    gone.unlink()
    settings = make_settings("")
    first, second = backfill.run(files, settings)
    assert "FileNotFoundError" in first.error
    assert second.load.new == 2
    assert here.exists()
    assert [file.address for file in backfill.waiting(files, settings)] == [str(gone)]


def test_a_file_is_fetched_from_a_server_that_knows_no_ranges(tmp_path: Path, make_settings: MakeSettings) -> None:
    write(tmp_path / "in" / "1.warc.gz", pages(2, MINISTRY))
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "in"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        here = f"http://127.0.0.1:{server.server_port}"
        files = find_files([f"{here}/1.warc.gz"])
        settings = make_settings("")
        gone = replace(files[0], address=f"{here}/2.warc.gz")
        failed, taken = backfill.run([gone, *files], settings)
        assert "FileNotFoundError" in failed.error
        assert (taken.load.new, taken.warc.address) == (2, f"{here}/1.warc.gz")
        assert backfill.waiting(files, settings) == []
        server.shutdown()


def _in_process(paths: list[str], settings: Settings) -> None:
    os.setpgrp()
    backfill.run(find_files(paths), settings)


@pytest.mark.slow
def test_killed_anywhere_it_ends_as_undisturbed(
    tmp_path: Path, make_settings: MakeSettings, database_url: str, sqlite_database: MakeDatabase
) -> None:
    """Killed after each of its transactions in turn: each kill comes when some more documents are there."""
    folder = tmp_path / "in"
    for part in range(3):
        write(folder / f"{part}.warc.gz", pages(30, MINISTRY, 25 * part))
    undisturbed = sqlite_database()
    backfill.run(find_files([str(folder)]), make_settings(undisturbed))
    settings = make_settings(database_url).model_copy(update={"data": tmp_path / "other"})
    kills = 0
    engine = make_engine(database_url, read_only=True)  # one that writes would hold the lock against the loader
    for wanted in (1, 31, 56):
        process = SERVER.Process(target=_in_process, args=([str(folder)], settings))
        process.start()
        while process.is_alive() and number(engine, Document) < wanted:
            time.sleep(0.02)
        kills += process.is_alive()
        for one in family(process.pid):
            kill(one)
        process.join()
    engine.dispose()
    assert kills >= 2
    backfill.run(find_files([str(folder)]), settings)
    assert contents(database_url) == contents(undisturbed)
