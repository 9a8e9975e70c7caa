"""Evidence by which a vague mention («хартия», «прошлогоднее соглашение») finds its initiative.

Evidence is keys: a day, a number, a sum, a surname, a place, a word of the name, each within a family of initiatives
and a region. Documents that name an initiative lay them down; a vague mention looks for those that it shares.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from pipeline.resolve import organizations
from pipeline.resolve.local import Local, founded, is_authority
from pipeline.resolve.places import is_region
from pipeline.resolve.rows import DocumentRow, Link, Node
from pipeline.resolve.told import FEW
from pipeline.resolve.words import WORD, Name, dull, is_place, lemma, lexicon, name, proper, quoted, stem, surname

WEIGHTS = {  # of what is shared
    "on": 3.0,  # day, month, year of signing or founding
    "in": 2.0,
    "of": 1.0,
    "n": 2.0,  # a number reached, a number promised
    "t": 1.5,
    "m": 2.5,  # a sum
    "d": 1.0,  # a deadline
    "p": 1.0,  # a person's surname
    "e": 2.0,  # the surname that it is called by: of one who signed it
    "o": 2.0,  # an organisation
    "w": 2.0,  # a word of the name, an acronym
    "a": 2.0,
    "q": 0.75,  # a word of what an agreement's sentence says it is about
    "g": 1.0,  # a place
    "sole": 0.5,  # family and region
}
ONCE = ("on", "in", "of", "n", "o")  # of several such keys only one counts
WIDE = ("on", "in", "w", "a", "m", "o", "p", "e")  # told without a region too, for documents whose region is not known
NOWHERE = "?"
ENOUGH, MARGIN, ALONE = 2.0, 1.0, 2.0
LONGEST_NAME = 40  # code points


def laid(local: Local, document: DocumentRow, others: list[Local]) -> list[str]:
    """Keys that a document which names an initiative lays down."""
    facts = _facts(local, document, others)
    facts |= {f.replace("p:", "e:", 1) for f in facts if f.startswith("p:")}
    wide = [f for f in facts if f.split(":")[0] in WIDE]
    return [*_keys(_families(local, document), local.regions, facts), *_keys(_families(local, document), (), wide)]


def sought(local: Local, document: DocumentRow, others: list[Local]) -> list[str]:
    """Keys under which a vague mention looks: its own, and what stands around it."""
    facts = _facts(local, document, others) | _around(local, document, others)
    return sorted(_keys(_families(local, document), local.regions, facts))


def _families(local: Local, document: DocumentRow) -> list[str]:
    """The families it may be of: of a bare number those that the text speaks of."""
    if local.family != "other":
        return [f"{local.family}{'+' if local.addendum else ''}"]
    return [f for f in FEW if _heads()[f].search(document.text)] or list(FEW)


@cache
def _heads() -> dict[str, re.Pattern[str]]:
    """Family -> a phrase headed by its nouns, with the words that may name the initiative."""
    heads = {f: "|".join(stem(h) for h in lexicon()["heads"][f] if h in lexicon()["nouns"]) for f in FEW}
    return {f: re.compile(rf"(?:[\w-]+\s+)?\b(?:{h})\w*(?:\s+[\w-]+){{0,3}}", re.IGNORECASE) for f, h in heads.items()}


def _keys(families: Iterable[str], regions: Iterable[str], facts: Iterable[str]) -> list[str]:
    places = sorted(regions) or [NOWHERE]
    return [f"e|{family}|{r}|{f}" for family in families for r in places for f in sorted(facts)]


def _facts(local: Local, document: DocumentRow, others: list[Local]) -> set[str]:
    """What the document says of this initiative."""
    facts = set()
    for day in founded(local.events) or ([local.day] if local.day else []):
        facts |= {
            f"of:{day[:4]}",
            *([f"in:{day[:7]}"] if len(day) > 4 else []),
            *([f"on:{day}"] if len(day) > 7 else []),
        }
    for row in local.events:
        event = row.event
        if event.count and event.count.value > 2:
            facts.add(f"{'t' if event.status == 'planned' else 'n'}:{event.count.value}")
        if event.money:
            facts.add(f"m:{event.money.value}")
        if event.status == "planned" and event.date:
            facts.add(f"d:{event.date}")
        facts |= {f"p:{surname(p.name)}" for p in event.parties if p.kind == "person"}
        facts |= {f"o:{k}" for p in event.parties if p.kind == "organization" for k in organizations.keys(p.name)}
    for n in local.names:
        facts |= _called(n) | {f"e:{p}" for p in n.people}
        facts |= {f"g:{p[:5]}" for p in n.places if not is_region(p, local.regions)}
    facts |= {f"o:{k}" for p in local.partners for k in organizations.keys(p)}
    if local.family == "agreement":
        facts |= {f"q:{w[:5]}" for r in local.events for w in name(_sentence(r.event.quote)).words}
    if local.family in (*FEW, "other") and local.regions:
        facts.add("sole")
    if local.family in FEW and not siblings(local, others):
        facts |= {f"g:{p[:5]}" for p in _places(document.text) if not is_region(p, local.regions)}
    return facts


def _sentence(quote: str) -> str:
    return quote[:1].lower() + quote[1:]


def _called(n: Name) -> set[str]:
    """What a name itself tells its bearer by."""
    return {f"w:{w[:5]}" for w in (*n.quoted, *n.words)} | {f"a:{a}" for a in n.acronyms}


def _around(local: Local, document: DocumentRow, others: list[Local]) -> set[str]:
    """What stands around a vague mention: its clauses, quoted names, the other initiatives' organisations."""
    said = {lemma(w) for r in local.events for w in WORD.findall(r.event.quote) if len(w) > 4}
    facts = {f"w:{w[:5]}" for w in said - dull()}
    facts |= {f"w:{p[:5]}" for n in local.names for p in n.places}
    rest = [o for o in others if o is not local]
    taken = {q for o in rest for n in o.names for q in n.quoted}
    facts |= {f"w:{n[:5]}" for q in quoted(document.text) if len(q) < LONGEST_NAME and (n := proper(q)) not in taken}
    if local.family == "other" and not local.names:
        phrases = [m[0] for f in FEW for m in _heads()[f].finditer(document.text)]
        facts |= {f"w:{w[:5]}" for p in phrases for w in name(p[:1].lower() + p[1:]).words}
    for other in rest:
        firms = {p.name for r in other.events for p in r.event.parties if p.kind == "organization"}
        facts |= {f"o:{k}" for f in (*firms, *other.partners) if not is_authority(f) for k in organizations.keys(f)}
    return facts


