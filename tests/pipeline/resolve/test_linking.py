"""Floors of quality on releases whose stories, initiatives and promises are known. They are only ever raised."""

from __future__ import annotations

import json

import pytest

from benchmarks.linking import GOLD, clusters, given, releases, score_given, score_promises

FLOORS = {
    "linking": (0.985, 0.985),
    "linking_more": (0.97, 0.97),
    "linking_third": (0.97, 0.97),
    "linking_fourth": (0.97, 0.97),
    "linking_fifth": (0.97, 0.97),
}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_events_given(name: str) -> None:
    initiatives, stories = score_given(releases(GOLD / name / "releases.jsonl"))
    assert initiatives.f1 >= FLOORS[name][0]
    assert stories.f1 >= FLOORS[name][1]


def test_each_region_by_itself_is_resolved_as_well_as_all_together() -> None:
    """No initiative is found only thanks to what other regions' releases say."""
    some = releases(GOLD / "linking" / "releases.jsonl")
    whole = clusters(map(given, some))["initiative"]
    for region in {r["regions"][0] for r in some}:
        alone = clusters(given(r) for r in some if region in r["regions"])["initiative"]
        apart = {e for e in alone if region in _regions(some, e)}
        assert {(a, b) for a in apart for b in apart if alone[a] == alone[b]} == {
            (a, b) for a in apart for b in apart if whole[a] == whole[b]
        }


def _regions(some: list[dict[str, object]], event: str) -> list[str]:
    document, number = event.split(":")
    release = next(r for r in some if r["id"] == document)
    return release["events"][int(number)]["regions"]  # type: ignore[index,no-any-return]


def test_promises() -> None:
    some = releases(GOLD / "linking" / "releases.jsonl")
    entities = json.loads((GOLD / "linking" / "entities.json").read_text(encoding="utf-8"))
    right, stated, _ = score_promises(some, entities)
    assert stated >= 26
    assert right / stated >= 0.95


def test_people_and_organizations_are_those_of_the_gold() -> None:
    """Parties that the gold counts as one are one, and no two of the gold's are joined."""
    some = releases(GOLD / "linking" / "releases.jsonl")
    entities = json.loads((GOLD / "linking" / "entities.json").read_text(encoding="utf-8"))
    found = clusters(map(given, some))
    for matter, kind in (("person", "people"), ("organization", "organizations")):
        owners: dict[str, set[str]] = {}
        homes: dict[str, set[str]] = {}
        for entity in entities[kind]:
            for document, surfaces in _mentions(entity):
                for subject, cluster in found[matter].items():
                    if subject.startswith(f"{document}:") and _name(some, subject) in surfaces:
                        owners.setdefault(cluster, set()).add(entity["id"])
                        homes.setdefault(entity["id"], set()).add(cluster)
        assert len(homes) > 8
        assert not {c: ids for c, ids in owners.items() if len(ids) > 1}
        assert not {i: cs for i, cs in homes.items() if len(cs) > 1}


def _mentions(entity: dict[str, list[dict[str, str]]]) -> list[tuple[str, set[str]]]:
    by_document: dict[str, set[str]] = {}
    for m in entity["mentions"]:
        by_document.setdefault(m["document"], set()).add(m["surface"])
    return sorted(by_document.items())


def _name(some: list[dict[str, object]], subject: str) -> str:
    event, number = subject.split("#")
    document, n = event.split(":")
    release = next(r for r in some if r["id"] == document)
    return release["events"][int(n)]["parties"][int(number)]["name"]  # type: ignore[index,no-any-return]
