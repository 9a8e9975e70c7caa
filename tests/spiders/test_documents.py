"""Given documents: good lines become articles, bad ones are told by file and line, and nothing is lost."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from spiders.archive import read
from spiders.article import Article
from spiders.documents import RejectedLine, read_documents

TEXT = "Подписана хартия о сотрудничестве\n\nВ крае подписана хартия."


def taken(folder: Path, *lines: str | bytes | dict[str, Any]) -> list[Article | RejectedLine]:
    path = folder / "documents.jsonl"
    raw = [json.dumps(line, ensure_ascii=False) if isinstance(line, dict) else line for line in lines]
    path.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in raw))
    return list(read_documents(path, archive=folder / "archive"))


def one(folder: Path, **fields: Any) -> Article:
    (article,) = taken(folder, {"id": "a", **fields})
    assert isinstance(article, Article), article
    return article


def test_a_text_is_taken_as_it_is(tmp_path: Path) -> None:
    article = one(tmp_path, text=TEXT, published="2024-07-01", source="kha-government", url="https://x.example/1")
    assert (article.external_id, article.text, article.url) == ("a", TEXT, "https://x.example/1")
    assert article.title == "Подписана хартия о сотрудничестве"
    assert (article.published_on, article.published_at, article.date_source) == (date(2024, 7, 1), None, "given")
    assert article.source_region == "RU-KHA"  # the registry knows the source
    assert article.archive
    assert read(tmp_path / "archive", article.archive).body.decode() == TEXT


def test_a_title_that_the_text_lacks_is_put_before_it(tmp_path: Path) -> None:
    assert one(tmp_path, title="Заголовок", text="Тело.").text == "Заголовок\n\nТело."
    assert one(tmp_path, title="Заголовок", text="Заголовок\nТело.").text == "Заголовок\nТело."


def test_a_time_without_a_zone_is_the_sources_own(tmp_path: Path) -> None:
    article = one(tmp_path, text=TEXT, published="2024-07-01T02:00:00", source="kha-government")
    assert article.published_at == datetime(2024, 6, 30, 16, tzinfo=UTC)
    assert article.published_on == date(2024, 7, 1)


def test_html_is_read_like_a_page(tmp_path: Path) -> None:
    paragraph = "В крае подписана хартия о технологическом суверенитете, к ней присоединились предприятия региона."
    article_ = f"<article><h1>Хартия в крае подписана</h1><p>{paragraph}</p></article>"
    page = f"<html><body><nav>Меню</nav>{article_}</body></html>"
    article = one(tmp_path, html=page)
    assert article.text == f"Хартия в крае подписана\n\n{paragraph}"
    assert article.archive
    assert read(tmp_path / "archive", article.archive).content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nonsense", "not JSON: Expecting value"),
        ('{"id": "x", "text": "torn', "not JSON: Unterminated string"),
        ("[1, 2]", "a JSON object is wanted, here is list"),
        ("[" * 200_000, "not JSON"),
        ({"text": TEXT}, "id: Field required"),
        ({"id": "", "text": TEXT}, "id: String should have at least 1 character"),
        ({"id": "x"}, "neither `text` nor `html`"),
        ({"id": "x", "text": " \n"}, "neither `text` nor `html`"),
        ({"id": "x", "html": "<html><body></body></html>"}, "no text was found in it; it is archived"),
        ({"id": "x", "text": 5.5}, "text: Input should be a valid string"),
        ({"id": "x", "text": TEXT, "published": "1 июля"}, "published: '1 июля' is no date in ISO 8601"),
        ({"id": "x", "text": TEXT, "published": "2024-02-30"}, "published: '2024-02-30' is no date"),
        ('{"id": "x", "text": "\\ud800"}', "text: a lone surrogate"),
        (b'{"id": "x", "text": "\xcf\xf0"}', "not UTF-8: invalid continuation byte at byte 22"),
        ({"id": "first", "text": "Другой текст"}, "the id 'first' was given already in line 1"),
    ],
)
def test_bad_lines_are_told_and_the_others_go_on(tmp_path: Path, line: Any, told: str) -> None:
    first, bad, last = taken(tmp_path, {"id": "first", "text": TEXT}, line, "", {"id": "last", "text": TEXT})
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, RejectedLine)
    assert (bad.file, bad.line) == (str(tmp_path / "documents.jsonl"), 2)
    assert told in bad.reason
    assert bad.content


def test_awkward_characters_survive(tmp_path: Path) -> None:
    text = "\ufeffНеразрывный\u00a0пробел, мягкий пере\u00adнос,\u2028разделитель и 😀"
    article = one(tmp_path, text=text)
    assert article.text == text
    assert one(tmp_path, text="а\0б").text == "а б"  # no database of ours can hold a NUL; offsets stay


def test_a_file_without_a_last_newline_and_with_a_mark_is_read(tmp_path: Path) -> None:
    (article,) = taken(tmp_path, b"\xef\xbb\xbf" + json.dumps({"id": 7, "text": TEXT}).encode())
    assert isinstance(article, Article)
    assert article.external_id == "7"


def test_the_seeds_are_taken_whole(tmp_path: Path, shared: Path) -> None:
    articles = list(read_documents(shared / "gold" / "seeds.jsonl", archive=tmp_path))
    assert len(articles) == 5
    seeds = (shared / "gold" / "seeds.jsonl").read_text(encoding="utf-8")
    texts = [json.loads(line)["text"] for line in seeds.splitlines()]
    assert [a.text for a in articles if isinstance(a, Article)] == texts
