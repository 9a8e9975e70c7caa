"""The sites answer as their platforms do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from protego import Protego

import playground
from playground import Playground
from spiders import registry


@pytest.fixture(scope="module")
def sites() -> Iterator[Playground]:
    with playground.serve() as sites:
        yield sites


def test_every_release_can_be_fetched(sites: Playground) -> None:
    truths = sites.truth()
    assert len({truth.source for truth in truths}) >= 12
    assert len(truths) >= 135
    for truth in truths:
        answer = httpx.get(truth.url)
        assert answer.status_code == 200, truth.url
        assert "last-modified" in answer.headers


def test_all_annotated_releases_are_published_once(sites: Playground) -> None:
    annotated = [truth.release.id for truth in sites.truth() if truth.release.events is not None]
    assert len(annotated) == len(set(annotated)) == 122


def test_khabarovsk_tells_the_story_from_the_signing_on(sites: Playground) -> None:
    texts = [(t.published_on, t.body) for t in sites.truth() if t.source.startswith("kha-")]
    for told in ("подписали сегодня", "227 предприятий", "Более 250 предприятий", "386 предприятий"):
        assert any(told in body for _, body in texts), told
    days = [day for day, _ in texts if day]
    assert min(days).isoformat() < "2024-06-01" < max(days).isoformat()


def test_the_registry_takes_the_declarations(sites: Playground, tmp_path: Path) -> None:
    sites.write_sources(tmp_path)
    sources = registry.load(tmp_path)
    assert set(sources) == set(sites.bases)
    assert {source.platform for source in sources.values()} == set(registry.PLATFORMS)
    assert all(source.homepage.startswith(sites.bases[name]) for name, source in sources.items())


def test_what_one_has_already_is_not_sent_again(sites: Playground) -> None:
    url = f"{sites.bases['kha-government']}/news/"
    first = httpx.get(url)
    again = httpx.get(url, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert sites.log[-1].status == 304
    assert sites.log[-1].path == "/news/"
    assert sites.log[-1].headers["if-none-match"] == first.headers["etag"]


def test_bitrix_repeats_its_last_page(sites: Playground) -> None:
    url = f"{sites.bases['kha-government']}/news/"
    seen = [re.findall(r"bx_1373509569_(\d+)", httpx.get(url, params={"PAGEN_1": n}).text) for n in (1, 2, 3, 99)]
    assert seen[0] != seen[1]
    assert seen[-1] == seen[-2]


def test_cp1251_is_declared_in_meta_alone(sites: Playground) -> None:
    answer = httpx.get(f"{sites.bases['kha-government']}/news/")
    assert answer.headers["content-type"] == "text/html"
    assert b"charset=windows-1251" in answer.content
    assert "Новости" in answer.content.decode("cp1251")


def test_stock_robots_forbid_the_archive(sites: Playground) -> None:
    base = sites.bases["siberia-agency"]
    robots = Protego.parse(httpx.get(f"{base}/robots.txt").text)
    assert not robots.can_fetch(f"{base}/news/?PAGEN_1=2", "zamena")
    assert robots.can_fetch(f"{base}/news/rss/", "zamena")


def test_wordpress_pages_its_posts(sites: Playground) -> None:
    url = f"{sites.bases['center-agency']}/wp-json/wp/v2/posts"
    first = httpx.get(url, params={"per_page": 5})
    pages = int(first.headers["x-wp-totalpages"])
    assert len(json.loads(first.text)) == 5
    assert httpx.get(url, params={"per_page": 5, "page": pages}).status_code == 200
    assert httpx.get(url, params={"per_page": 5, "page": pages + 1}).status_code == 400


def test_the_feed_carries_whole_texts(sites: Playground) -> None:
    feed = ElementTree.fromstring(httpx.get(f"{sites.bases['ural-agency']}/rss/").content)
    texts = [text.text for text in feed.iter("{http://news.yandex.ru}full-text")]
    assert texts == [truth.release.body for truth in sites.truth() if truth.source == "ural-agency"]


def test_telegram_goes_back_by_number(sites: Playground) -> None:
    base, seen, url = sites.bases["kha-telegram"], [], "/s/kraiprom27"
    while url:
        page = httpx.get(base + url).text
        seen += re.findall(r'data-post="kraiprom27/(\d+)"', page)
        more = re.search(r'href="([^"]+)" class="tme_messages_more', page)
        url = more[1] if more else ""
    assert len(seen) == len(set(seen)) >= 12
    releases = {truth.url.rpartition("/")[2] for truth in sites.truth() if truth.source == "kha-telegram"}
    assert releases < set(seen)


@pytest.mark.parametrize("host", ["tatarstan-ministry", "moscow-news"])
def test_json_lists_come_to_an_end(sites: Playground, host: str) -> None:
    played = sites.platforms[host]
    url = sites.bases[host] + played.addresses()["list"]
    seen: list[str] = []
    for page in range(1, 20):
        query: dict[str, str | int] = {"format": "json", "page": page, "limit": 3, "per-page": 3}
        items = httpx.get(url.partition("?")[0], params=query).json()["items"]
        if not items:
            break
        seen += [item["url"] for item in items]
    assert len(seen) == len(played.site.items)


def test_a_fixed_port_gives_the_same_addresses() -> None:
    with playground.serve(["kha-government"]) as once:
        port = int(once.bases["kha-government"].rpartition(":")[2])
        urls = [truth.url for truth in once.truth()]
    with playground.serve(["kha-government"], port=port) as twice:
        assert [truth.url for truth in twice.truth()] == urls


def test_a_taken_port_is_an_error() -> None:
    with playground.serve(["kha-government"]) as sites:
        port = int(sites.bases["kha-government"].rpartition(":")[2])
        with pytest.raises(OSError, match="in use"), playground.serve(["kha-government"], port=port):
            pass
