"""People across documents: the same surname and given name, in regions or offices that meet.

Initials and bare surnames are vague: they go to the one namesake of the region whose given name, office and time fit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.resolve.places import home, regions_named
from pipeline.resolve.rows import DocumentRow, Link, Mention, Node
from pipeline.resolve.words import WORD, alike, lemma, lexicon

YEARS = 3  # how far apart two mentions of one office may be to speak of one holder
AROUND = 90  # code points after a name in which its bearer's new place may be told
PATRONYMIC = re.compile(r"(?:вич|вна|ична|инична)(?:а|у|ем|е|ы|ой)?$|^(?:оглы|кызы)$")


def parse(text: str) -> dict[str, str]:
    """A person's name by parts: surname, given, patronymic; initials are single letters. All lower case, ё as е."""
    words = [w.lower().replace("ё", "е") for w in WORD.findall(text)]
    initials = [w for w in words if len(w) == 1]
    full = [w for w in words if len(w) > 1]
    patronymic = next((w for w in full[1:] if PATRONYMIC.search(w)), "") if len(full) > 1 else ""
    rest = [w for w in full if w != patronymic]
    if initials:
        surname = rest[-1] if rest else ""
        return {"surname": surname, "given": initials[0], "patronymic": initials[1] if len(initials) > 1 else ""}
    if len(rest) < 2:
        return {"surname": rest[0] if rest else "", "given": "", "patronymic": patronymic}
    reversed_ = patronymic and full.index(patronymic) == 2  # Ильин Станислав Викторович
    given, surname = (rest[1], rest[0]) if reversed_ else (rest[0], rest[-1])
    return {"surname": surname, "given": given, "patronymic": patronymic}


def mentions(document: DocumentRow) -> list[Mention]:
    """Each party and official of a document who is a person, with a node."""
    if not (document.events or document.people):
        return []  # nor is it worth asking where such a document is from
    here = home(document)
    full = _full_names(document)
    out = []
    for row in document.events:
        regions = set(row.event.regions) or set(here)
        for n, party in enumerate(row.event.parties):
            if party.kind == "person":
                place = (party.start, party.stop) if party.start is not None and party.stop is not None else None
                node = _node(document, full, party.name, party.position or "", regions, place)
                out.append(Mention(f"{row.id}#{n}", node))
    for n, official in enumerate(document.people):
        office = f"{official.position} {official.organization or ''}"
        regions = set(regions_named(office) or here.union(*(e.event.regions for e in document.events)))
        node = _node(document, full, official.name, office, regions, (official.start, official.stop))
        out.append(Mention(f"official#{n}", node))
    return out


def _full_names(document: DocumentRow) -> dict[str, set[tuple[str, str]]]:
    """Surname -> the given names and patronymics that the document has in full."""
    full = defaultdict(set)
    names = [p.name for e in document.events for p in e.event.parties if p.kind == "person"]
    for text in (*names, *(o.name for o in document.people)):
        parts = parse(text)
        if len(parts["given"]) > 1:
            full[lemma(parts["surname"])].add((parts["given"], parts["patronymic"]))
    return full


def _node(
    document: DocumentRow,
    full: Mapping[str, set[tuple[str, str]]],
    text: str,
    office: str,
    regions: set[str],
    place: tuple[int, int] | None,
) -> Node:
    parts = parse(text)
    surname = lemma(parts["surname"])
    known = [g for g in full.get(surname, ()) if g[0].startswith(parts["given"])]
    if len(known) == 1 and len(parts["given"]) < 2:
        parts |= {"given": known[0][0], "patronymic": known[0][1]}
    elsewhere = set(regions_named(office))
    if place:
        elsewhere |= _moved(document.text[place[1] : place[1] + AROUND])
    vague = len(parts["given"]) < 2
    payload: dict[str, Any] = {
        "surname": surname,
        "given": parts["given"],
        "patronymic": parts["patronymic"],
        "regions": sorted(regions | elsewhere),
    }
    keys = {f"{surname[:5]}|{r}" for r in payload["regions"] or ["?"]}
    ranks = {f"{k}|{rank}" for k in keys for rank in [_rank(office)] if rank}
    year = document.published.year if document.published else 0
    if vague:
        payload |= {"year": year, "evidence": sorted({*keys, *ranks, *_around(ranks, year)})}
        return Node.of("person", payload, payload["evidence"], document.published, vague=True)
    told = {*keys, *ranks, *(f"{r}|{year}" for r in ranks)}
    return Node.of("person", payload, told | _anywhere(payload), document.published, vague=False)


