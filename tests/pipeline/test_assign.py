"""Resolving all again: nothing moves under the same rules; under others all moves, and decisions and old ids hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select

from pipeline import review
from pipeline.assign import assign_again
from pipeline.load import load
from pipeline.models import Event, Initiative, Redirect
from pipeline.resolve import initiatives
from tests.pipeline.contents import contents
from tests.pipeline.examples import dev_items, linking_items

BY: dict[str, Any] = {"reason": "одно и то же", "reviewer": "Анна", "at": datetime(2026, 3, 2, tzinfo=UTC)}


def initiatives_of(engine: Engine) -> dict[str, str | None]:
    with engine.connect() as connection:
        return dict(connection.execute(select(Event.id, Event.initiative_id)).all())


def test_the_same_rules_move_nothing(engine: Engine) -> None:
    load(engine, [*linking_items(), *dev_items()[:20]])
    with engine.connect() as connection:
        big, other = connection.scalars(select(Initiative.id).order_by(Initiative.events.desc()).limit(2)).all()
    review.merge(engine, big, other, **BY)
    before = contents(engine)
    assert not any(assign_again(engine).values())
    assert contents(engine) == before


def test_other_rules_move_what_they_bear_on(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as former:
        former.setattr(initiatives, "NAMED", 2.0)  # no name was like another
        load(engine, linking_items())
        with engine.connect() as connection:
            split = set(connection.scalars(select(Initiative.id)))
    moved = assign_again(engine)
    assert moved["initiative"] > 10
    found = initiatives_of(engine)
    with engine.connect() as connection:
        living = set(connection.scalars(select(Initiative.id)))
        redirects = dict(connection.execute(select(Redirect.old_id, Redirect.new_id)).all())
    assert living == {of for of in found.values() if of}
    assert split - living <= set(redirects)
    assert set(redirects.values()) <= living
    once = contents(engine)
    assert not any(assign_again(engine).values())
    assert {k: v for k, v in contents(engine).items() if k != "redirects"} == {
        k: v for k, v in once.items() if k != "redirects"
    }
