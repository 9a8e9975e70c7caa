"""Digests over a real mail server: what is new goes out once, whatever breaks in between."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update

from pipeline.alerts import digests
from pipeline.alerts.channels import Sender
from pipeline.alerts.following import Wish, listed, remove, save
from pipeline.alerts.links import BadLinkError, Links
from pipeline.alerts.messages import MOST_SHOWN, described
from pipeline.filters import Filter
from pipeline.load import Item, load
from pipeline.models import Digest, DigestItem, Document, SavedFilter
from pipeline.settings import Settings
from tests.mail import MailServer
from tests.pipeline.examples import linking_items

LINKS = Links("https://zamena.example.org", "a key")
WISH = Wish(channel="email", address="reader@example.org", query="?kind=charter", frequency="daily")
BEFORE = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def now(engine: Engine) -> datetime:
    """A day after the last of the releases, which are from the past."""
    load(engine, items())
    with engine.connect() as connection:
        last = connection.scalar(select(func.max(Document.published_on)))
    assert last
    return datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(1)


def items() -> list[Item]:
    return list(linking_items())


@pytest.fixture
def sender(mail_server: MailServer) -> Sender:
    return Sender(Settings(mail=mail_server.setting))


def number(engine: Engine, model: type[Digest] | type[DigestItem] | type[SavedFilter]) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(model)) or 0


def events_in(message: object) -> set[str]:
    text = message.get_content()  # type: ignore[attr-defined]
    return set(re.findall(r"/documents/\w+#(\w+)", text))


def test_a_reader_is_told_once(
    engine: Engine, now: datetime, sender: Sender, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "RECENT", timedelta(10_000))
    save(engine, WISH, BEFORE)
    save(engine, Wish(**{**WISH.model_dump(), "frequency": "weekly", "query": ""}), BEFORE)
    assert digests.send_due(engine, "daily", sender, LINKS, now) == {"sent": 1}
    assert digests.send_due(engine, "daily", sender, LINKS, now) == {"nothing new": 1}
    [message] = mail_server.taken
    assert message["To"] == "reader@example.org"
    assert message["From"] == "zamena@example.org"
    assert message["Subject"] == "Замена: новое в списке «хартия»"
    assert message.get_content_type() == "text/plain"
    assert events_in(message)
    assert number(engine, DigestItem) >= len(events_in(message))


def test_a_fact_is_told_once_however_often_it_is_reprinted(
    engine: Engine, now: datetime, sender: Sender, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "RECENT", timedelta(10_000))
    monkeypatch.setitem(MOST_SHOWN, "email", 10_000)
    everything = Wish(**{**WISH.model_dump(), "query": ""})
    save(engine, everything, BEFORE)
    digests.send_due(engine, "daily", sender, LINKS, now)
    article, reading = items()[0]
    load(engine, [(article.model_copy(update={"source": "reprint", "external_id": "reprint"}), reading)])
    with engine.connect() as connection:
        stories = connection.scalars(
            select(Document.story_id).where(Document.external_id.in_(["reprint", article.external_id]))
        )
        assert len(set(stories)) == 1
    assert digests.send_due(engine, "daily", sender, LINKS, now) == {"nothing new": 1}
    assert len(mail_server.taken) == 1


def test_what_came_before_or_is_history_is_not_told(engine: Engine, now: datetime, sender: Sender) -> None:
    save(engine, WISH, datetime.now(UTC) + timedelta(1))
    assert digests.send_due(engine, "daily", sender, LINKS, now) == {"nothing new": 1}
    with engine.begin() as connection:
        connection.execute(update(SavedFilter).values(saved_at=BEFORE))
    later = now + digests.RECENT + timedelta(1)
    assert digests.send_due(engine, "daily", sender, LINKS, later) == {"nothing new": 1}


@pytest.mark.usefixtures("now")
def test_after_a_crash_nothing_is_told_twice(engine: Engine, sender: Sender, mail_server: MailServer) -> None:
    """The message is out, and the process dies before it can note so."""
    save(engine, WISH, BEFORE)

    class Dies(Sender):
        def send(self, *args: Any) -> bool:
            super().send(*args)
            raise KeyboardInterrupt

    at = datetime(2026, 6, 1, tzinfo=UTC)
    with engine.begin() as connection:
        connection.execute(update(Document).values(published_on=at.date()))
    with pytest.raises(KeyboardInterrupt):
        digests.send_due(engine, "daily", Dies(Settings(mail=mail_server.setting)), LINKS, at)
    assert digests.send_due(engine, "daily", sender, LINKS, at) == {"nothing new": 1}
    assert len(mail_server.taken) == 1
    with engine.connect() as connection:
        [row] = listed(connection)
    assert (row.sent, row.in_doubt, row.last) == (0, 1, None)


def test_what_was_refused_goes_into_the_next_digest(
    engine: Engine, now: datetime, sender: Sender, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "RECENT", timedelta(10_000))
    save(engine, WISH, BEFORE)
    mail_server.refusing = True
    assert digests.send_due(engine, "daily", sender, LINKS, now) == {"refused": 1}
    assert number(engine, DigestItem) == 0
    mail_server.refusing = False
    assert digests.send_due(engine, "daily", sender, LINKS, now) == {"sent": 1}
    assert len(mail_server.taken) == 1


def test_an_address_that_always_refuses_is_left_alone(engine: Engine, now: datetime, sender: Sender) -> None:
    save(engine, WISH, BEFORE)
    with engine.begin() as connection:
        connection.execute(update(SavedFilter).values(failures=digests.MOST_FAILURES))
    assert digests.send_due(engine, "daily", sender, LINKS, now) == {}
    save(engine, WISH, now)
    assert digests.send_due(engine, "daily", sender, LINKS, now) != {}


def test_one_broken_filter_harms_no_other(
    engine: Engine, now: datetime, sender: Sender, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "RECENT", timedelta(10_000))
    save(engine, WISH, BEFORE)
    broken = save(engine, Wish(**{**WISH.model_dump(), "query": "?kind=plan"}), BEFORE)
    with engine.begin() as connection:
        connection.execute(update(SavedFilter).where(SavedFilter.id == broken).values(query="?kind=gone"))
    progress: list[tuple[int, int]] = []
    told = digests.send_due(
        engine, "daily", sender, LINKS, now, lambda *done_and_total: progress.append(done_and_total)
    )
    assert told == {"sent": 1, "in doubt": 1}
    assert len(mail_server.taken) == 1
    assert progress == [(1, 2), (2, 2)], "of the broken one, too"


def test_a_digest_carries_the_way_out(
    engine: Engine, now: datetime, sender: Sender, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "RECENT", timedelta(10_000))
    id_ = save(engine, WISH, BEFORE)
    digests.send_due(engine, "daily", sender, LINKS, now)
    [message] = mail_server.taken
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [address] = re.findall(r"^<(.*)>$", str(message["List-Unsubscribe"]))
    assert address in message.get_content()
    assert LINKS.unsubscribed(address.rsplit("/", 1)[1]) == id_
    assert remove(engine, id_)
    assert not remove(engine, id_)
    assert [number(engine, model) for model in (SavedFilter, Digest, DigestItem)] == [0, 0, 0]


def test_the_same_wish_again_changes_only_how_often(engine: Engine) -> None:
    first = save(engine, WISH, BEFORE)
    again = save(engine, Wish(**{**WISH.model_dump(), "frequency": "weekly"}), BEFORE + timedelta(1))
    assert first == again
    with engine.connect() as connection:
        [row] = listed(connection)
    assert (row.frequency, row.saved_at) == ("weekly", BEFORE)


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("email", "nobody"),
        ("email", "a@b@c.org"),
        ("email", "a@example.org,b@example.org"),
        ("email", "a@example.org\nBcc: b@example.org"),
        ("email", "a@example.org?to=b@example.org"),
        ("email", "a" * 60 + "@" + "b." * 120 + "org"),
        ("telegram", "@channel"),
        ("telegram", "12/34"),
    ],
)
def test_what_is_no_address_is_refused(channel: str, address: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        Wish(channel=channel, address=address, query="", frequency="daily")


@pytest.mark.parametrize("query", ["?kind=gone", "?nothing=1", "?since=yesterday"])
def test_what_is_no_filter_is_refused(query: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Wish(channel="email", address="a@example.org", query=query, frequency="daily")


def test_only_our_own_links_are_believed() -> None:
    token = LINKS.confirm(WISH).rsplit("/", 1)[1]
    assert LINKS.confirmed(token) == WISH
    for links, forged in [(replace(LINKS, key="other"), token), (LINKS, token[:-1]), (LINKS, "мусор")]:
        with pytest.raises(BadLinkError):
            links.confirmed(forged)
    with pytest.raises(BadLinkError):
        LINKS.unsubscribed(token)


def test_a_filter_is_told_in_words() -> None:
    wanted = Filter.of("?region=RU-OMS&kind=charter&since=2026-05-01")
    assert described(wanted, {}) == "Омская область; хартия; с 1 мая 2026"
    assert described(Filter(), {}) == "все факты"
    assert described(Filter(person="a", status="done"), {"person": "Анна Ким"}) == "Анна Ким; сделано"
    assert described(Filter(initiative="a"), {}) == "инициатива a"
    assert Filter.of(wanted.query_string()) == wanted


def test_nothing_is_set_aside_where_nothing_can_be_sent(engine: Engine, now: datetime) -> None:
    save(engine, WISH, BEFORE)
    assert digests.send_due(engine, "daily", Sender(Settings()), LINKS, now) == {}
    assert number(engine, DigestItem) == 0
    with pytest.raises(ValueError, match="does not understand"):
        Sender(Settings(mail="mail.example.org"))
