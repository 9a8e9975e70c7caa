"""How feeds and interfaces are read: RSS, WordPress, Telegram, JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from spiders.listing import Listing, UnknownShape
from tests.spiders.listings import HOME, ONE, html, read, told

FULL = "Первый абзац новости о заводе. " * 10, "Второй абзац новости. " * 10


def rss(item: str) -> str:
    return (
        "<?xml version='1.0'?><rss version='2.0' xmlns:yandex='http://news.yandex.ru' "
        "xmlns:turbo='http://turbo.yandex.ru' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<title>Новости</title><item><title>{ONE}</title><link>{HOME}/news/1/?utm_source=rss</link>"
        f"<pubDate>Tue, 24 Nov 2026 08:30:00 +1000</pubDate><description>Лид.</description>{item}"
        "</item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (f"<yandex:full-text>{FULL[0]}\n{FULL[1]}</yandex:full-text>", "\n".join(FULL)),
        (
            f"<yandex:full-text>&lt;p&gt;{FULL[0]}&lt;/p&gt;&lt;p&gt;{FULL[1]}&lt;/p&gt;</yandex:full-text>",
            "\n".join(FULL),
        ),
        (
            f"<yandex:full-text>{FULL[0] * 2}</yandex:full-text>"
            f"<turbo:content><![CDATA[<p>{FULL[0]}</p><p>{FULL[1]}</p>]]></turbo:content>",
            "\n".join(FULL),
        ),
        (
            f"<content:encoded><![CDATA[<p>{FULL[0]}</p><ul><li>{FULL[1]}</li></ul>]]></content:encoded>",
            "\n".join(FULL),
        ),
        ("", None),
        (f"<yandex:full-text>{FULL[0] * 3}...</yandex:full-text>", None),
    ],
    ids=["yandex", "yandex with markup", "turbo before yandex", "content:encoded", "a lead alone", "cut off"],
)
def test_feeds_give_the_whole_text_where_they_have_it(item: str, text: str | None) -> None:
    (entry,) = read("feed", rss(item), kind="application/rss+xml").items
    assert told(entry) == ("/news/1/", ONE, date(2026, 11, 24))
    assert entry.moment
    assert entry.moment.at == datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    words = text.split() if text else None
    assert (entry.text.split() if entry.text else None) == words
    assert text is None or (entry.text or "").count("\n") == 1


# What feeds and interfaces carry around a release as pages do: captions, other headlines, buttons, imprints.
AROUND = (
    f"<h1>{ONE}</h1><p>{FULL[0]}</p><figure><img src='1.jpg'><figcaption>Вид цеха.</figcaption></figure>"
    "<div class='inset'><b>Читайте также</b><a href='/2'>Другой завод</a><p>Его открыли весной.</p></div>"
    f"<p>{FULL[1]}</p><p><a href='/3'>Третий завод</a></p><div class='share'>ВКонтакте</div><p>Теги: заводы</p>"
)


@pytest.mark.parametrize("field", ["yandex:full-text", "turbo:content", "content:encoded", "description"])
def test_feeds_are_read_without_furniture(field: str) -> None:
    feed = rss(f"<{field}><![CDATA[{AROUND}]]></{field}>").replace("<description>Лид.</description>", "")
    (entry,) = read("feed", feed, kind="application/rss+xml").items
    assert (entry.text or "").split("\n") == [paragraph.strip() for paragraph in FULL]


def test_wp_json_is_read_without_furniture() -> None:
    post = {"link": f"{HOME}/1/", "date": "2026-10-05T10:00:00", "title": {"rendered": ONE}}
    body = json.dumps([post | {"content": {"rendered": AROUND}}])
    (entry,) = read("wordpress", body, f"{HOME}/wp-json/wp/v2/posts?per_page=20", kind="application/json").items
    assert (entry.text or "").split("\n") == [paragraph.strip() for paragraph in FULL]


def test_a_feed_in_windows_1251_and_a_clock_without_a_zone() -> None:
    feed = rss("").replace("version='1.0'", "version='1.0' encoding='windows-1251'").replace(" +1000", "")
    (entry,) = read("feed", feed.encode("cp1251"), kind="text/xml").items
    assert entry.title == ONE
    assert entry.moment
    assert entry.moment.at == datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # the source's own clock


def test_an_empty_feed_is_an_empty_list() -> None:
    assert read("feed", "<rss version='2.0'><channel><title>Новости</title></channel></rss>").items == ()


TELEGRAM = """<div class="tgme_channel_info"></div><section class="tgme_channel_history">
<a class="tme_messages_more" data-before="101" href="/s/kray?before=101"></a>
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="kray/101">
  <a class="tgme_widget_message_reply" href="x"><div class="tgme_widget_message_text">Чужие слова</div></a>
  <div class="tgme_widget_message_text">Открыли завод.<br/>Сто рабочих мест.</div>
  <a class="tgme_widget_message_link_preview"><div class="link_preview_title">Предпросмотр</div></a>
  <time class="message_video_duration" datetime="1">0:15</time>
  <a class="tgme_widget_message_date" href="https://t.me/kray/101">
    <time datetime="2026-06-25T22:00:00+00:00"></time></a>
