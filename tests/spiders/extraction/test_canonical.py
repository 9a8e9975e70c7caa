"""One release, one address."""

from __future__ import annotations

import pytest

from spiders.extraction import clean_url, extract_article

CLEAN = {
    "http://a.ru/news/5/?print=Y": "http://a.ru/news/5/",
    "http://a.ru/news/5/?version=special&utm_source=tg&utm_medium=x": "http://a.ru/news/5/",
    "http://A.ru:80/news/5/#comments": "http://a.ru/news/5/",
    "https://a.ru:443": "https://a.ru/",
    "http://a.ru/?ELEMENT_ID=126530&PHPSESSID=1a2b": "http://a.ru/?ELEMENT_ID=126530",
    "http://a.ru/news/more.htm?id=11316523@egNews": "http://a.ru/news/more.htm?id=11316523@egNews",
    "http://a.ru/detail.php?ID=7&back_url_admin=%2Fbitrix%2F": "http://a.ru/detail.php?ID=7",
    "http://a.ru/news?page=2": "http://a.ru/news?page=2",
    "http://a.ru/список?тема=завод": "http://a.ru/список?тема=завод",
}


@pytest.mark.parametrize(("url", "clean"), CLEAN.items())
def test_clean_url(url: str, clean: str) -> None:
    assert clean_url(url) == clean
    assert clean_url(clean) == clean


# canonical link of the page -> the address it is known by, fetched at http://a.ru/news/5/?print=Y
NAMED = {
    "http://a.ru/news/5-zavod/": "http://a.ru/news/5-zavod/",
    "/news/5/": "http://a.ru/news/5/",
    "https://www.a.ru/news/5/": "https://www.a.ru/news/5/",
    # templates' mistakes: the front page, another site, no address
    "http://a.ru/": "http://a.ru/news/5/",
    "https://template-shop.example/": "http://a.ru/news/5/",
    "javascript:void(0)": "http://a.ru/news/5/",
    "http://[broken": "http://a.ru/news/5/",
    "": "http://a.ru/news/5/",
}


@pytest.mark.parametrize(("link", "known"), NAMED.items())
def test_canonical_link(link: str, known: str) -> None:
    html = f'<html><head><link rel="canonical" href="{link}"></head><body><h1>Завод</h1></body></html>'
    assert extract_article(html, "http://a.ru/news/5/?print=Y").canonical_url == known
