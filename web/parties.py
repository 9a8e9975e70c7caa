"""The pages of people and of organisations: one list and one page, told twice in different words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from pipeline.filters import Filter
from web.filters import PageNumber, Sought
from web.moved import lead_on
from web.pages import CARDS, PER_PAGE, missing
from web.queries import parties
from web.queries.parties import ORGANIZATIONS, PEOPLE, Register
from web.shown import Database, page

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Words:
    """What differs on the pages of people and of organisations. `many` and `one` name the routes, too."""

    many: str
    one: str
    title: str
    lead: str
    name: str
    what: str
    nothing_signed: str
    follow: str


PERSON = Words(
    "people",
    "person",
    "Люди",
    "Все, кого релизы называют с должностью или среди подписавших.",
    "Имя",
    "Человек",
    "Среди подписавших и учредителей не назван.",
    "Следить за этим человеком",
)
ORGANIZATION = Words(
    "organizations",
    "organization",
    "Организации",
    "Предприятия, ведомства, союзы и институты, которые что-то подписали, основали, построили, дали или получили.",
    "Название",
    "Организация",
    "Среди подписавших и учредителей не названа.",
    "Следить за этой организацией",
)


def _pages(register: Register[Any], words: Words) -> None:
    @router.get(f"/{words.many}", name=words.many)
    def listed(request: Request, db: Database, sought: Sought, number: PageNumber = 1) -> Response:
        start = (number - 1) * PER_PAGE
        found = parties.listed(db, register, sought.name, sought.region, limit=PER_PAGE + 1, offset=start)
        shown = found[:PER_PAGE]
        return page(
            request,
            "parties.html",
            section=words.many,
            words=words,
            listed=shown,
            offices=parties.offices(db, [one.id for one in shown]) if register is PEOPLE else {},
            sought=sought,
            number=number,
            more=len(found) > PER_PAGE,
        )

    @router.get(f"/{words.many}/{{party_id}}", name=words.one)
    def one(request: Request, db: Database, party_id: str, number: PageNumber = 1) -> Response:
        found = parties.one(db, register, party_id)
        if found is None:
            return lead_on(request, db, party_id, missing(words.what))
        signed = parties.signed(db, register, party_id, limit=CARDS + 1, offset=(number - 1) * CARDS)
        return page(
            request,
            "party.html",
            section=words.many,
            words=words,
            party=found,
            wanted=Filter.model_validate({words.one: party_id}),
            offices=parties.offices(db, [party_id])[party_id] if register is PEOPLE else [],
            shown_by=parties.shown_by(db, party_id) if register is PEOPLE else {},
            signed=signed[:CARDS],
            number=number,
            more=len(signed) > CARDS,
        )


_pages(PEOPLE, PERSON)
_pages(ORGANIZATIONS, ORGANIZATION)
