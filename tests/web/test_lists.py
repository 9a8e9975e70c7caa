"""Feeds, downloads and the API say what the pages say."""

from __future__ import annotations

import base64
import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import feedparser
import httpx
import pytest
from bs4 import BeautifulSoup
from sqlalchemy import Engine, delete, insert

from pipeline.collation import organization_key, person_key, surname_first
from pipeline.models import Organization, Person, Redirect
from tests.web.conftest import HOSTILE

LISTS = ["events", "initiatives", "promises", "people", "organizations", "sources", "regions", "documents"]


ENDLESS = base64.urlsafe_b64encode(b"f" * 60 + b"|2025-01-01").decode()  # a cursor after a document that cannot be


def rows(client: httpx.Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))


def walk(client: httpx.Client, path: str, **query: str) -> list[dict[str, Any]]:
    """All items of a listing, answer after answer."""
    items: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        answer = client.get(path, params=query | ({"cursor": cursor} if cursor else {})).json()
        items += answer["items"]
        cursor = answer["next"]
        if cursor is None:
            return items


@pytest.mark.parametrize("listed", LISTS)
def test_lists_download_as_csv_and_xlsx(client: httpx.Client, listed: str) -> None:
    response = client.get(f"/download/{listed}.csv")
    assert response.headers["content-type"].startswith("text/csv")
    header = next(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    book = zipfile.ZipFile(io.BytesIO(client.get(f"/download/{listed}.xlsx").content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(f">{name}<" in sheet for name in header)


def test_a_download_is_all_of_the_list_and_nothing_else(client: httpx.Client) -> None:
    everything = rows(client, "/download/events.csv")
    omsk = rows(client, "/download/events.csv?region=RU-OMS")
    assert 0 < len(omsk) < len(everything)
    assert all("RU-OMS" in row["regions"].split() for row in omsk)
    assert {row["id"] for row in omsk} == {row["id"] for row in everything if "RU-OMS" in row["regions"].split()}


@pytest.mark.parametrize(
    ("page", "download"),
    [
        ("/people?name=ракитянский", "/download/people.csv"),
        ("/organizations?region=RU-OMS", "/download/organizations.csv"),
        ("/promises?outcome=kept&region=RU-OMS", "/download/promises.csv"),
        ("/search?q=хартии&region=RU-OMS", "/download/documents.csv"),
        ("/map?measure=enterprises&kind=charter", "/download/regions.csv"),
    ],
)
def test_a_page_offers_what_it_shows(client: httpx.Client, page: str, download: str) -> None:
    links = [str(a["href"]) for a in BeautifulSoup(client.get(page).text, "lxml").select(".take a")]
    [link] = [link for link in links if link.startswith(download)]
    assert unquote(link.partition("?")[2]) == page.partition("?")[2]
    everything, shown = rows(client, download), rows(client, link)
    assert shown != everything
    assert shown


def test_a_spreadsheet_runs_no_formula_from_a_release(client: httpx.Client) -> None:
    (row,) = rows(client, "/download/events.csv?region=RU-TUL&since=2026-05-05")
    assert row["title"].startswith("'=")
    assert row["initiative"].startswith("'=")
    assert row["parties"].startswith("'@")


def test_feeds_lead_to_our_own_address_whatever_was_asked(client: httpx.Client, base: str) -> None:
    feed = client.get("/feed.json?region=RU-OMS", headers={"Host": "evil.example"}).json()
    atom = client.get("/feed.atom?region=RU-OMS", headers={"Host": "evil.example"}).text
    assert {url.startswith(base) for url in (feed["feed_url"], *(item["url"] for item in feed["items"]))} == {True}
    assert f"{base}/feed.atom?region=RU-OMS" in atom
    assert "evil.example" not in atom


def test_every_filter_is_a_feed(client: httpx.Client) -> None:
    feed = feedparser.parse(client.get("/feed.atom?region=RU-OMS").content)
    other = client.get("/feed.json?region=RU-OMS").json()
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [item["id"] for item in other["items"]]
    assert len(feed.entries) == min(50, len(rows(client, "/download/events.csv?region=RU-OMS")))
    assert HOSTILE not in client.get("/feed.atom?region=RU-TUL").text


def test_the_api_walks_through_all_without_a_gap_or_a_repeat(client: httpx.Client) -> None:
    ids = [item["id"] for item in walk(client, "/api/v1/events", limit="7")]
    assert len(ids) == len(set(ids))
    assert set(ids) == {row["id"] for row in rows(client, "/download/events.csv")}
    promises = [item["event"]["id"] for item in walk(client, "/api/v1/promises", limit="3")]
    assert len(promises) == len(set(promises))
    assert set(promises) == {row["event_id"] for row in rows(client, "/download/promises.csv")}
    initiatives = [item["id"] for item in walk(client, "/api/v1/initiatives", limit="7")]
    assert len(initiatives) == len(set(initiatives))
    assert set(initiatives) == {row["id"] for row in rows(client, "/download/initiatives.csv")}
    for register in ("people", "organizations"):
        ids = [item["id"] for item in walk(client, f"/api/v1/{register}", limit="7")]
        assert len(ids) == len(set(ids))
        assert set(ids) == {row["id"] for row in rows(client, f"/download/{register}.csv")}


def test_the_api_finds_what_the_page_finds(client: httpx.Client) -> None:
    hits = list(walk(client, "/api/v1/search", q="хартии", limit="3"))
    assert [hit["id"] for hit in hits] == [row["id"] for row in rows(client, "/download/documents.csv?q=хартии")]
    assert len(hits) == client.get("/api/v1/search?q=хартии").json()["total"] > 3
    told = [piece["text"].lower() for hit in hits for piece in hit["snippet"] if piece["found"]]
    assert told
    assert all(word.startswith("харти") for word in told)
    few = [hit["id"] for hit in walk(client, "/api/v1/search", q="хартии", region="RU-OMS", limit="2")]
    assert 0 < len(few) < len(hits)


def test_the_api_tells_who_holds_an_office_and_where_it_says_so(client: httpx.Client) -> None:
    person = next(person for person in walk(client, "/api/v1/people", region="RU-OMS") if person["offices"])
    whole = client.get(f"/api/v1/people/{person['id']}").json()
    assert {key: whole[key] for key in person} == person
    assert whole["named"]
    for named in whole["named"]:
        evidence = named["evidence"]
        text = client.get(f"/api/v1/documents/{evidence['document_id']}").json()["text"]
        assert text[evidence["start"] : evidence["stop"]] == evidence["quote"] != ""


@pytest.fixture
def idle(writer: Engine) -> Iterator[str]:
    """Name of a person without an office."""
    row = {"id": "e" * 20, "name": "Яков Ёжиков", "sort_key": person_key("Яков Ёжиков")}
    with writer.begin() as connection:
        connection.execute(insert(Person).values(row))
    yield row["name"]
    with writer.begin() as connection:
        connection.execute(delete(Person).where(Person.id == row["id"]))


def test_people_stand_by_surname_wherever_they_are_listed(client: httpx.Client, idle: str) -> None:
    people = [item["name"] for item in walk(client, "/api/v1/people", limit="3")]
    assert idle in people
    assert people == sorted(people, key=person_key)
    assert people != sorted(people), "not by given name"
    downloaded = {row["id"]: row["name"] for row in rows(client, "/download/people.csv")}
    assert list(downloaded.values()) == people, "those without an office, too"
    page = BeautifulSoup(client.get("/people").text, "lxml")
    assert [link.text for link in page.select("main td:first-child a")] == [surname_first(name) for name in people[:30]]


def test_a_long_name_does_not_stop_the_walk(client: httpx.Client, writer: Engine) -> None:
    """Its cursor was longer than a cursor might be."""
    name = "Ассоциация " + "содействия развитию " * 20
    with writer.begin() as connection:
        connection.execute(insert(Organization).values(id="d" * 20, name=name, sort_key=organization_key(name)))
    try:
        assert name in {firm["name"] for firm in walk(client, "/api/v1/organizations", name="ассоциация", limit="1")}
    finally:
        with writer.begin() as connection:
            connection.execute(delete(Organization).where(Organization.id == "d" * 20))


@pytest.mark.parametrize("name", ["ежиков", "ЁЖИКОВ", "ёжиков яков", "Яков Ёжиков"])
def test_a_name_is_found_however_it_is_written(client: httpx.Client, idle: str, name: str) -> None:
    assert idle in {person["name"] for person in walk(client, "/api/v1/people", name=name)}


def test_an_organisation_is_found_by_any_of_its_names(client: httpx.Client) -> None:
    firm = next(firm for firm in walk(client, "/api/v1/organizations") if firm["aliases"])
    found = walk(client, "/api/v1/organizations", name=firm["aliases"][0])
    assert firm in found
    assert client.get(f"/api/v1/organizations/{firm['id']}").json() == firm


def test_every_fact_of_the_api_has_its_sentence(client: httpx.Client) -> None:
    event = client.get("/api/v1/events?limit=1&region=RU-OMS").json()["items"][0]
    evidence = event["evidence"]
    document = client.get(f"/api/v1/documents/{evidence['document_id']}").json()
    assert document["text"][evidence["start"] : evidence["stop"]] == evidence["quote"] != ""
    assert event["id"] in {fact["id"] for fact in document["events"]}


@pytest.mark.parametrize("register", ["initiatives", "people", "organizations"])
def test_an_id_that_gave_way_leads_on_from_page_and_api_alike(
    client: httpx.Client, writer: Engine, register: str
) -> None:
    [one] = client.get(f"/api/v1/{register}?limit=1").json()["items"]
    old = "f" * 20
    with writer.begin() as connection:
        connection.execute(insert(Redirect).values(old_id=old, new_id=one["id"]))
    try:
        for path in (f"/{register}", f"/api/v1/{register}"):
            answer = client.get(f"{path}/{old}")
            assert (answer.status_code, answer.headers["location"]) == (308, f"{path}/{one['id']}")
            assert client.get(answer.headers["location"]).status_code == 200
        [responses] = [
            operation["get"]["responses"]
            for path, operation in client.get("/api/v1/openapi.json").json()["paths"].items()
            if path.startswith(f"/api/v1/{register}/")
        ]
        assert "Location" in responses["308"]["headers"]
    finally:
        with writer.begin() as connection:
            connection.execute(delete(Redirect).where(Redirect.old_id == old))
    assert client.get(f"/api/v1/{register}/{old}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/initiatives?kind=charter", "/api/v1/events"])
def test_what_has_not_changed_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    second = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (second.status_code, second.content) == (304, b"")


@pytest.mark.parametrize("cursor", ["мусор", "bm90IGEgZGF0ZXx4", "%00", "fA==", ENDLESS])
def test_a_wrong_cursor_is_refused_or_harmless(client: httpx.Client, cursor: str) -> None:
    for listed in ("events", "people", "search"):
        answer = client.get(f"/api/v1/{listed}", params={"cursor": cursor, "q": "хартия"})
        assert answer.status_code in {200, 404}


def test_machines_can_ask_how_it_goes(client: httpx.Client) -> None:
    assert client.get("/health").text == "ok\n"
    metrics = client.get("/metrics").text
    assert 'zamena_rows{table="documents"} 61.0' in metrics