</div></div>
<div class="tgme_widget_message" data-post="kray/102"><a class="tgme_widget_message_photo_wrap"></a>
  <a class="tgme_widget_message_date" href="https://t.me/kray/102">
    <time datetime="2026-06-26T01:00:00+00:00"></time></a>
</div>
<div class="tgme_widget_message" data-post="kray/103">
  <div class="tgme_widget_message_forwarded_from">Переслано</div>
  <div class="tgme_widget_message_text">Чужое</div>
  <a class="tgme_widget_message_date" href="https://t.me/kray/103">
    <time datetime="2026-06-26T02:00:00+00:00"></time></a>
</div></section>"""


def test_a_telegram_channel_gives_its_own_words_without_a_title() -> None:
    listing = read("telegram", html(TELEGRAM), "https://t.me/s/kray")
    (post,) = listing.items
    assert (post.url, post.title, post.text) == ("https://t.me/kray/101", "", "Открыли завод.\nСто рабочих мест.")
    assert post.moment
    assert post.moment.day == date(2026, 6, 26)  # in Vladivostok
    assert listing.next == "https://t.me/s/kray?before=101"


def test_wp_json_gives_whole_posts_and_ends_with_a_short_page() -> None:
    post = {
        "link": f"{HOME}/2026/10/zavod/",
        "date": "2026-10-05T10:00:00",
        "date_gmt": "2026-10-05T00:00:00",
        "title": {"rendered": "Завод &laquo;Восток&raquo;"},
        "content": {"rendered": "<p>Первый.</p><p>Второй.</p>"},
    }
    url = f"{HOME}/wp-json/wp/v2/posts?per_page=1&page=1"
    listing = read("wordpress", json.dumps([post]), url, kind="application/json")
    (item,) = listing.items
    assert (item.title, item.text) == ("Завод «Восток»", "Первый.\nВторой.")
    assert item.moment
    assert item.moment.day == date(2026, 10, 5)
    assert listing.next == f"{HOME}/wp-json/wp/v2/posts?per_page=1&page=2"
    assert read("wordpress", "[]", url, kind="application/json") == Listing(())
    for bad in ('{"code": "rest_forbidden"}', '[{"id": 1}]', "<html>"):
        with pytest.raises(UnknownShape):
            read("wordpress", bad, url, kind="application/json")


def test_json_lists_go_on_in_their_own_ways() -> None:
    entry = {"id": 2300098, "title": ONE, "date": "2026-10-05 10:00:00"}
    url = f"{HOME}/index.htm/news?format=json&limit=15&page=1"
    listing = read("tatarstan", json.dumps({"items": [entry]}), url, kind="application/json")
    assert told(listing.items[0]) == ("/index.htm/news/2300098.htm", ONE, date(2026, 10, 5))
    assert listing.next == f"{HOME}/index.htm/news?format=json&limit=15&page=2"
    assert read("tatarstan", '{"items": []}', url, kind="application/json").next is None
    links = {"next": {"href": "/api/articles?page=2"}}
    listing = read("mosru", json.dumps({"items": [entry], "_links": links}), f"{HOME}/api/articles", kind="text/json")
    assert told(listing.items[0])[0] == "/news/item/2300098/"
    assert listing.next == f"{HOME}/api/articles?page=2"
