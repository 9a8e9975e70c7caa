"""Whose a page is, by its address."""

from __future__ import annotations

import pytest

from spiders import registry
from spiders.belonging import Belonging


@pytest.fixture(scope="module")
def belonging() -> Belonging:
    return Belonging(registry.load(registry.SOURCES).values())


@pytest.mark.parametrize(
    ("url", "source", "region"),
    [
        ("https://www.khabkrai.ru/events/news/1", "kha-government", "RU-KHA"),
        ("http://minprom.khabkrai.ru/events/Novosti/7/", "kha-ministry-industry", "RU-KHA"),
        ("https://zdrav.khabkrai.ru/1", None, "RU-KHA"),  # a part of a declared site: its region, and no more
        ("https://egov-buryatia.ru/press_center/news/1/", "bu-government", "RU-BU"),
        ("https://egov-buryatia.ru/minec/press_center/news/1/", "bu-ministry-economy", "RU-BU"),
        ("https://t.me/s/muratkumpilov", "ad-telegram", "RU-AD"),
        ("https://t.me/muratkumpilov/5", "ad-telegram", "RU-AD"),
        ("https://t.me/somebody/5", None, None),
        ("https://example.org/khabkrai.ru/", None, None),
        ("https://notkhabkrai.ru/", None, None),
        ("urn:x:y", None, None),
    ],
)
def test_whose_it_is(belonging: Belonging, url: str, source: str | None, region: str | None) -> None:
    found = belonging.source(url)
    assert (found.id if found else None, belonging.region(url)) == (source, region)