def _around(ranks: Iterable[str], year: int) -> set[str]:
    """Keys of an office in the years in which its holder is hardly another."""
    return {f"{r}|{y}" for r in ranks for y in range(year - YEARS, year + YEARS + 1)}


def _moved(after: str) -> set[str]:
    """Regions to which the words after a name say that its bearer went."""
    sentence = re.split(r"\n", after)[0]
    return (
        set(regions_named(sentence)) if re.search(r"\b(?:теперь|ныне|перешел|перешёл|возглавил)", sentence) else set()
    )


def _rank(office: str) -> str | None:
    """What an office is, without what it is of; deputies before those whose deputies they are."""
    ranks: dict[str, list[str]] = lexicon()["ranks"]
    low = office.lower().replace("ё", "е")
    return next((rank for rank, forms in ranks.items() if any(re.search(rf"(?<![а-я]){f}", low) for f in forms)), None)


def _anywhere(payload: Mapping[str, Any]) -> frozenset[str]:
    """Keys of a full name with a patronymic, by which it is found in other regions."""
    if not payload["patronymic"]:
        return frozenset()
    return frozenset({f"{payload['surname'][:5]}|{payload['given']}|{payload['patronymic'][:5]}"})


class People:
    """The resolver of people."""

    def wanted(self, node: Node) -> frozenset[str]:
        if node.vague:
            return frozenset(node.payload["evidence"])
        own = {f"{node.payload['surname'][:5]}|{r}" for r in node.payload["regions"] or ["?"]}
        return frozenset(own) | _anywhere(node.payload)

    def link(self, a: Node, b: Node) -> Link | None:
        x, y = a.payload, b.payload
        if not _same_names(x, y):
            return None
        shared = sorted(set(x["regions"]) & set(y["regions"]))
        who = f"{x['given']} {x['surname']}".title()
        if shared:
            return Link("name and region", 0.95, f"{who}, {shared[0]}")
        if x["patronymic"] and x["patronymic"] == y["patronymic"]:
            return Link("name and patronymic", 0.75, who)
        return None

    def attach(self, vague: Node, named: Mapping[str, Mapping[str, Node]]) -> tuple[str, Link] | None:
        scored = []
        for cluster, keys in named.items():
            fits = {k for k, n in keys.items() if _same_names(vague.payload, n.payload)}
            if fits:
                key = max(fits, key=lambda k: (_telling(k, vague.payload["year"]), k))
                scored.append((_telling(key, vague.payload["year"]), cluster, key))
        scored.sort(reverse=True)
        if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
            return None
        score = 0.9 if len(scored) == 1 else 0.7
        return scored[0][1], Link("surname and office", score, scored[0][2].replace("|", ", "))

    def leftover(self, vague: Node) -> str:
        payload = vague.payload
        return "|".join([payload["surname"], payload["given"][:1], *payload["regions"]])


def _telling(key: str, year: int) -> int:
    """How much a shared key tells: surname and region; the office too; the office in about that year."""
    parts = key.split("|")
    return len(parts) if len(parts) < 4 else 4 + YEARS - abs(int(parts[3]) - year)


def _same_names(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    if a["surname"] != b["surname"] and not (
        alike(a["surname"], b["surname"]) and _one_stem(a["surname"], b["surname"])
    ):
        return False
    return all(_agree(a[part], b[part]) for part in ("given", "patronymic"))


def _one_stem(a: str, b: str) -> bool:
    """Forms of one surname: Кузьмин, Кузьмина."""
    return abs(len(a) - len(b)) <= 2 and (a.startswith(b) or b.startswith(a))


def _agree(a: str, b: str) -> bool:
    if len(a) < 2 or len(b) < 2:
        return a[:1] == b[:1] or not a or not b
    return a == b or alike(a, b)
