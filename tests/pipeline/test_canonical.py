"""What an initiative is called: by the fullest name that tells it apart, else by its kind with whom it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, select

from pipeline.load import load
from pipeline.models import Initiative
from tests.pipeline.examples import to_item


def signing(number: int, initiative: str, party: str, kind: str = "agreement") -> dict[str, Any]:
    quote = f"5 марта подписали {initiative}"
    party_ = {"name": party, "kind": "organization", "position": None}
    event = {
        "type": "agreement_signing" if kind == "agreement" else "charter_signing",
        "status": "done",
        "quote": quote,
        "date": "2024-03-05",
        "regions": ["RU-OMS"],
        "initiative": initiative,
        "kind": kind,
        "parties": [party_],
        "count": None,
        "money": None,
    }
    text = f"Новость {number}\n\n{quote}."
    return {
        "id": f"r{number}",
        "published": "2024-03-06",
        "text": text,
        "relevant": True,
        "regions": ["RU-OMS"],
        "events": [event],
        "people": [],
    }


def names(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(select(Initiative.name)))


def test_namesakes_that_nothing_names_are_called_by_their_counterparts(engine: Engine) -> None:
    load(engine, [to_item(signing(1, "договор", "АО «Вымпел»")), to_item(signing(2, "договор", "ООО «Каскад»"))])
    assert names(engine) == {"договор — АО «Вымпел»", "договор — ООО «Каскад»"}


def test_a_name_that_tells_goes_before_a_commoner_one_that_does_not(engine: Engine) -> None:
    told = [(1, "хартия качества")] + [(n, "хартия") for n in (2, 3, 4)]
    load(engine, [to_item(signing(n, name, "АО «Вымпел»", "charter")) for n, name in told])
    assert names(engine) == {"хартия качества"}
