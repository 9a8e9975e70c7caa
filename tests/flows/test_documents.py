"""Documents somebody already has: good lines are loaded, bad ones are told and kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from flows.documents import ingest_documents
from pipeline.database import make_engine
from pipeline.models import Document, Event, RejectedLine
from pipeline.settings import Settings

MakeSettings = Callable[[str], Settings]
TEXT = "Хартия подписана\n\nВ Твери 3 марта 2025 года подписана хартия промышленной кооперации."
QUOTE = "В Твери 3 марта 2025 года подписана хартия промышленной кооперации"


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\n", encoding="utf-8")
    return path


def test_bad_lines_are_told_and_the_good_ones_go_on(
    tmp_path: Path, make_settings: MakeSettings, database_url: str
) -> None:
    file = write(
        tmp_path / "given.jsonl", {"id": "a", "text": TEXT}, "{torn", {"id": "b"}, {"id": "c", "text": TEXT + "!"}
    )
    result = ingest_documents(file, None, make_settings(database_url))
    assert result.load.new == 2
    assert [(line.line, Path(line.file).name) for line in result.rejected] == [(2, "given.jsonl"), (3, "given.jsonl")]
    engine = make_engine(database_url)
    with engine.connect() as connection:
        assert set(connection.scalars(select(Document.external_id))) == {"a", "c"}
        assert connection.scalar(select(RejectedLine.content).where(RejectedLine.line == 2)) == "{torn"
    engine.dispose()


def test_twice_is_once(tmp_path: Path, make_settings: MakeSettings) -> None:
    file = write(tmp_path / "given.jsonl", {"id": "a", "text": TEXT})
    settings = make_settings("")
    assert ingest_documents(file, None, settings).load.new == 1
    again = ingest_documents(file, None, settings).load
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)


def test_readings_made_by_others_are_loaded_instead_of_ours(tmp_path: Path, make_settings: MakeSettings) -> None:
    event = {"type": "charter_signing", "status": "done", "regions": ["RU-TVE"], "quote": QUOTE}
    documents = write(tmp_path / "given.jsonl", {"id": "a", "text": TEXT}, {"id": "b", "text": TEXT + " Да."})
    readings = write(
        tmp_path / "read.jsonl",
        {"id": "a", "version": "person", "events": [event]},
        {"id": "b", "version": "person", "events": [event | {"quote": "Этих слов там нет"}]},
    )
    settings = make_settings("")
    result = ingest_documents(documents, readings, settings)
    assert len(result.load.failures) == 1, "a quotation that is not in the text proves nothing"
    engine = make_engine(settings.database)
    with engine.connect() as connection:
        assert connection.execute(select(Event.type, Event.version)).all() == [("charter_signing", "person")]
    engine.dispose()
