"""People and organisations: what batches add up to is what counting everything anew gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from alembic import command
from sqlalchemy import Engine, select

from benchmarks.releases import releases
from nlp.schema import Official
from pipeline import review
from pipeline.assign import refresh
from pipeline.database import alembic_config
from pipeline.load import load
from pipeline.models import Event, Office, Organization, Person
from tests.pipeline.contents import contents
from tests.pipeline.examples import linking_items

TALLIED = ("people", "person_aliases", "person_regions", "offices", "organizations", "organization_aliases",
           "organization_regions")  # fmt: skip
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def tallied(engine: Engine) -> dict[str, object]:
    return {name: rows for name, rows in contents(engine).items() if name in TALLIED}


def count_anew(engine: Engine) -> None:
    with engine.begin() as connection:
        everybody = {
            "person": set(connection.scalars(select(Person.id))),
            "organization": set(connection.scalars(select(Organization.id))),
        }
        refresh(connection, [], [], everybody)


def test_batches_add_up(engine: Engine) -> None:
    items = [*linking_items()[:30], *releases(120)]
    for start in range(0, len(items), 10):
        load(engine, items[start : start + 10])
    article, extraction = items[40]
    load(engine, [(article, replace(extraction, version="2", events=extraction.events[1:]))])
    with engine.connect() as connection:
        event = connection.scalars(select(Event.id).where(Event.type == "agreement_signing").order_by(Event.id)).first()
    assert event
    review.reject(engine, event, reason="не то", reviewer="Анна", at=NOW)
    load(engine, items[:20])
    found = tallied(engine)
    assert all(found.values())
    count_anew(engine)
    assert tallied(engine) == found


def test_an_office_is_held_where_the_organization_it_is_of_is_called_to_be(engine: Engine) -> None:
    """Whichever of the names comes first."""
    article, extraction = next(iter(releases(1)))
    quote = extraction.people[0].quote
    regional = "Министерство промышленности Омской области"
    for number, organization in enumerate(("Министерство промышленности", regional, regional, regional)):
        text = f"Омская область, {number}. {article.text}"
        shift = len(text) - len(article.text)
        at = text.index(quote)
        people = (Official("Иван Сидоров", "министр", organization, quote, at, at + len(quote)),)
        events = tuple(
            replace(e, start=e.start + shift, stop=e.stop + shift, trigger=(0, 1), regions=("RU-OMS",))
            for e in extraction.events
        )
        read = replace(extraction, regions=("RU-OMS",), events=events, people=people)
        load(engine, [(article.model_copy(update={"url": f"https://example.org/{number}", "text": text}), read)])
    found = tallied(engine)
    count_anew(engine)
    assert tallied(engine) == found
    with engine.connect() as connection:
        assert set(connection.scalars(select(Office.region))) == {"RU-OMS"}


def test_a_database_of_before_is_counted_and_sorted_when_it_is_upgraded(engine: Engine) -> None:
    load(engine, [*linking_items()[:20], *releases(40)])
    before = contents(engine)
    config = alembic_config(engine.url.render_as_string(hide_password=False))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0005")
        command.upgrade(config, "head")
    assert contents(engine) == before
