"""How each platform's lists are read: entries, dates, the way to older ones, and what is no list at all."""

from __future__ import annotations

from datetime import date

import pytest

from spiders.listing import ListPage, UnknownShape
from spiders.platforms import platform_of, read_list
from tests.spiders.listings import HOME, NOW, ONE, TWO, html, read, source, told

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


def test_a_sources_selectors_for_the_page_come_before_the_platforms() -> None:
    own = platform_of(source("bitrix", selectors={"body": ".text", "date": ".when"})).hints()
    stock = platform_of(source("bitrix")).hints()
    assert (own.body, own.date) == ((".text",), (".when",))
    assert own.title == stock.title != ()
    assert platform_of(source("plain", selectors={"body": ".text"})).hints().body == (".text",)
