"""Moving to another engine, or into a file to keep: nothing is lost, and loading goes on there."""

from __future__ import annotations

import pytest

from pipeline.copying import NotEmptyError, copy
from pipeline.load import load
from pipeline.standing import standing
from tests.databases import MakeDatabase, opened
from tests.pipeline.contents import contents
from tests.pipeline.examples import dev_items


@pytest.mark.parametrize(("old", "new"), [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite")])
def test_a_copy_holds_all_and_goes_on(request: pytest.FixtureRequest, old: str, new: str) -> None:
    make_old: MakeDatabase = request.getfixturevalue(f"{old}_database")
    make_new: MakeDatabase = request.getfixturevalue(f"{new}_database")
    items = dev_items()
    with opened(make_old()) as source, opened(make_new()) as target:
        load(source, items[:40])
        copied = copy(source, target)
        assert copied["documents"] == 40
        assert contents(target) == contents(source)
        for engine in (source, target):
            load(engine, items[40:60])
        assert standing(target, "any").rows == standing(source, "any").rows
        assert {row[0] for row in contents(target)["events"]} == {row[0] for row in contents(source)["events"]}


def test_two_databases_are_never_mixed(sqlite_database: MakeDatabase) -> None:
    items = dev_items()
    with opened(sqlite_database()) as source, opened(sqlite_database()) as target:
        load(source, items[:3])
        load(target, items[3:5])
        before = contents(target)
        with pytest.raises(NotEmptyError):
            copy(source, target)
        assert contents(target) == before


def test_what_waits_is_what_this_version_has_not_read(sqlite_database: MakeDatabase) -> None:
    items = dev_items()
    with opened(sqlite_database()) as engine:
        load(engine, items[:5])
        assert standing(engine, items[0][1].version).waiting == 0
        assert standing(engine, "another").waiting == 5
