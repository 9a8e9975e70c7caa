"""Review in the browser: only with a token, only from our own forms, and each decision under its reviewer's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup
from sqlalchemy import Engine, insert, select, update

from pipeline import access
from pipeline.models import Count, Decision, Event, Evidence, Initiative, ReviewSession, ReviewToken
from pipeline.review import undo

NOW = datetime.now(UTC)


@pytest.fixture
def reviewer(base: str, writer: Engine) -> Iterator[httpx.Client]:
    """A browser in which Anna is logged in. What she decides is taken back at the end."""
    token = access.make_token(writer, "Анна", NOW)
    with httpx.Client(base_url=base, timeout=30) as browser:
        assert post(browser, "/review/login", "/review/login", token=token).headers["location"] == "/review"
        yield browser
    access.revoke(writer, "Анна", NOW)
    for row in rows(writer, select(Decision.id).where(Decision.undone_at.is_(None))):
        undo(writer, row.id, reason="проба", reviewer="Анна", at=NOW)


def rows(engine: Engine, query: Any) -> Any:
    with engine.connect() as connection:
        return connection.execute(query).all()


def post(browser: httpx.Client, page: str, address: str, **form: Any) -> httpx.Response:
    """Send a form of a page as a browser does."""
    seal = BeautifulSoup(browser.get(page).text, "lxml").select("input[name=seal]")[0]["value"]
    return browser.post(address, data={"seal": str(seal), **form})


def an_event(engine: Engine) -> Any:
    query = (
        select(Event.id, Event.status, Evidence.quotation, Count.value, Event.initiative_id)
        .join(Evidence, (Evidence.event_id == Event.id) & (Evidence.role == "event"))
        .join(Count, Count.event_id == Event.id)
        .where(Event.type == "enterprise_count", Event.review == "unreviewed")
        .order_by(Event.id)
        .limit(1)
    )
    return rows(engine, query)[0]


def review_of(engine: Engine, event_id: str) -> Any:
    [row] = rows(
        engine,
        select(Event.review, Event.status, Count.value)
        .outerjoin(Count, Count.event_id == Event.id)
        .where(Event.id == event_id),
    )
    return tuple(row)


@pytest.mark.parametrize("path", ["/review", "/review/decisions", "/review/events/x", "/review/open?what=x"])
def test_strangers_are_led_to_the_door(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/login")


@pytest.mark.usefixtures("writer")
def test_only_a_living_token_opens(client: httpx.Client, writer: Engine) -> None:
    token = access.make_token(writer, "Борис", NOW)
    access.revoke(writer, "Борис", NOW)
    for wrong in (token, "", "мусор", "x" * 300):
        assert post(client, "/review/login", "/review/login", token=wrong).status_code in {403, 422}
    assert client.get("/review").status_code == 303


def test_nothing_that_opens_is_kept(reviewer: httpx.Client, writer: Engine) -> None:
    kept = {row.id for table in (ReviewToken, ReviewSession) for row in rows(writer, select(table.id))}
    assert reviewer.cookies["zamena_review"] not in kept
    assert all(len(id_) == 64 for id_ in kept)


def test_the_cookie_is_out_of_reach(base: str, writer: Engine) -> None:
    token = access.make_token(writer, "Вера", NOW)
    with httpx.Client(base_url=base) as browser:
        answer = post(browser, "/review/login", "/review/login", token=token)
    [cookie] = [c for c in answer.headers.get_list("set-cookie") if c.startswith("zamena_review")]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    access.revoke(writer, "Вера", NOW)


def test_guessing_is_slowed_down(client: httpx.Client, writer: Engine) -> None:
    answers = [post(client, "/review/login", "/review/login", token="guess").status_code for _ in range(12)]
    assert answers == [403] * 10 + [429] * 2


def test_logging_out_ends_the_session(reviewer: httpx.Client, base: str) -> None:
    stolen = reviewer.cookies["zamena_review"]
    assert post(reviewer, "/review", "/review/logout").status_code == 303
    with httpx.Client(base_url=base, cookies={"zamena_review": stolen}) as thief:
        assert thief.get("/review").status_code == 303


def test_revoking_ends_the_session(reviewer: httpx.Client, writer: Engine) -> None:
    assert reviewer.get("/review").status_code == 200
    access.revoke(writer, "Анна", NOW)
    assert reviewer.get("/review").status_code == 303


def test_a_session_ends_of_itself(writer: Engine) -> None:
    session = access.log_in(writer, access.make_token(writer, "Глеб", NOW), NOW)
    assert session
    with writer.connect() as connection:
        assert access.reviewer_of(connection, session, NOW) == "Глеб"
        assert access.reviewer_of(connection, session, NOW + access.LASTS + timedelta(seconds=1)) is None


@pytest.mark.parametrize(("action", "review"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_confirm_and_reject(reviewer: httpx.Client, writer: Engine, action: str, review: str) -> None:
    event = an_event(writer)
    page = f"/review/events/{event.id}"
    assert post(reviewer, page, f"{page}/{action}", reason=" ").status_code == 422
    assert post(reviewer, page, f"{page}/{action}", reason="сверено с текстом").status_code == 303
    assert review_of(writer, event.id)[0] == review
    [row] = rows(writer, select(Decision.__table__).where(Decision.target_id == event.id, Decision.undone_at.is_(None)))
    assert (row.action, row.reviewer, row.reason) == (action, "Анна", "сверено с текстом")


def test_the_words_are_marked_beside_the_fact(reviewer: httpx.Client, writer: Engine) -> None:
    event = an_event(writer)
    page = BeautifulSoup(reviewer.get(f"/review/events/{event.id}").text, "lxml")
    assert "".join(mark.text for mark in page.select(".release mark")) == event.quotation
    assert page.select_one("input[name=count_value]")["value"] == str(event.value)  # type: ignore[index]


def test_edit_changes_what_was_changed_alone(reviewer: httpx.Client, writer: Engine) -> None:
    event = an_event(writer)
    page = f"/review/events/{event.id}"
    fields = BeautifulSoup(reviewer.get(page).text, "lxml").select_one(f"form[action='{page}/edit']")
    assert fields
    form = {str(f["name"]): str(f.get("value", "")) for f in fields.select("input")}
    form |= {str(f["name"]): f.text.strip("\n") for f in fields.select("textarea")}
    form |= {str(s["name"]): str(s.select_one("option[selected]")["value"]) for s in fields.select("select")}  # type: ignore[index]
    assert reviewer.post(f"{page}/edit", data=form | {"reason": "проверка"}).status_code == 422, "nothing was changed"
    refused = reviewer.post(f"{page}/edit", data=form | {"reason": "проверка", "count_value": "много"})
    assert refused.status_code == 422
    assert "не целое число" in refused.text
    assert reviewer.post(f"{page}/edit", data=form | {"reason": "опечатка", "count_value": "4321"}).status_code == 303
    assert review_of(writer, event.id) == ("edited", event.status, 4321)
    [row] = rows(writer, select(Decision.changes).where(Decision.target_id == event.id, Decision.undone_at.is_(None)))
    assert set(row.changes) == {"count"}


def test_an_edit_that_makes_no_sense_is_refused(reviewer: httpx.Client, writer: Engine) -> None:
    event = an_event(writer)
    page = f"/review/events/{event.id}"
    answer = post(reviewer, page, f"{page}/edit", reason="проба", regions="RU-XXX")
    assert answer.status_code == 422
    assert "такого региона нет: RU-XXX" in answer.text
    assert 'value="RU-XXX"' in answer.text, "what was filled in is not lost"
    assert review_of(writer, event.id)[0] == "unreviewed"


def test_merge_and_undo(reviewer: httpx.Client, writer: Engine) -> None:
    one, other = rows(writer, select(Initiative.id, Initiative.events).order_by(Initiative.events.desc()).limit(2))
    page = f"/review/initiatives/{one.id}"
    answer = post(reviewer, page, f"{page}/merge", other=f"http://site/initiatives/{other.id}", reason="одна и та же")
    assert answer.status_code == 303
    assert reviewer.get(f"/initiatives/{other.id}").status_code == 308
    [decision] = rows(writer, select(Decision.id).where(Decision.undone_at.is_(None)))
    answer = post(reviewer, "/review/decisions", f"/review/decisions/{decision.id}/undo", reason="ошиблась")
    assert answer.status_code == 303
    assert reviewer.get(f"/initiatives/{other.id}").status_code == 200


def test_split(reviewer: httpx.Client, writer: Engine) -> None:
    [one] = rows(writer, select(Initiative.id).order_by(Initiative.events.desc()).limit(1))
    page = f"/review/initiatives/{one.id}"
    assert post(reviewer, page, f"{page}/split", reason="разные").status_code == 422, "none is chosen"
    boxes = BeautifulSoup(reviewer.get(page).text, "lxml").select("input[type=checkbox]")
    gone = str(boxes[0]["value"])
    assert post(reviewer, page, f"{page}/split", reason="разные", events=[gone]).status_code == 303
    [row] = rows(writer, select(Event.initiative_id).where(Event.id == gone))
    assert row.initiative_id != one.id


def test_without_the_seal_nothing_is_decided(reviewer: httpx.Client, writer: Engine) -> None:
    event = an_event(writer)
    answer = reviewer.post(f"/review/events/{event.id}/reject", data={"reason": "чужая страница"})
    assert answer.status_code == 403
    assert review_of(writer, event.id)[0] == "unreviewed"


def test_the_queue_leads_to_what_is_doubtful(reviewer: httpx.Client, writer: Engine) -> None:
    event = an_event(writer)
    with writer.begin() as connection:
        connection.execute(update(Event).where(Event.id == event.id).values(confidence=0.3))
    page = BeautifulSoup(reviewer.get("/review").text, "lxml")
    links = {str(a["href"]) for a in page.select("main article a[href^='/review/']")}
    assert f"/review/events/{event.id}" in links
    for link in sorted(links)[:10]:
        assert reviewer.get(link).status_code == 200
    for what in (event.id, f"http://x/documents/{'0' * 20}#{event.id}"):
        answer = reviewer.get("/review/open", params={"what": what})
        assert answer.headers["location"] == f"/review/events/{event.id}"
    assert reviewer.get("/review/open", params={"what": "ничего"}).status_code == 404


def test_the_queue_shows_corrections_whose_fact_is_gone(reviewer: httpx.Client, writer: Engine) -> None:
    row = {"id": "lost", "action": "edit", "target": "event", "target_id": "0" * 20, "changes": {"date": "2019"}}
    about = {"quotation": "В хартии 386 <предприятий>", "reason": "проба", "reviewer": "Анна", "decided_at": NOW}
    with writer.begin() as connection:
        connection.execute(insert(Decision).values(row | about))
    page = reviewer.get("/review").text
    assert "Исправленный факт исчез из текста" in page
    assert "386 &lt;предприятий&gt;» {&#34;date&#34;: &#34;2019&#34;} (Анна)" in page
