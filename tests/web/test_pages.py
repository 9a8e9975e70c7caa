"""Every page answers, shows what it should, and lets nothing from outside run."""

from __future__ import annotations

import re
from datetime import date

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from pipeline.dictionary import tables
from pipeline.filters import Filter
from pipeline.russian import TYPES
from spiders.reasons import reasons
from tests.web.conftest import HOSTILE
from web.pages import measured_quality
from web.shown import WORDS

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
    glance = {dt.text: dt.find_next("dd") for dt in page.select("dl.facts dt")}
    assert glance["Последнее событие"].select(".tag")  # type: ignore[union-attr]
    assert glance["Кто участвует"].select("a")  # type: ignore[union-attr]
    told = {str(a["href"]).partition("#")[0] for a in page.select(".timeline footer a")}
    assert {str(a["href"]) for a in page.select("h2 ~ ul:not(.plain) a")} == told


def test_a_document_marks_its_facts(client: httpx.Client) -> None:
    found = soup(client, "/search?q=станкостроительный+кластер+учредили")
    page = soup(client, str(found.select("main article a")[0]["href"]))
    marked = " ".join(mark.text for mark in page.select(".release mark"))
    assert "двенадцать предприятий учредили" in marked
    for link in page.select("a[href^='#']"):
        assert page.find(id=str(link["href"])[1:]), link


def test_search_finds_inflected_words(client: httpx.Client) -> None:
    totals = {
        re.search(r"\d+\sрелиз", soup(client, f"/search?q={word}").select_one("main").text).group()  # type: ignore[union-attr]
        for word in ("хартия", "хартию", "хартиями")
    }
    assert len(totals) == 1


