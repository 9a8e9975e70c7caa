"""Initiatives across documents: which names are one charter, agreement, cluster, plant or programme.

Named nodes link by name, and by what makes one of the kind: a counterpart and a day for agreements, an owner and a
product for plants, a year for support. A vague node («хартия», «прошлогоднее соглашение») is attached by evidence:
days, numbers, sums, people and places that its document shares with documents that do name the initiative.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.resolve import evidence, organizations
from pipeline.resolve.local import Local, founded, locals_of
from pipeline.resolve.rows import DocumentRow, Link, Mention, Node, digest
from pipeline.resolve.told import FEW, head_of
from pipeline.resolve.words import WORD, lemma, lexicon, likeness, name

SIDED = ("agreement", "production", "support")  # told apart by whose they are
MANY = 3  # counterparts
SMALL = 10  # a number up to this may be told of two things on one day
SENTENCE = 6  # words of a sentence that are no accident in two releases
NAMED = 0.7  # names at least so alike are of one initiative across documents


def mentions(document: DocumentRow) -> list[Mention]:
    """Each event of a document with the node of its initiative."""
    found = locals_of(document)
    out = []
    for local in found:
        node = _node(local, document, found)
        out += [Mention(row.id, node) for row in local.events]
    return out


def _node(local: Local, document: DocumentRow, others: list[Local]) -> Node:
    on = _on(local)
    payload: dict[str, Any] = {
        "family": local.family,
        "regions": sorted(local.regions),
        "names": sorted(set(local.surfaces)),
    }
    if local.family in SIDED:
        payload |= {"partners": sorted(set(local.partners)), "on": on, "addendum": local.addendum}
    if local.family == "park":
        payload |= {"zone": _zone(local)}
    if local.family in FEW:
        payload |= {"bare": not any(map(head_of, local.surfaces))}
    if local.family == "roadmap":
        payload |= {"span": _span(local, document)}
    if local.family == "support":
        payload |= {"sums": sorted({r.event.money.value for r in local.events if r.event.money})}
    told = local.tells and local.regions and local.family != "other"
    if told and not (local.family == "agreement" and len(on) < len("2024-07")):
        keys = {*evidence.laid(local, document, others), *_link_keys(payload, stored=True)}
        return Node.of("initiative", payload, keys, document.published, vague=False)
    wanted = evidence.sought(local, document, others)
    payload |= {"evidence": wanted, "leftover": _leftover(local, document, on)}
    return Node.of("initiative", payload, wanted, document.published, vague=True)


def _zone(local: Local) -> bool | None:
    """Whether it is a zone and no park, as its names say; None where they do not."""
    words = {lemma(w) for s in local.surfaces for w in WORD.findall(s)}
    zones = words & set(lexicon()["zones"])
    return bool(zones) if zones or words & set(lexicon()["heads"]["park"]) else None


def _on(local: Local) -> str:
    """When it was signed, founded or (support, plants) is to begin: the most precise of the earliest dates."""
    dates = founded(local.events) or ([local.day] if local.day else [])
    if local.family in ("production", "support"):
        dates = sorted(r.event.date for r in local.events if r.event.date)
    return max((d for d in dates if d.startswith(dates[0]) or dates[0].startswith(d)), key=len) if dates else ""


def _span(local: Local, document: DocumentRow) -> list[int]:
    """First and last year of a plan where the text tells them («на 2021–2024 годы»), else the year of the release."""
    texts = [*local.surfaces, *(r.event.quote for r in local.events)]
    for text in texts:
        found = re.search(r"\bна\s+(20\d\d)\s*[–—-]\s*(20\d\d)\s+г", text)
        if found:
            return [int(found[1]), int(found[2])]
    return [document.published.year] if document.published else []


def _leftover(local: Local, document: DocumentRow, on: str) -> str:
    """What a vague mention is one with if nothing names the initiative."""
    place = [local.family, *sorted(local.regions), str(local.addendum)]
    if local.family == "agreement" and (local.partners or len(on) == len("2024-07-22")):
        return "|".join([*place, *sorted(k for p in local.partners for k in organizations.keys(p)), on[:4] or "?"])
    if local.tells and not local.regions:
        return "|".join([*place, *sorted({w for n in local.names for w in (*n.quoted, *n.words)})])
    if local.family in FEW and local.surfaces and local.regions:
        return "|".join([*place, *sorted({p[:5] for n in local.names for p in (*n.places, *n.people)})])
    return "|".join([*place, *(_told(local, document) or (document.id, local.events[0].id)), *local.surfaces])


def _told(local: Local, document: DocumentRow) -> tuple[str, ...]:
    """What is told of a mention that nothing names, the same in reprints: its figure and day, else a long sentence."""
    first = min(local.events, key=lambda r: (r.event.start, r.event.stop, r.id)).event
    number = first.count.value if first.count and first.count.value > SMALL else 0
    figure = first.money.value if first.money else number
    if figure and first.date:
        return first.type, str(figure), first.date
    words = [w.lower() for w in WORD.findall(first.quote)]
    if len(words) < SENTENCE or not document.published:
        return ()
    return first.type, str(document.published.year), digest(words, sorted(p.name for p in first.parties))


# --- links between named nodes -----------------------------------------------------------------------------------


def _link_keys(payload: Mapping[str, Any], *, stored: bool) -> frozenset[str]:
    """Keys a named node is stored by, or those it looks for: likeness() and the links below are never wider.

    An acronym (#1) looks for initials (#n), a single word (~1) for the words that it may be the short form of (~n).
    """
    mine, other = ("1", "n") if stored else ("n", "1")
    keys: set[str] = set()
    for n in map(name, payload["names"]):
        keys |= {w[:4] for w in (*n.quoted, *n.words, *n.places)} | {f"#1{a}" for a in n.acronyms}
        keys |= {f"#{mine}{a}" for a in n.acronyms} | {f"#{other}{i}" for i in n.initials}
        keys |= {f"~{mine if len(n.words) == 1 else other}{w[:3]}" for w in n.words}
    when = payload["on"][:7] if payload["family"] == "agreement" else ""
    keys |= {f"@{when}{k}" for p in payload.get("partners", ()) for k in organizations.keys(p)}
    keys |= {f"${s}" for s in payload.get("sums", ())}
    places = payload["regions"] or ["?"]
    found = {f"k|{payload['family']}|{r}|{k}" for r in places for k in keys}
    if payload["family"] in FEW:  # «Восточный» of another kind, as one of the readings may have it
        found |= {f"k|few|{r}|{q[:4]}" for r in places for n in map(name, payload["names"]) for q in n.quoted}
    return frozenset(found)


class Initiatives:
    """The resolver of initiatives."""

    def wanted(self, node: Node) -> frozenset[str]:
        return frozenset(node.payload["evidence"]) if node.vague else _link_keys(node.payload, stored=False)

    def link(self, a: Node, b: Node) -> Link | None:
        return _link(a.payload, b.payload)

    def attach(self, vague: Node, named: Mapping[str, Mapping[str, Node]]) -> tuple[str, Link] | None:
        return evidence.attach(vague.payload, named)

    def leftover(self, vague: Node) -> str:
        return str(vague.payload["leftover"])


def _link(a: Mapping[str, Any], b: Mapping[str, Any]) -> Link | None:
    if not set(a["regions"]) & set(b["regions"]) or _years_apart(a, b):
        return None
    if a["family"] != b["family"]:
        return _link_kinds(a, b)
    zones = {p.get("zone") for p in (a, b)} - {None}
    score, common = max(
        (likeness(x, y) for x in map(name, a["names"]) for y in map(name, b["names"])), default=(0.0, "")
    )
    if a["family"] == "agreement":
        return _link_agreements(a, b, score, common)
    if a["family"] == "production":
        return _link_productions(a, b, score, common)
    if a["family"] == "support":
        return _link_support(a, b, score, common)
    one = len(zones) < 2 and (a["family"] != "roadmap" or _one_span(a["span"], b["span"]))
    return Link("name", score, common) if score >= NAMED and one else None


def _link_kinds(a: Mapping[str, Any], b: Mapping[str, Any]) -> Link | None:
    """«Восточный» read as a cluster and «парк „Восточный“»: one proper name, and one does not say what it is of."""
    if not (a.get("bare") or b.get("bare")) or not {a["family"], b["family"]} <= {*FEW}:
        return None
    names = [[n for n in map(name, p["names"]) if n.quoted] for p in (a, b)]
    score, common = max((likeness(x, y) for x in names[0] for y in names[1]), default=(0.0, ""))
    return Link("proper name", score * 0.9, common) if score >= NAMED else None


def _one_span(a: list[int], b: list[int]) -> bool:
    """A plan of other years is another plan; a release within a plan's years, or a little outside, may speak of it."""
    if len(a) == len(b) == 2:
        return a == b
    short, long = sorted((a, b), key=len)
    return len(short) != 1 or len(long) != 2 or long[0] - 1 <= short[0] <= long[1] + 1


def _link_agreements(a: Mapping[str, Any], b: Mapping[str, Any], score: float, common: str) -> Link | None:
    if a["addendum"] != b["addendum"] or not _one_day(a["on"], b["on"]):
        return None
    if a["partners"] and b["partners"]:
        sure, who = _partner(a, b) if _met(a["partners"], b["partners"]) else (0.0, "")
        return Link("counterpart and day", sure, f"{who}, {max(a['on'], b['on'], key=len)}") if sure else None
    return Link("name and day", score, f"{common}, {a['on']}") if score >= NAMED else None


def _met(a: list[str], b: list[str]) -> bool:
    """Whether enough counterparts agree: a paper of many is known by more than one, being perhaps a list of papers."""
    joint = sum(any(organizations.likeness(x, y) for y in b) for x in a)
    return joint >= (2 if max(len(a), len(b)) >= MANY else 1)


def _link_productions(a: Mapping[str, Any], b: Mapping[str, Any], score: float, common: str) -> Link | None:
    if a["partners"] and b["partners"]:
        sure, who = _partner(a, b)
        tells = [any(name(n).tells for n in p["names"]) for p in (a, b)]
        if sure and (score > 0 or not any(tells)):
            return Link("owner and product", min(sure, 0.7 + score / 4), f"{who}: {common}")
        kin = _kin(a, b) if sure else ""
        return Link("owner and product", 0.65, f"{who}: {kin}") if kin else None
    return Link("product", score * 0.9, common) if score >= NAMED else None


def _kin(a: Mapping[str, Any], b: Mapping[str, Any]) -> str:
    """A beginning of three letters that words of both products have: литьё, литейный. Enough for one owner's plants."""
    stems = [{w[:3] for n in map(name, p["names"]) for w in n.words} for p in (a, b)]
    return min(stems[0] & stems[1], default="")


def _link_support(a: Mapping[str, Any], b: Mapping[str, Any], score: float, common: str) -> Link | None:
    if a["partners"] and b["partners"] and not _partner(a, b)[0]:
        return None
    sums = set(a["sums"]) & set(b["sums"])
    quoted = any(name(n).quoted for n in a["names"]) and any(name(n).quoted for n in b["names"])
    if sums and a["partners"] and b["partners"]:
        return Link("recipient and sum", 0.9, f"{_partner(a, b)[1]}, {min(sums)}")
    if sums and a["on"] and a["on"] == b["on"]:
        return Link("sum and day", 0.85, f"{min(sums)}, {a['on']}")
    if quoted and score >= NAMED:
        return Link("name", score, common)
    if a["sums"] and b["sums"] and not sums:
        return None
    if score >= NAMED and a["on"][:4] == b["on"][:4]:
        return Link("name and year", score, f"{common}, {a['on'][:4]}".strip(", "))
    return None


def _partner(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[float, str]:
    return max((organizations.likeness(x, y), max(x, y, key=len)) for x in a["partners"] for y in b["partners"])


def _one_day(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _years_apart(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Names of different years are of different things: a programme for 2024 and one for 2025."""
    years = [{y for n in p["names"] for y in re.findall(r"\b20\d\d\b", n)} for p in (a, b)]
    return bool(years[0] and years[1] and not years[0] & years[1])
