"""The registry as FollowTheMoney entities (https://followthemoney.tech), which investigators' tools take in.

Initiatives are Projects, releases Articles, events Events that point at the release as their proof; parties are
ProjectParticipants, offices Positions with Occupancies. The library, which is the extra `ftm`, refuses properties
and values that the model does not have.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from pipeline import records
from pipeline.export.telling import Done, told
from pipeline.models import stable_id
from pipeline.records import Record

COUNTRY = "ru"
FIELDS = [
    {"name": "id", "type": "string", "description": "Id of the entity: ours, with a prefix."},
    {"name": "schema", "type": "string", "description": "Its type in the FollowTheMoney model."},
    {"name": "properties", "type": "object", "description": "Property -> values; other entities by their ids."},
]


class MissingExtraError(RuntimeError):
    """The library that knows the model is not installed."""


def write_ftm(connection: Connection, folder: Path, done: Done) -> list[dict[str, Any]]:
    """Write one file of entities, one a line; answers its description. Raises MissingExtraError."""
    if find_spec("followthemoney") is None:
        raise MissingExtraError("FollowTheMoney wants an extra: pip install 'zamena[ftm]'")
    path = folder / "entities.ftm.json"
    rows = 0
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for entity in entities(connection, done):
            lines.write(json.dumps(entity, ensure_ascii=False) + "\n")
            rows += 1
    described = {"name": "entities", "path": path.name, "format": "jsonl", "encoding": "utf-8", "rows": rows}
    return [described | {"schema": {"fields": FIELDS, "primaryKey": "id"}}]


def entities(connection: Connection, done: Done) -> Iterator[Record]:
    """Every entity, each once, before those that point at it."""
    for document in told(records.documents(connection), done):
        yield _article(document)
    for organization in told(records.organizations(connection), done):
        yield _entity(
            "Organization",
            organization["id"],
            name=organization["name"],
            alias=_others(organization),
            country=COUNTRY,
            keywords=organization["region"],
        )
    posts: set[str] = set()
    for person in told(records.people(connection), done):
        yield from _person(person, posts)
    for initiative in told(records.initiatives(connection), done):
        yield _entity(
            "Project",
            initiative["id"],
            name=initiative["name"],
            alias=_others(initiative),
            country=COUNTRY,
            keywords=[initiative["kind"], *initiative["regions"]],
            date=[initiative["first_on"], initiative["last_on"]],  # of the releases that tell of it
        )
    for event in told(records.events(connection), done):
        yield from _event(event)


def _article(document: Record) -> Record:
    return _entity(
        "Article",
        document["key"],
        title=document["title"],
        bodyText=document["text"],
        publishedAt=document["published"],
        publisher=document["source"],
        sourceUrl=document["url"],
        country=COUNTRY,
        language="rus",
        keywords=document["regions"],
    )


def _person(person: Record, posts: set[str]) -> Iterator[Record]:
    offices = person["offices"]
    held = [office["position"] for office in offices]
    yield _entity(
        "Person", person["id"], name=person["name"], alias=_others(person), country=COUNTRY, position=sorted({*held})
    )
    for office in offices:
        key = (office["position"], office["organization"], office["region"])
        post = stable_id("post", *key)
        if post not in posts:
            posts.add(post)
            title = ", ".join(filter(None, key[:2]))
            yield _entity("Position", post, name=title, country=COUNTRY, subnationalArea=office["region"])
        yield _entity(
            "Occupancy",
            stable_id("occupancy", person["id"], post),
            holder=_id(person["id"]),
            post=_id(post),
            date=[office["from"], office["to"]],  # on which releases show it: when it began and ended is not told
        )


def _event(event: Record) -> Iterator[Record]:
    members = {p["person_id"] or p["organization_id"]: p for p in event["parties"]}
    members.pop(None, None)
    proof, initiative = _id(event["document_key"]), event["initiative_id"]
    yield _entity(
        "Event",
        event["id"],
        name=event["initiative"] or event["type"],
        date=event["date"],
        summary=event["quote"],
        notes=_figures(event),
        involved=[_id(member) for member in members],
        proof=proof,
        sourceUrl=event["url"],
        country=COUNTRY,
        keywords=[event["type"], event["status"], *event["regions"]],
    )
    for member, party in members.items() if initiative else ():
        yield _entity(
            "ProjectParticipant",
            stable_id("participant", event["id"], member),
            project=_id(initiative),
            participant=_id(member),
            role=[event["type"], party["position"]],
            status=event["status"],
            date=event["date"],
            summary=event["quote"],
            proof=proof,
            recordId=event["id"],
            sourceUrl=event["url"],
        )


def _figures(event: Record) -> list[str]:
    """Number and sum of an event, which FollowTheMoney has no property for."""
    count, money = event["count"], event["money"]
    said = [f"{count['comparator']} {count['value']} {count['unit']}"] if count else []
    return said + ([f"{money['comparator']} {money['value']} {money['currency']}"] if money else [])


def _others(thing: Record) -> list[str]:
    return [alias for alias in thing["aliases"] if alias != thing["name"]]


def _id(own: str) -> str:
    return f"zamena-{own}"


def _entity(schema: str, own: str, **properties: Any) -> Record:
    from followthemoney import model

    entity = model.make_entity(schema)
    entity.id = _id(own)
    for name, values in properties.items():
        entity.add(name, values)  # raises InvalidData where the schema has no such property
    properties = {name: sorted(entity.get(name)) for name in properties if entity.get(name)}
    return {"id": entity.id, "schema": schema, "properties": properties}