def test_an_empty_list_says_what_to_do(client: httpx.Client) -> None:
    page = soup(client, "/initiatives?region=RU-CHU")
    assert page.select_one(".empty")
    assert soup(client, "/regions/RU-CHU").select(".empty a[href='/follow?region=RU-CHU']")
    assert soup(client, "/search?region=RU-OMS").select(".empty a[href='/events?region=RU-OMS']")


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
    [quality] = shown.select("table.narrow")
    rows = {
        row.th.get_text(): [cell.get_text() for cell in row.select("td")]
        for row in quality.select("tbody tr")
        if row.th
    }
    every = measured_quality()["all"]
    assert rows["все вместе"] == [str(every["right"]), str(every["found"])]
    assert len(rows) == len(TYPES) + 1
    views = {table.name: table for table in tables().values() if table.view}
    for name, view in views.items():
        told = shown.select(f"[aria-label={name}] tbody tr")
        assert [row.td.get_text() for row in told if row.td] == [field.name for field in view.fields]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/?page=0", "номер страницы"),
        ("/?region=Омск&since=вчера", "регион, начало срока"),
        ("/promises?outcome=x", "итог"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_in_russian(client: httpx.Client, path: str, said: str) -> None:
    told = BeautifulSoup(client.get(path).text, "lxml").select_one("main")
    assert told
    assert said in told.text
    assert not re.search(r"[A-Za-z]", told.text)


def test_numbers_stay_on_the_line_of_their_words(client: httpx.Client) -> None:
    for path in ("/", "/promises", "/sources", "/search?q=хартии", "/initiatives"):
        main = soup(client, path).select_one("main")
        assert main
        for quotation in main.select("blockquote, h3, article > h2, .snippet, td:first-child, label"):
            for words in quotation.find_all(string=True):
                if not quotation.select("footer") or not words.find_parent("footer"):
                    words.extract()  # the words of releases stay as they are
        broken = re.search(r"\d (январ|феврал|март|апрел|ма[йя]|июн|июл|август|релиз|предприят|инициатив|₽)", main.text)
        assert not broken, (path, broken)


def test_the_sum_of_the_first_page_agrees_with_its_number(client: httpx.Client) -> None:
    shown = {li.span.text: li.b.text for li in soup(client, "/").select(".figures li") if li.span and li.b}
    forms = {"инициатив": "05-9", "инициатива": "1", "инициативы": "2-4"}
    [(word, number)] = [(word, number) for word, number in shown.items() if word.startswith("инициатив")]
    tens = 10 < int(number[-2:]) < 20
    assert re.search("[05-9]" if tens else f"[{forms[word]}]", number[-1])
    assert not tens or word == "инициатив"


def test_promises_whose_time_is_over_are_told_apart(client: httpx.Client) -> None:
    over = soup(client, "/promises?outcome=overdue").select(".card > p:first-child")
    ahead = soup(client, "/promises?outcome=due").select(".card > p:first-child")
    assert over
    assert all("срок прошёл" in line.text for line in over)
    assert all("исход пока не виден" in line.text for line in ahead)
    items = client.get("/api/v1/promises?outcome=overdue&limit=200").json()["items"]
    assert items
    assert all(item["outcome"] == "open" and item["deadline"] < date.today().isoformat() for item in items)


def test_a_promise_is_due_as_precisely_as_it_was_promised(client: httpx.Client) -> None:
    items = client.get("/api/v1/promises?limit=200").json()["items"]
    years = {item["event"]["date"] for item in items if re.fullmatch(r"\d{4}", item["event"]["date"] or "")}
    assert years
    told = " ".join(p.text for n in (1, 2) for p in soup(client, f"/promises?page={n}").select(".card > p:first-child"))
    assert any(f"срок: {year}\N{NO-BREAK SPACE}год" in told for year in years)
    assert not any(f"31\N{NO-BREAK SPACE}декабря\N{NO-BREAK SPACE}{year}" in told for year in years)


def officials(page: BeautifulSoup) -> list[Tag]:
    return list(page.select("select[name=official] option[value]:not([value=''])"))


def test_promises_are_asked_for_by_who_is_named(client: httpx.Client) -> None:
    listed = officials(soup(client, "/promises"))
    names = [option.text for option in listed]
    assert names
    assert names == sorted(names, key=lambda name: name.lower().replace("ё", "е"))
    for option in listed:
        items = client.get(f"/api/v1/promises?official={option['value']}&limit=200").json()["items"]
        assert items
        surname = option.text.split()[0][:5].lower()
        for item in items:
            told = client.get(f"/api/v1/documents/{item['event']['evidence']['document_id']}").json()
            assert surname in told["text"].lower()
        rows = client.get(f"/download/promises.csv?official={option['value']}").text.splitlines()
        assert len(rows) == len(items) + 1


def test_an_official_stays_asked_for_where_the_region_has_others(client: httpx.Client) -> None:
    first = officials(soup(client, "/promises"))[0]
    asked = soup(client, f"/promises?official={first['value']}&region=RU-AL")
    assert [option["value"] for option in officials(asked) if option.has_attr("selected")] == [first["value"]]


@pytest.mark.parametrize("path", ["/search?q=хартии", "/promises?outcome=kept"])
def test_no_feed_is_offered_of_a_list_that_it_would_not_hold(client: httpx.Client, path: str) -> None:
    assert not soup(client, path).select("main .take a[href*='feed'], main .take a[href*='follow']")
    assert soup(client, "/promises?region=RU-OMS").select("main .take a[href*='feed']")


def test_every_reason_of_a_crawls_end_is_told_in_russian() -> None:
    told = WORDS["crawl_reasons"]
    assert set(told) == set(reasons())
    assert not any(re.search("[A-Za-z]", words) for words in told.values())


def test_all_that_an_address_may_ask_is_told_in_russian() -> None:
    assert set(WORDS["asked"]) >= set(Filter.model_fields)


def test_every_office_of_a_person_has_its_words_and_leads_to_them(client: httpx.Client) -> None:
    people = [one for one in client.get("/api/v1/people?limit=200").json()["items"] if one["offices"]]
    assert any(len(person["offices"]) > 1 for person in people)
    for person in people:
        shown = soup(client, f"/people/{person['id']}").select(".offices > li")
        assert len(shown) == len(person["offices"])
        for office, told in zip(person["offices"], shown, strict=True):
            assert told.strong
            assert told.strong.text.lower() == office["position"].lower()
            assert told.blockquote
            assert told.blockquote.p
            words = told.blockquote.p.text.strip("«»")
            release = soup(client, str(told.select("footer a")[0]["href"])).select_one(".release")
            assert release
            assert words in release.text.translate(str.maketrans("«»", "„“")), words


def test_no_office_is_told_twice(client: httpx.Client) -> None:
    officials = [row.text for row in soup(client, "/regions/RU-OMS").select("caption ~ tbody tr")]
    assert len(officials) == len(set(officials)) > 0


def test_the_map_says_what_its_colours_mean(client: httpx.Client) -> None:
    page = soup(client, "/map?measure=events")
    values = sorted(int(re.sub(r"\s", "", b.text)) for b in page.select(".map b") if b.text)
    bounds = [int(n) for span in page.select(".legend span")[1:] for n in span.text.split("–")]
    assert bounds == sorted(bounds)
    assert (bounds[0], bounds[-1]) == (values[0], values[-1])


@pytest.mark.parametrize("path", ["/", "/initiatives", "/promises", "/people", "/events", "/search?q=хартии"])
def test_beyond_the_end_of_a_list_is_the_way_back(client: httpx.Client, path: str) -> None:
    empty = soup(client, path + ("&" if "?" in path else "?") + "page=900").select_one(".empty")
    assert empty
    assert "кончился" in empty.text
    assert empty.a
    assert client.get(str(empty.a["href"])).status_code == 200


@pytest.mark.parametrize("name", ["%", "_", "\\"])
def test_signs_of_the_database_are_no_part_of_a_name(client: httpx.Client, name: str) -> None:
    page = BeautifulSoup(client.get("/people", params={"name": name}).text, "lxml")
    assert page.select_one(".empty")


def test_the_map_of_enterprises_shows_what_initiatives_have_not_what_is_promised(client: httpx.Client) -> None:
    counted: dict[str, int] = {}
    for item in client.get("/api/v1/events?type=enterprise_count&limit=200").json()["items"]:
        if item["count"] and item["status"] in {"done", "ongoing"} and item["kind"] not in {None, "other"}:
            for region in item["regions"]:
                counted[region] = max(counted.get(region, 0), item["count"]["value"])
    shown = {
        str(tile["href"]).rpartition("/")[2]: int(str(tile["title"]).rpartition(": ")[2])
        for tile in soup(client, "/map?measure=enterprises").select(".map a")
    }
    assert {region: value for region, value in shown.items() if value} == counted
    promised = soup(client, "/map?measure=enterprises&status=planned").select(".map a b")
    assert any(tile.text for tile in promised), "who asks for promises sees them"
