from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app

TEXT = "В крае подписана хартия\n\nХартию вчера подписали 12 предприятий Хабаровского края, сообщил Дмитрий Демешин."
RUNNER = CliRunner()


def lines(*records: object) -> bytes:
    return b"\n".join(r if isinstance(r, bytes) else json.dumps(r, ensure_ascii=False).encode() for r in records)


def test_answers_keep_the_order_and_say_where_each_fact_stands() -> None:
    given = lines({"id": "a", "text": TEXT, "published": "2024-07-02T10:00:00+10:00"}, {"id": 7, "text": "Снег идёт."})
    result = RUNNER.invoke(app, ["extract"], input=given)
    assert result.exit_code == 0
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["id"], second["id"]) == ("a", "7")
    assert first["relevant"] is True
    assert first["regions"] == ["RU-KHA"]
    event = next(e for e in first["events"] if e["type"] == "charter_signing")
    assert TEXT[event["start"] : event["stop"]] == event["quote"]
    assert event["date"] == "2024-07-01"
    assert {key: second[key] for key in ("relevant", "regions", "events", "people")} == {
        "relevant": False,
        "regions": [],
        "events": [],
        "people": [],
    }


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"[1]",
        b"null",
        b"\xff\xfe",
        b'{"id": "b"}',
        b'{"text": "x"}',
        b'{"id": "b", "text": "x", "published": "?"}',
    ],
)
def test_a_bad_line_is_told_by_number_and_the_others_go_on(bad: bytes) -> None:
    result = RUNNER.invoke(
        app, ["extract"], input=lines({"id": "a", "text": TEXT}, b"", bad, {"id": "c", "text": TEXT})
    )
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "c"]
    assert result.stderr.startswith("line 3: ")
    assert result.stderr.rstrip().endswith("1 lines could not be read")
    assert result.exit_code == 1


def test_pages_are_read_too() -> None:
    title, body = TEXT.split("\n\n")
    page = f"<html><body><nav>Меню</nav><h1>{title}</h1><p>{body}</p></body></html>"
    result = RUNNER.invoke(app, ["extract"], input=lines({"id": "p", "html": page}))
    answer = json.loads(result.stdout)
    assert answer["text"] == TEXT
    assert answer["events"][0]["quote"] in TEXT


def test_officials_of_irrelevant_releases_are_given() -> None:
    text = "Губернатор Омской области Виталий Хоценко поздравил школьников с началом каникул."
    result = RUNNER.invoke(app, ["extract"], input=lines({"id": "o", "text": text}))
    answer = json.loads(result.stdout)
    assert answer["relevant"] is False
    assert answer["people"][0]["name"] == "Виталий Хоценко"
    assert set(answer["people"][0]) >= {"name", "position", "organization", "quote"}


def test_explain_takes_a_text_or_documents(tmp_path: Path) -> None:
    file = tmp_path / "release.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert "→ charter_signing" in RUNNER.invoke(app, ["explain", str(file)]).stdout
    page = RUNNER.invoke(
        app, ["explain", "-", "--html"], input=lines({"id": "a", "text": TEXT}, {"id": "b", "text": TEXT})
    )
    assert page.stdout.count("<article>") == 2