def siblings(local: Local, others: list[Local]) -> list[Local]:
    """The document's other initiatives of that family and region."""
    return [o for o in others if o is not local and o.family == local.family and o.regions & local.regions]


@lru_cache(maxsize=1_000)
def _places(text: str) -> frozenset[str]:
    """Words that name places."""
    capitals = {w for w in WORD.findall(text) if w[:1].isupper()}
    return frozenset(lemma(w) for w in capitals if len(w) > 3 and is_place(w))


def attach(vague: Mapping[str, Any], named: Mapping[str, Mapping[str, Node]]) -> tuple[str, Link] | None:
    """The cluster with the most evidence, if it is enough and clearly more than any other's."""
    own = {f"|o:{k}" for p in vague.get("partners", ()) for k in organizations.keys(p)}
    fits = {c: keys for c, keys in named.items() if not own or any(k.endswith(tuple(own)) for k in keys)}
    called = tuple(f"|{f}" for n in map(name, vague["names"]) for f in _called(n))
    fits = {c: keys for c, keys in fits.items() if called and any(k.endswith(called) for k in keys)} or fits
    scored = sorted(((*_weigh(keys), cluster) for cluster, keys in fits.items()), key=lambda s: (-s[0], s[2]))
    alone = sum(any(k.endswith("|sole") for k in keys) for keys in named.values()) == 1
    if not scored:
        return None
    best, why, cluster = scored[0]
    if alone and any(k.endswith("|sole") for k in named[cluster]):
        best += ALONE
        why = ", ".join(filter(None, [why, "единственная такая в регионе"]))
    second = scored[1][0] if len(scored) > 1 else 0.0
    if best < ENOUGH or best - second < MARGIN:
        return None
    return cluster, Link("evidence", round(min(0.95, 0.5 + (best - second) / 10), 2), why)


def _weigh(keys: Iterable[str]) -> tuple[float, str]:
    weights: dict[str, list[float]] = defaultdict(list)
    facts = {k.rsplit("|", 1)[1] for k in keys}
    for fact in facts:
        kind = fact.split(":")[0]
        weights[kind].append(WEIGHTS[kind])
    dated = next((k for k in ("on", "in", "of") if k in weights), None)
    total = sum(
        max(w) if k in ONCE else sum(w) for k, w in weights.items() if k not in ("on", "in", "of") or k == dated
    )
    return total, ", ".join(sorted(f.split(":", 1)[-1] for f in facts if f != "sole"))
