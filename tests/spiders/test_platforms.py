"""How each platform's lists are read: entries, dates, the way to older ones, and what is no list at all."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from spiders.listing import Listing, ListItem, ListPage, UnknownShape
from spiders.platforms import platform_of, read_list
from spiders.registry import Source

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOME = "http://s.example.org"


def source(platform: str, **more: Any) -> Source:
    given = {"list": f"{HOME}/news/", "feed": f"{HOME}/rss/", "sitemap": f"{HOME}/sitemap.xml"}
    return Source(
        id="s",
        body="government",
        name="Правительство",
        platform=platform,
        homepage=HOME,
        basis="own",
        weekly=1,
        zone="Asia/Vladivostok",
        region="RU-KHA",
        path=Path("s.yaml"),
        **(given | more),
    )


def read(
    platform: str, body: str | bytes, url: str = f"{HOME}/news/", *, kind: str = "text/html", **more: Any
) -> Listing:
    data = body.encode() if isinstance(body, str) else body
    declared = source(platform, **more)
    return read_list(platform_of(declared), ListPage(declared, url, data, kind, NOW))


def told(item: ListItem) -> tuple[str, str, date | None]:
    return item.url.removeprefix(HOME), item.title, item.moment.day if item.moment else None


def html(body: str) -> str:
    return (
        f"<html><body><nav><a href='/about/'>О правительстве края</a></nav>{body}<footer>© 2026</footer></body></html>"
    )


ONE, TWO = "В крае открыли новый завод", "Подписано соглашение о кластере"

LISTS: dict[str, tuple[str, str, list[tuple[str, str, date | None]], str | None]] = {
    "bitrix, the stock template": (
        "bitrix",
        f"""<div class="news-list">
        <p class="news-item" id="bx_1_10"><span class="news-date-time">16 Марта 2018</span>
          <a href="/news/10/"><b>{ONE}</b></a><br/>Лид новости о заводе.</p>
        <p class="news-item" id="bx_1_9"><span class="news-date-time">15 Марта 2018</span>
          <a href="/news/9/?print=Y"><b>{TWO}</b></a></p></div>
        <a href="/news/?PAGEN_1=2">2</a> <a href="/news/?PAGEN_1=3">3</a> <a href="/news/?SHOWALL_1=1">Все</a>""",
        [("/news/10/", ONE, date(2018, 3, 16)), ("/news/9/", TWO, date(2018, 3, 15))],
        "/news/?PAGEN_1=2",
    ),
    "bitrix, no year, title beside a «Подробнее»": (
        "bitrix",
        f"""<div class="news-line" id="bx_7_5"><div class="date">17 МАРТА</div><h3>{ONE}</h3>
        <a href="/news/a/">Подробнее</a></div>""",
        [("/news/a/", ONE, date(2026, 3, 17))],
        None,
    ),
    "bitrix, two pagers on a page": (
        "bitrix",
        f"""<div id="bx_7_5"><a href="/news/a/">{ONE}</a></div><a href="?PAGEN_2=2">2</a><a href="?PAGEN_2=3">3</a>
        <a href="?PAGEN_1=2">2</a>""",
        [("/news/a/", ONE, None)],
        "/news/?PAGEN_2=2",
    ),
    "bitrix, components beside the list and an include area": (
        "bitrix",
        f"""<div id="bx_incl_area_1"><a href="/main/">Главная страница портала края</a>
        <div id="bx_3_70"><a href="/banner/">Год защитника Отечества в крае</a></div>
        <div id="bx_9_10"><a href="/news/10/">{ONE}</a></div>
        <div id="bx_9_9"><a href="/news/9/">{TWO}</a></div></div>""",
        [("/news/10/", ONE, None), ("/news/9/", TWO, None)],
        None,
    ),
    "presscenter with hashed classes": (
        "presscenter",
        f"""<div class="list__item nXcnN"><span class="meta__item">08.07.2022, 16:50</span>
        <a class="list__title" href="/presscenter/news/3/">{ONE}</a></div><a href="?nav-news=page-2">2</a>""",
        [("/presscenter/news/3/", ONE, date(2022, 7, 8))],
        "/news/?nav-news=page-2",
    ),
    "drupal counts pages from 0": (
        "drupal",
        f"""<div class="view-content"><div class="views-row"><span>17-03-2018</span>
        <a href="/content/zavod">{ONE}</a></div></div><a href="?page=1">2</a><a href="?page=7">последняя</a>""",
        [("/content/zavod", ONE, date(2018, 3, 17))],
        "/news/?page=1",
    ),
    "joomla counts entries": (
        "joomla",
        f"""<div class="itemListView"><div class="itemContainer"><h3><a href="/12-zavod">{ONE}</a></h3>
        <span>Понедельник, 16 марта 2026 10:30</span></div></div><a href="?start=10">2</a><a href="?start=20">3</a>""",
        [("/12-zavod", ONE, date(2026, 3, 16))],
        "/news/?start=10",
    ),
    "gosweb keeps dates in attributes": (
        "gosweb",
        f"""<div class='object-item' itemtype='http://schema.org/NewsArticle'><h3 itemprop='headline'>
        <a href='/novosti-193_6946.html'>{ONE}</a></h3><meta itemprop='datePublished' content='2026-09-15 16:04:27'>
        </div><a href='?cur_cc=40&curPos=10'>2</a>""",
        [("/novosti-193_6946.html", ONE, date(2026, 9, 15))],
        "/news/?cur_cc=40&curPos=10",
    ),
    "wordpress category": (
        "wordpress",
        f"""<article class="post type-post"><h2><a href="{HOME}/2026/10/zavod/">{ONE}</a></h2>
        <time datetime="2026-10-05T10:00:00+10:00">5 октября</time></article>
        <a class="next page-numbers" href="/news/page/2/">Далее</a>""",
        [("/2026/10/zavod/", ONE, date(2026, 10, 5))],
        "/news/page/2/",
    ),
    "the .htm portal": (
        "htm",
        f"""<ul><li><span>16.03.2026</span> <a class="summary" href="more.htm?id=116@egNews">{ONE}</a></li>
        <li><span>15.03.2026</span> <a class="summary" href="more.htm?id=115@egNews">{TWO}</a></li></ul>""",
        [
            ("/news/more.htm?id=116@egNews", ONE, date(2026, 3, 16)),
            ("/news/more.htm?id=115@egNews", TWO, date(2026, 3, 15)),
        ],
        None,
    ),
    "a plain table with dates": (
        "plain",
        f"""<table><tr><td>16.03.2026</td><td><a href="/n/2">{ONE}</a></td></tr>
        <tr><td>вчера</td><td><a href="/n/1">{TWO}</a></td></tr></table>
        <a href="/news/">1</a> <a href="/news/2">2</a>""",
        [("/n/2", ONE, date(2026, 3, 16)), ("/n/1", TWO, date(2026, 11, 23))],
        "/news/2",
    ),
    "a plain list without dates": (
        "plain",
        f"""<ul class="menu"><li><a href="/a">Контакты</a></li><li><a href="/b">Структура</a></li>
        <li><a href="/c">Документы</a></li><li><a href="/d">Обращения</a></li></ul>
        <ul class="news"><li><a href="/n/3">{ONE}, третий за год</a></li><li><a href="/n/2">{ONE}</a></li>
        <li><a href="/n/1">{TWO}</a></li></ul><a href="?p=2" rel="next">→</a>""",
        [("/n/3", f"{ONE}, третий за год", None), ("/n/2", ONE, None), ("/n/1", TWO, None)],
        "/news/?p=2",
    ),
    "a date in a headline or a lead is not when it appeared": (
        "bitrix",
        f"""<p id="bx_7_1"><a href="/n/2">Форум «Сделано в крае» пройдёт 16 марта 2027 года</a>
        <span>Завод откроют 20 мая 2027 года</span></p><p id="bx_7_2"><a href="/n/1">{TWO}</a></p>""",
        [("/n/2", "Форум «Сделано в крае» пройдёт 16 марта 2027 года", None), ("/n/1", TWO, None)],
        None,
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_html_lists(name: str) -> None:
    platform, body, expected, older = LISTS[name]
    listing = read(platform, html(body))
    assert [told(item) for item in listing.items] == expected
    assert listing.next == (f"{HOME}{older}" if older else None)


def test_the_counted_pager_goes_on_from_where_it_is() -> None:
    body = f"<div id='bx_7_1'><a href='/n/1'>{ONE}</a></div>"
    links = "".join(f"<a href='?PAGEN_1={number}'>{number}</a>" for number in (1, 2, 3, 4))
    assert read("bitrix", body + links, f"{HOME}/news/?PAGEN_1=3").next == f"{HOME}/news/?PAGEN_1=4"
    assert read("bitrix", body + links, f"{HOME}/news/?PAGEN_1=4").next is None


@pytest.mark.parametrize(
    ("links", "older"),
    [
        ("<a href='?p=1'>1</a> <b>2</b> <a href='?p=3'>3</a>", "?p=3"),
        ("<a href='?p=5'>5</a> <b>6</b> <a href='?p=7'>7</a> <a href='?p=9'>9</a>", "?p=7"),
        ("<a href='?p=1'>1</a> <a href='?p=2'>2</a> <b>3</b>", None),
        ("<a href='?p=1'>1</a> <a class='active' href='?p=2'>2</a> <a href='?p=3'>3</a>", "?p=3"),
        ("<a href='?p=1'>Назад</a> <a href='?p=3'>Следующая страница »</a>", "?p=3"),
        ("<a href='?p=1'>Назад</a>", None),
    ],
)
def test_a_plain_pager_goes_on_from_where_it_is(links: str, older: str | None) -> None:
    rows = f"<p><i>16.03.2026</i> <a href='/n/2'>{ONE}</a></p><p><i>15.03.2026</i> <a href='/n/1'>{TWO}</a></p>"
    declared = source("plain")
    page = ListPage(declared, f"{HOME}/news/?p=2", html(rows + links).encode(), "text/html", NOW, first=False)
    assert read_list(platform_of(declared), page).next == (f"{HOME}/news/{older}" if older else None)


@pytest.mark.parametrize("year", [False, True])
def test_a_day_without_a_year_is_marked_as_a_reading(year: bool) -> None:
    day = "17 марта 2025" if year else "17 марта"
    (item,) = read("bitrix", f"<p id='bx_7_1'><span>{day}</span><a href='/n/1'>{ONE}</a></p>").items
    assert item.yearless is not year


def test_a_sources_own_selector_comes_before_the_platforms() -> None:
    banner = "<p id='bx_7_1'><a href='/menu'>Баннер на главной странице</a></p>"
    body = f"{banner}<div class='card'><a href='/n/1'>{ONE}</a></div>"
    assert [item.title for item in read("bitrix", body, selectors={"item": ".card"}).items] == [ONE]


@pytest.mark.parametrize(
    ("platform", "body", "kind"),
    [
        ("bitrix", html("<h1>Сайт временно недоступен</h1>"), "text/html"),
        ("plain", html("<p>Новостей нет</p><a href='/a'>О нас</a>"), "text/html"),
        ("drupal", html(f"<div class='news'><a href='/n'>{ONE}</a></div>"), "text/html"),
        ("htm", html(f"<a href='/news/1.html'>{ONE}</a>"), "text/html"),
        ("telegram", html("<div class='tgme_page'>Preview channel</div>"), "text/html"),
        ("feed", html("<h1>404</h1>"), "text/html"),
        ("sitemap", html("<h1>404</h1>"), "text/html"),
        ("tatarstan", html("<h1>404</h1>"), "text/html"),
        ("tatarstan", '{"items": [{"id": 5}]}', "application/json"),
        ("mosru", '{"articles": []}', "application/json"),
        ("plain", "", "text/html"),
    ],
)
def test_another_page_is_an_error_and_no_empty_list(platform: str, body: str, kind: str) -> None:
    with pytest.raises(UnknownShape):
        read(platform, body, kind=kind)


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


SITEMAP = f"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{HOME}/about/</loc></url><url><loc>{HOME}/news/</loc></url>
<url><loc>{HOME}/news/1/</loc><lastmod>2026-01-05</lastmod></url>
<url><loc>{HOME}/news/2/</loc><lastmod>2026-03-05</lastmod><news:news><news:title>{ONE}</news:title>
<news:publication_date>2026-03-04T10:00:00+10:00</news:publication_date></news:news></url></urlset>"""


