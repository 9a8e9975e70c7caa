"""How the filters stand in an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import BeforeValidator, StringConstraints

from nlp.schema import EventType, Kind, Status
from pipeline.filters import Filter
from web.queries.places import Measure


def _blank_is_none(value: Any) -> Any:
    """A form sends empty fields; they mean «any»."""
    return None if isinstance(value, str) and not value.strip() else value


_blank = BeforeValidator(_blank_is_none)
_Code = Annotated[str, StringConstraints(pattern=r"^RU-[A-Z]{2,3}$")]
_Id = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
_Region = Annotated[_Code | None, _blank, Query(description="ISO 3166-2 code of a region.")]
_Type = Annotated[EventType | None, _blank, Query(description="Type of event.")]
_Status = Annotated[Status | None, _blank, Query(description="Status of event.")]
_Kind = Annotated[Kind | None, _blank, Query(description="Kind of initiative.")]
_Source = Annotated[_Id | None, _blank, Query(description="Id of a source.")]
_Since = Annotated[date | None, _blank, Query(description="Published on this day or later.")]
_Until = Annotated[date | None, _blank, Query(description="Published on this day or earlier.")]
_Initiative = Annotated[_Id | None, _blank, Query(description="Id of an initiative.")]
_Person = Annotated[_Id | None, _blank, Query(description="Id of a person who takes part.")]
_Organization = Annotated[_Id | None, _blank, Query(description="Id of an organisation that takes part.")]


def _asked(
    region: _Region = None,
    type: _Type = None,
    status: _Status = None,
    kind: _Kind = None,
    source: _Source = None,
    since: _Since = None,
    until: _Until = None,
    initiative: _Initiative = None,
    person: _Person = None,
    organization: _Organization = None,
) -> Filter:
    return Filter(
        region=region,
        type=type,
        status=status,
        kind=kind,
        source=source,
        since=since,
        until=until,
        initiative=initiative,
        person=person,
        organization=organization,
    )


Wanted = Annotated[Filter, Depends(_asked)]

Words = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$", description="Words in any inflection.")]
Name = Annotated[str | None, _blank, Query(max_length=200, pattern=r"^[^\x00]*$", description="Part of a name.")]


@dataclass(frozen=True, slots=True)
class Named:
    """What may be asked of the lists of people and of organisations."""

    name: Name = None
    region: _Region = None


Sought = Annotated[Named, Depends()]
Outcome = Annotated[
    Literal["due", "overdue", "kept", "late", "broken", "open", ""],
    Query(description="What became of the promise; due and overdue are the open ones, by their deadline."),
]
Official = Annotated[
    _Id | None, _blank, Query(description="Id of a person whom the release that promises names with an office.")
]
Measured = Annotated[Measure, Query(description="What the map shows.")]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=2000)]
