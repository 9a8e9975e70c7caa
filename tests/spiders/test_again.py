"""Texts taken anew from archived responses: pages, entries of lists, given documents; and what gives none."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.again import read_again
from spiders.archive import ArchiveWriter
from spiders.article import ArchiveRef, Article
from spiders.registry import Source, load

URL = "https://example.org/news/1"
BODY = 3 * (
    "Губернатор и представители двадцати предприятий подписали сегодня хартию технологического суверенитета. "
    "К концу года к документу присоединятся ещё десять заводов области, сообщили в министерстве промышленности. "
)
BODY = BODY.strip()
PAGE = f"""<html><head><title>Подписана хартия</title></head><body><div class="menu"><a href="/">Главная</a></div>
<article><h1>Подписана хартия</h1><p>{BODY}</p></article></body></html>"""
FEED = f"""<?xml version="1.0"?><rss version="2.0" xmlns:yandex="http://news.yandex.ru"><channel><title>Новости</title>
<item><title>Другое</title><link>https://example.org/news/2</link><yandex:full-text>{BODY[::-1]}</yandex:full-text></item>
<item><title>Подписана хартия</title><link>{URL}</link><yandex:full-text>{BODY}</yandex:full-text></item>
</channel></rss>"""


@pytest.fixture
def source() -> Source:
    return next(source for source in load().values() if source.platform == "plain")


def article(source: str, ref: ArchiveRef | None) -> Article:
    return Article(source=source, url=URL, title="Прежний заголовок", text="Прежний текст с меню", archive=ref)


def archive(root: Path, url: str, body: str, content_type: str, *, given: bool = False) -> ArchiveRef:
    with ArchiveWriter(root, "some") as writer:
        if given:
            return writer.resource(url, body=body.encode(), content_type=content_type)
        return writer.response(
            url,
            status="200 OK",
            headers=[("Content-Type", content_type)],
            body=body.encode(),
            request=("GET /", [], b""),
        )


@pytest.mark.parametrize(
    ("url", "body", "content_type"),
    [(URL, PAGE, "text/html; charset=utf-8"), ("https://example.org/rss", FEED, "application/rss+xml; charset=utf-8")],
)
def test_the_text_is_that_of_today(source: Source, tmp_path: Path, url: str, body: str, content_type: str) -> None:
    old = article(source.id, archive(tmp_path, url, body, content_type))
    new = read_again(old, tmp_path, {source.id: source})
    assert (new.title, new.text) == ("Подписана хартия", f"Подписана хартия\n\n{BODY}")
    assert new.model_copy(update={"title": old.title, "text": old.text}) == old


def test_a_given_page_keeps_its_title(tmp_path: Path) -> None:
    old = article("given", archive(tmp_path, URL, PAGE, "text/html; charset=utf-8", given=True))
    assert read_again(old, tmp_path, {}).text == f"Прежний заголовок\n\n{BODY}"


def test_what_gives_no_text_takes_none_away(source: Source, tmp_path: Path) -> None:
    for ref in (
        None,
        ArchiveRef(file="lost.warc.gz", offset=0),
        archive(tmp_path, URL, "Иной текст.", "text/plain; charset=utf-8", given=True),
        archive(tmp_path, URL, "<html><body></body></html>", "text/html; charset=utf-8"),
        archive(tmp_path, "https://example.org/rss", FEED.replace("/news/1", "/news/3"), "application/rss+xml"),
    ):
        old = article(source.id, ref)
        assert read_again(old, tmp_path, {source.id: source}) is old
