"""Corrections: applied everywhere, undone without trace, and alive after reprocessing and re-crawling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from nlp.schema import Extraction
from pipeline import review
from pipeline.doubts import doubts
from pipeline.load import document_id, load
from pipeline.models import Count, Decision, Event, Initiative, Redirect
from pipeline.why import why
from tests.pipeline.contents import contents
from tests.pipeline.examples import linking_items

AT = datetime(2026, 3, 2, tzinfo=UTC)
BY: dict[str, Any] = {"reason": "проверено по документу", "reviewer": "Анна", "at": AT}
NOW = lambda: AT  # noqa: E731
SOME = linking_items()[:24]


def machine_made(engine: Engine) -> dict[str, Any]:
    return {name: rows for name, rows in contents(engine).items() if name not in ("decisions", "redirects")}


def rows(engine: Engine, query: Any) -> Sequence[Any]:
    with engine.connect() as connection:
        return connection.execute(query).all()


def an_event(engine: Engine, type_: str = "enterprise_count") -> Any:
    return rows(engine, select(Event.__table__).where(Event.type == type_, Event.date.is_not(None)).order_by(Event.id))[
        0
    ]


@pytest.mark.parametrize("what", ["confirm", "reject", "edit", "merge", "split"])
def test_undoing_leaves_no_trace(engine: Engine, what: str) -> None:
    load(engine, SOME, now=NOW)
    before = machine_made(engine)
    event = an_event(engine)
    big, other = rows(engine, select(Initiative.id).order_by(Initiative.events.desc(), Initiative.id).limit(2))
    if what == "edit":
        decision = review.edit(engine, event.id, {"count": {"value": 7, "comparator": "ge", "unit": "завод"}}, **BY)
    elif what == "merge":
        decision = review.merge(engine, big.id, other.id, **BY)
    elif what == "split":
        inside = rows(engine, select(Event.id).where(Event.initiative_id == big.id).order_by(Event.id))
        decision = review.split(engine, big.id, [inside[0].id], **BY)
    else:
        decision = getattr(review, what)(engine, event.id, **BY)
    assert machine_made(engine) != before
    review.undo(engine, decision, reason="ошибся", reviewer="Анна", at=AT + timedelta(hours=1))
    assert machine_made(engine) == before
    with pytest.raises(review.ReviewError):
        review.undo(engine, decision, **BY)


def test_a_rejected_event_is_gone_everywhere(engine: Engine) -> None:
    load(engine, SOME)
    event = an_event(engine)
    review.reject(engine, event.id, **BY)
    with engine.connect() as connection:
        for view, column in (
            ("flat_events", "event_id"),
            ("counts_series", "event_id"),
            ("initiative_timeline", "event_id"),
        ):
            found = connection.exec_driver_sql(f"SELECT {column} FROM {view}").scalars().all()
            assert found
            assert event.id not in found
    assert rows(engine, select(Event.initiative_id, Event.review).where(Event.id == event.id)) == [(None, "rejected")]


def test_an_edit_shows_and_the_reading_is_kept(engine: Engine) -> None:
    load(engine, SOME)
    event = an_event(engine)
    review.edit(engine, event.id, {"count": {"value": 7, "comparator": "ge", "unit": "завод"}, "date": "2024-05"}, **BY)
    after = rows(engine, select(Event.__table__).where(Event.id == event.id))[0]
    assert (after.review, after.date, str(after.date_to)) == ("edited", "2024-05", "2024-05-31")
    assert after.reading == event.reading
    assert rows(engine, select(Count.value, Count.unit).where(Count.event_id == event.id)) == [(7, "завод")]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"status": "maybe"}, "status"),
        ({"date": "2024-13"}, "not a date"),
        ({"regions": ["RU-XXX"]}, "no such region"),
        ({"quote": "другое"}, "not to be edited"),
        ({"count": None}, "without a count"),
    ],
)
def test_senseless_edits_are_refused(engine: Engine, changes: dict[str, Any], complaint: str) -> None:
    load(engine, SOME[:6])
    event = an_event(engine)
    before = contents(engine)
    with pytest.raises(review.ReviewError, match=complaint):
        review.edit(engine, event.id, changes, **BY)
    assert contents(engine) == before


def test_decisions_need_a_reason_and_a_name(engine: Engine) -> None:
    load(engine, SOME[:6])
    with pytest.raises(review.ReviewError, match="reason"):
        review.confirm(engine, an_event(engine).id, reason=" ", reviewer="Анна", at=AT)


def reread(items: Sequence[tuple[Any, Extraction]], version: str) -> list[tuple[Any, Extraction]]:
    return [(article, replace(extraction, version=version)) for article, extraction in items]


def test_corrections_outlive_another_version_and_another_crawl(engine: Engine) -> None:
    load(engine, SOME)
    event = an_event(engine)
    review.edit(engine, event.id, {"date": "2024-05"}, **BY)
    big, other = rows(engine, select(Initiative.id).order_by(Initiative.events.desc(), Initiative.id).limit(2))
    review.merge(engine, big.id, other.id, **BY)
    before = {row.id: (row.initiative_id, row.date, row.review) for row in rows(engine, select(Event.__table__))}
    shifted = [
        (
            article.model_copy(update={"text": "Обновлено. " + article.text}),
            replace(
                extraction,
                events=tuple(
                    replace(e, start=e.start + 11, stop=e.stop + 11, trigger=(e.trigger[0] + 11, e.trigger[1] + 11))
                    for e in extraction.events
                ),
            ),
        )
        for article, extraction in reread(SOME, "2")
    ]
    load(engine, shifted)
    after = {row.id: (row.initiative_id, row.date, row.review) for row in rows(engine, select(Event.__table__))}
    assert after == before


def test_an_edited_fact_whose_words_are_gone_comes_back_for_review(engine: Engine) -> None:
    (article, extraction), *_ = SOME
    load(engine, [(article, extraction)])
    event = an_event(engine)
    review.edit(engine, event.id, {"date": "2019"}, **BY)
    text = article.text.replace("двенадцать предприятий", "15 предприятий")
    quotes = {e.quote: e.quote.replace("двенадцать предприятий", "15 предприятий") for e in extraction.events}
    events = tuple(
        replace(
            e,
            quote=quotes[e.quote],
            start=text.find(quotes[e.quote]),
            stop=text.find(quotes[e.quote]) + len(quotes[e.quote]),
            trigger=(0, 0),
        )
        for e in extraction.events
    )
    load(engine, [(article.model_copy(update={"text": text}), replace(extraction, events=events))])
    after = rows(engine, select(Event.__table__).where(Event.id == event.id))[0]
    assert (after.review, after.date) == ("stale", "2019")
    with engine.connect() as connection:
        assert [d.subject for d in doubts(connection) if d.why == "stale"] == [event.id]


def test_what_a_person_vouched_for_stays_though_the_machine_misses_it(engine: Engine) -> None:
    item = SOME[0]
    load(engine, [item])
    kept, *others = [row.id for row in rows(engine, select(Event.id).order_by(Event.id))]
    review.confirm(engine, kept, **BY)
    load(engine, [(item[0], replace(item[1], version="2", events=()))])
    assert [row.id for row in rows(engine, select(Event.id))] == [kept]
    assert others


def test_a_merge_leaves_a_way_from_the_old_address(engine: Engine) -> None:
    load(engine, SOME)
    big, other = rows(engine, select(Initiative.id).order_by(Initiative.events.desc(), Initiative.id).limit(2))
    review.merge(engine, big.id, other.id, **BY)
    assert rows(engine, select(Redirect.new_id).where(Redirect.old_id == other.id)) == [(big.id,)]
    with engine.connect() as connection:
        assert review.living(connection, other.id) == big.id
        explained = why(connection, big.id)
    assert [d.action for d in explained.decisions] == ["merge"]
    assert len(rows(engine, select(Decision.id))) == 1


def test_why_names_every_event_and_rule(engine: Engine) -> None:
    load(engine, linking_items())
    big = rows(engine, select(Initiative.id, Initiative.events).order_by(Initiative.events.desc()).limit(1))[0]
    with engine.connect() as connection:
        explained = why(connection, big.id)
    assert sum(len(tie.events) for tie in explained.ties) == big.events
    assert all(tie.rule and 0 < tie.score <= 1 for tie in explained.ties)
    assert any(tie.linked_to for tie in explained.ties)


@pytest.mark.parametrize("action", ["edit", "confirm", "reject"])
def test_a_corrected_fact_that_its_text_tells_no_more_comes_back_for_review(engine: Engine, action: str) -> None:
    """Whether by another crawl or by reprocessing; a rejected one may go without a word."""
    (article, extraction), *_ = SOME
    load(engine, [(article, extraction)])
    event = an_event(engine)
    what = {"changes": {"date": "2019"}} if action == "edit" else {}
    decision = getattr(review, action)(engine, event.id, **what, **BY)
    text = "Новая редакция: число участников уточняется."
    changed = article.model_copy(update={"text": text})
    load(engine, [(changed, replace(extraction, events=(), people=()))])
    assert not rows(engine, select(Event.id))
    with engine.connect() as connection:
        found = [(d.subject, d.other) for d in doubts(connection) if d.why == "lost"]
    document = document_id(article)
    assert found == ([] if action == "reject" else [(decision, document)])
    load(
        engine, [(article, replace(extraction, version="2"))]
    )  # the former text comes back, and so does the correction
    after = {row.id: row.review for row in rows(engine, select(Event.__table__))}
    assert after[event.id] == {"edit": "edited", "confirm": "confirmed", "reject": "rejected"}[action]
    with engine.connect() as connection:
        assert not [d for d in doubts(connection) if d.why == "lost"]


def test_a_lost_correction_can_be_let_go(engine: Engine) -> None:
    (article, extraction), *_ = SOME
    load(engine, [(article, extraction)])
    decision = review.edit(engine, an_event(engine).id, {"date": "2019"}, **BY)
    load(engine, [(article.model_copy(update={"text": "Иное."}), replace(extraction, events=(), people=()))])
    review.undo(engine, decision, reason="факт отозван", reviewer="Анна", at=AT + timedelta(hours=1))
    with engine.connect() as connection:
        assert not doubts(connection)