@pytest.mark.parametrize("packed", [False, True])
def test_sitemaps_list_what_lies_below_the_list_newest_first(packed: bool) -> None:
    body = gzip.compress(SITEMAP.encode()) if packed else SITEMAP.encode()
    listing = read("sitemap", body, f"{HOME}/sitemap.xml", kind="application/xml")
    assert [told(item) for item in listing.items] == [("/news/2/", ONE, date(2026, 3, 4)), ("/news/1/", "", None)]
    assert listing.items[1].modified == date(2026, 1, 5)


def test_an_index_of_sitemaps_leads_to_the_newest_part_first() -> None:
    parts = "".join(
        f"<sitemap><loc>{HOME}/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in (("old", "2024-01-01"), ("new", "2026-01-01"))
    )
    listing = read("sitemap", f"<sitemapindex>{parts}</sitemapindex>", kind="application/xml")
    assert listing.parts == (f"{HOME}/new.xml", f"{HOME}/old.xml")


def test_entities_of_a_hostile_sitemap_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("http://secret/")
    body = (
        f"<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file://{secret}'>]><urlset><url><loc>&x;</loc></url>"
        f"<url><loc>{HOME}/news/1/</loc></url></urlset>"
    )
    assert [item.url for item in read("sitemap", body).items] == [f"{HOME}/news/1/"]


def test_a_sources_selectors_for_the_page_come_before_the_platforms() -> None:
    own = platform_of(source("bitrix", selectors={"body": ".text", "date": ".when"})).hints()
    stock = platform_of(source("bitrix")).hints()
    assert (own.body, own.date) == ((".text",), (".when",))
    assert own.title == stock.title != ()
    assert platform_of(source("plain", selectors={"body": ".text"})).hints().body == (".text",)
