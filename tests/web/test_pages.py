"""Every page answers, shows what it should, and lets nothing from outside run."""

from __future__ import annotations

import re

import httpx
import pytest
from bs4 import BeautifulSoup

from pipeline.dictionary import tables
from pipeline.russian import TYPES
from tests.web.conftest import HOSTILE
from web.pages import measured_quality

PAGES = [
    "/",
    "/?page=2",
    "/?region=RU-OMS&status=planned",
    "/map",
    "/map?measure=enterprises&kind=charter",
    "/regions/RU-OMS",
    "/regions/RU-CHU",
    "/initiatives",
    "/initiatives?kind=charter",
    "/promises",
    "/promises?outcome=kept",
    "/people",
    "/people?name=ракитянский",
    "/organizations",
    "/search",
    "/search?q=хартии",
    "/events?type=enterprise_count",
    "/sources",
    "/about",
    "/api/v1",
]


def soup(client: httpx.Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.text, "lxml")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_and_is_whole(client: httpx.Client, path: str) -> None:
    page = soup(client, path)
    assert len(page.find_all("h1")) == 1
    assert page.html
    assert page.html["lang"] == "ru"
    assert not page.find_all("script")
    assert not page.find_all(style=True), "the policy lets no inline style through"
    for field in page.select("main input, main select"):
        assert field.find_parent("label"), f"a field without a label on {path}"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_loaded_from_elsewhere(client: httpx.Client, path: str) -> None:
    page = soup(client, path)
    loaded = [
        str(tag.get("src") or tag.get("href")) for tag in page.select("link[rel=stylesheet], link[rel=icon], img")
    ]
    assert loaded
    assert all(address.startswith("/") for address in loaded)


@pytest.mark.parametrize("path", ["/", "/initiatives", "/promises", "/people", "/organizations"])
def test_inner_links_lead_somewhere(client: httpx.Client, path: str) -> None:
    links = {str(a["href"]) for a in soup(client, path).select("main a[href^='/']")}
    assert links
    for link in sorted(links)[:25]:
        assert client.get(link).status_code == 200, link


def test_a_page_that_is_not_there_says_so_in_russian(client: httpx.Client) -> None:
    for path in ("/nothing", "/regions/RU-XXX"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "такой страницы нет" in answer.text.lower()


def test_an_initiative_shows_its_growth_and_its_sentences(client: httpx.Client) -> None:
    listed = soup(client, "/initiatives?region=RU-OMS&kind=charter")
    link = next(a for a in listed.select("main td a") if "Хартия технологического суверенитета" in a.text)
    page = soup(client, str(link["href"]))
    assert page.select("svg.chart circle"), "its numbers are drawn"
    assert len(page.select(".timeline blockquote")) > 5
    assert "112" in page.select_one("main").text  # type: ignore[union-attr]


def test_a_document_marks_its_facts(client: httpx.Client) -> None:
    found = soup(client, "/search?q=станкостроительный+кластер+учредили")
    page = soup(client, str(found.select("main article a")[0]["href"]))
    marked = " ".join(mark.text for mark in page.select(".release mark"))
    assert "двенадцать предприятий учредили" in marked
    for link in page.select("a[href^='#']"):
        assert page.find(id=str(link["href"])[1:]), link


def test_search_finds_inflected_words(client: httpx.Client) -> None:
    totals = {
        re.search(r"\d+ релиз", soup(client, f"/search?q={word}").select_one("main").text).group()  # type: ignore[union-attr]
        for word in ("хартия", "хартию", "хартиями")
    }
    assert len(totals) == 1


def test_an_empty_list_says_what_to_do(client: httpx.Client) -> None:
    page = soup(client, "/initiatives?region=RU-CHU")
    assert page.select_one(".empty")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/initiatives/nothing", 404),
        ("/documents/..%2f..%2fetc%2fpasswd", 404),
        ("/regions/RU-XXX", 404),
        ("/?region=Омск", 422),
        ("/?page=0", 422),
        ("/?since=вчера", 422),
        ("/search?q=" + "я" * 300, 422),
        ("/search?q=%00", 422),
    ],
)
def test_wrong_addresses_are_told_so(client: httpx.Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert "<h1>" in response.text
    assert "Traceback" not in response.text


def test_what_comes_from_outside_never_runs(client: httpx.Client) -> None:
    for path in ("/", "/sources", "/regions/RU-TUL", "/search?q=хартия", "/initiatives?region=RU-TUL"):
        text = client.get(path).text
        assert HOSTILE not in text
        assert "javascript:" not in text
    page = soup(client, "/?region=RU-TUL")
    document = client.get(str(page.select("main h3 a")[0]["href"])).text
    assert HOSTILE not in document
    assert "&lt;script&gt;" in document
    assert "javascript:" not in document


@pytest.mark.parametrize("path", ["/", "/nowhere", "/api/v1/events", "/static/style.css"])
def test_headers_forbid_everything_else(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_forged_host_is_led_nowhere(client: httpx.Client) -> None:
    text = client.get("/", headers={"Host": "evil.example"}).text
    assert "evil.example" not in text


def test_the_first_page_is_light(client: httpx.Client) -> None:
    response = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert int(response.headers["content-length"]) <= 60 * 1024


def test_the_data_page_tells_measured_quality_and_every_column(client: httpx.Client) -> None:
    shown = soup(client, "/about")
    (quality, *described) = shown.select("main table")
    rows = {
        row.th.get_text(): [cell.get_text() for cell in row.select("td")]
        for row in quality.select("tbody tr")
        if row.th
    }
    every = measured_quality()["all"]
    assert rows["все вместе"] == [str(every["right"]), str(every["found"])]
    assert len(rows) == len(TYPES) + 1
    columns = [row.td.get_text() for table in described for row in table.select("tbody tr") if row.td]
    assert columns == [field.name for table in tables().values() if table.view for field in table.fields]
