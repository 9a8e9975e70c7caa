"""Following a list from its page to the mail box and out again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup
from fastapi import FastAPI
from sqlalchemy import Engine, func, select, update

from pipeline.alerts import digests
from pipeline.alerts.channels import Sender
from pipeline.models import Event, Initiative, Organization, Party, Person, SavedFilter
from pipeline.settings import Settings
from tests.mail import MailServer

FORM = {"channel": "email", "address": "reader@example.org", "frequency": "at_once"}


def seal(client: httpx.Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return str(BeautifulSoup(page.text, "lxml").select("input[name=seal]")[0]["value"])


def saved(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(SavedFilter)) or 0


def test_from_the_list_to_the_mail_box_and_out(
    client: httpx.Client,
    site: tuple[str, FastAPI],
    writer: Engine,
    site_mail: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base = site[0]
    site_mail.taken.clear()
    listed = BeautifulSoup(client.get("/events?region=RU-OMS&kind=charter").text, "lxml")
    [link] = [a for a in listed.select("main a") if a.text == "Следить за этим списком"]
    path = str(link["href"])
    answer = client.post(path, data={**FORM, "seal": seal(client, path)})
    assert answer.status_code == 200
    assert saved(writer) == 0, "nothing is kept before the address is confirmed"

    [asked] = site_mail.taken
    assert asked["To"] == "reader@example.org"
    assert "Омская область; хартия" in asked.get_content()
    [confirming] = re.findall(rf"{base}(/follow/\S+)", asked.get_content())
    assert saved(writer) == 0, "programs that open links in mail confirm nothing"
    assert client.post(confirming, data={"seal": seal(client, confirming)}).status_code == 200
    assert saved(writer) == 1

    monkeypatch.setattr(digests, "RECENT", timedelta(10_000))
    with writer.begin() as connection:
        connection.execute(update(SavedFilter).values(saved_at=datetime(2020, 1, 1, tzinfo=UTC)))
    sender = Sender(Settings(mail=site_mail.setting))
    assert digests.send_due(writer, "at_once", sender, site[1].state.links, datetime.now(UTC)) == {"sent": 1}
    digest = site_mail.taken[-1]
    for address in re.findall(rf"{base}(/documents/\S+)", digest.get_content())[:3]:
        assert client.get(address).status_code == 200
    [leaving] = re.findall(rf"<{base}(.*)>", str(digest["List-Unsubscribe"]))
    assert client.get(leaving).status_code == 200
    assert saved(writer) == 1, "opening the link ends nothing"
    with httpx.Client(base_url=base) as mail_program:
        answer = mail_program.post(leaving, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert saved(writer) == 0


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"address": "nobody"}, 422),
        ({"address": "a@example.org\r\nBcc: b@example.org"}, 422),
        ({"channel": "telegram", "address": "12"}, 404),
        ({"channel": "pigeon"}, 422),
        ({"frequency": "never"}, 422),
        ({"seal": "0" * 64}, 403),
        ({"seal": ""}, 403),
    ],
)
def test_what_cannot_be_is_refused(
    client: httpx.Client, writer: Engine, site_mail: MailServer, changes: dict[str, str], status: int
) -> None:
    site_mail.taken.clear()
    form = {**FORM, "seal": seal(client, "/follow"), **changes}
    assert client.post("/follow", data=form).status_code == status
    assert site_mail.taken == []
    assert saved(writer) == 0


@pytest.mark.usefixtures("writer")
def test_a_form_from_elsewhere_is_refused(client: httpx.Client, base: str) -> None:
    """The seal of one browser is of no use in another."""
    mine = seal(client, "/follow")
    with httpx.Client(base_url=base) as other:
        assert other.post("/follow", data={**FORM, "seal": mine}).status_code == 403
        other.get("/follow")
        assert other.post("/follow", data={**FORM, "seal": mine}).status_code == 403


@pytest.mark.usefixtures("writer")
def test_nobody_is_flooded_through_us(client: httpx.Client, site_mail: MailServer) -> None:
    site_mail.taken.clear()
    form = {**FORM, "seal": seal(client, "/follow")}
    answers = [client.post("/follow", data=form).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert len(site_mail.taken) == 3


@pytest.mark.usefixtures("writer")
def test_a_server_that_refuses_is_told_to_the_reader(client: httpx.Client, site_mail: MailServer) -> None:
    site_mail.refusing = True
    try:
        answer = client.post("/follow", data={**FORM, "seal": seal(client, "/follow")})
    finally:
        site_mail.refusing = False
    assert answer.status_code == 502
    assert "не ушло" in answer.text


@pytest.mark.parametrize(
    ("register", "column"),
    [(Initiative, Event.initiative_id), (Person, Party.person_id), (Organization, Party.organization_id)],
)
def test_one_of_a_register_can_be_followed(
    client: httpx.Client, writer: Engine, site_mail: MailServer, register: type[Person], column: Any
) -> None:
    site_mail.taken.clear()
    events = select(Event.id).join(Party, Party.event_id == Event.id, isouter=True)
    with writer.connect() as connection:
        id_, name = connection.execute(
            select(register.id, register.name).where(register.id.in_(events.with_only_columns(column))).limit(1)
        ).one()
        told = set(connection.scalars(events.where(column == id_)))
    kind = {"initiatives": "initiative", "people": "person", "organizations": "organization"}[register.__tablename__]
    page = BeautifulSoup(client.get(f"/{register.__tablename__}/{id_}").text, "lxml")
    [link] = [str(a["href"]) for a in page.select("main a") if a.text.startswith("Следить за эт")]
    assert link == f"/follow?{kind}={id_}"
    feed = client.get(f"/feed.json?{kind}={id_}").json()
    assert {item["id"].rsplit(":", 1)[1] for item in feed["items"]} == told
    assert client.post(link, data={**FORM, "seal": seal(client, link)}).status_code == 200
    [asked] = site_mail.taken
    assert name in " ".join(asked.get_content().split())


@pytest.mark.parametrize(
    "path", ["/follow/forged", "/unsubscribe/forged", "/follow?source=buy-now", "/follow?initiative=buy-now"]
)
def test_forged_links_lead_nowhere(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code in {403, 404}
