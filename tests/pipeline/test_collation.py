"""Names stand in the order of a Russian directory, on both engines."""

from __future__ import annotations

from sqlalchemy import Engine, select

from pipeline.collation import organization_key, person_key, surname_first
from pipeline.load import load
from pipeline.models import Organization, Person
from tests.pipeline.examples import dev_items

DIRECTORY = [
    "А. В. Александров",
    "Яна Елисеева",
    "Анна Ёлкина",
    "Борис Елкин",
    "Ёлкин Виктор Петрович",
    "Пётр Салтыков",
    "Иван Салтыков-Щедрин",
    "Юсуф Али оглы Юсуфов",
]


def test_people_stand_by_surname_then_by_name() -> None:
    keys = {name: person_key(name) for name in DIRECTORY}
    assert keys["Анна Ёлкина"] == "елкина анна"
    assert keys["Ёлкин Виктор Петрович"] == "елкин виктор петрович"
    assert sorted(DIRECTORY, key=person_key) == [
        "А. В. Александров",
        "Яна Елисеева",
        "Борис Елкин",
        "Ёлкин Виктор Петрович",
        "Анна Ёлкина",
        "Пётр Салтыков",
        "Иван Салтыков-Щедрин",
        "Юсуф Али оглы Юсуфов",
    ]


def test_organisations_stand_by_their_words() -> None:
    names = ["«Ёлка»", "Завод «Яхонт»", "завод «Вега»", "Единство"]
    assert sorted(names, key=organization_key) == ["Единство", "«Ёлка»", "завод «Вега»", "Завод «Яхонт»"]


def test_a_name_without_words_has_a_key() -> None:
    assert person_key("@") == organization_key("@") == "@"


def test_the_surname_goes_first_and_the_rest_stays_in_order() -> None:
    assert surname_first("Виктор Петрович Ёлкин") == "Ёлкин Виктор Петрович"
    assert surname_first("Ёлкин Виктор Петрович") == "Ёлкин Виктор Петрович"
    assert surname_first("А. В. Александров") == "Александров А. В."
    assert surname_first("Демешин") == "Демешин"
    assert surname_first("") == ""


def test_every_row_has_its_key_and_the_engine_sorts_by_it(engine: Engine) -> None:
    load(engine, dev_items()[:20])
    with engine.connect() as connection:
        for register, key in ((Person, person_key), (Organization, organization_key)):
            rows = connection.execute(select(register.name, register.sort_key).order_by(register.sort_key)).all()
            assert len(rows) > 5
            assert [row.sort_key for row in rows] == sorted(key(row.name) for row in rows)
