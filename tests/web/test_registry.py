"""What is asked of the registry for a page."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from benchmarks.releases import releases as made_up
from pipeline.load import load
from pipeline.models import Event, Initiative, Official, Party
from tests.databases import MakeDatabase, opened
from tests.web.conftest import releases
from web.queries.events import CountView, events, strength
from web.queries.parties import shown_by
from web.queries.registry import figures, timeline
from web.remembered import Memory


def test_numbers_of_another_kind_are_none_of_the_initiative(sqlite_database: MakeDatabase) -> None:
    """A loan programme's firms, told beside a charter, stood on the charter's drawing."""
    with opened(sqlite_database()) as engine, Session(engine) as session:
        load(engine, releases())
        counted = select(Event).where(Event.type == "enterprise_count", Event.kind == "charter")
        event = session.scalars(counted.where(Event.initiative_id.is_not(None)).order_by(Event.id)).first()
        assert event
        assert event.initiative_id
        initiative = session.get(Initiative, event.initiative_id)
        assert initiative
        assert initiative.kind == "charter"
        before = figures(session, initiative.id)
        session.execute(update(Event).where(Event.id == event.id).values(kind="programme"))
        assert len(figures(session, initiative.id)) == len(before) - 1
        session.execute(update(Event).where(Event.id == event.id).values(kind=None))
        assert figures(session, initiative.id) == before


def test_a_story_is_told_in_order_of_time(sqlite_database: MakeDatabase) -> None:
    with opened(sqlite_database()) as engine, Session(engine) as session:
        load(engine, releases())
        longest = session.scalars(select(Initiative).order_by(Initiative.events.desc(), Initiative.id)).first()
        assert longest
        told = [(event.when, event.published_on) for event in timeline(session, longest.id)]
        assert len(told) > 5
        assert told == sorted(told)


def test_of_a_storys_numbers_the_largest_comes_first(sqlite_database: MakeDatabase) -> None:
    """«Более 100 присоединились» stood above the 386 of the headline."""
    with opened(sqlite_database()) as engine, Session(engine) as session:
        load(engine, releases())
        [view] = events(session, limit=1)
        few = replace(view, count=CountView(100, "gt", "компания"), confidence=0.99)
        many = replace(view, count=CountView(386, "eq", "предприятие"), confidence=0.6)
        assert strength(many) > strength(few)


def test_an_office_is_shown_by_words_that_name_it_rather_than_by_an_event(sqlite_database: MakeDatabase) -> None:
    with opened(sqlite_database()) as engine:
        load(engine, made_up(60))
        memory = Memory(engine)
        with Session(engine, info={"memory": memory, "stamp": memory.stamp()}) as session:
            named = session.execute(select(Official.person_id, Official.position, Party.event_id).outerjoin(
                Party, (Party.person_id == Official.person_id) & (Party.position == Official.position)
            ).where(Official.person_id.is_not(None))).all()  # fmt: skip
            assert any(row.event_id for row in named), "some take part in an event, too"
            words = {row.quotation for row in session.execute(select(Official.quotation))}
            for row in named:
                assert shown_by(session, row.person_id)[row.position].quote in words
        memory.close()
