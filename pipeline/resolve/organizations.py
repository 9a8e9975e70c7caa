"""Organisations across documents: legal forms, abbreviations, nested names, regions.

An organisation is its region's, so that namesakes elsewhere stay apart, unless its name says that it is the country's
(«… России») or is of the few that everybody knows («Росатом»).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile
from typing import Any

from rapidfuzz import fuzz

from pipeline.resolve.places import home, regions_named
from pipeline.resolve.rows import DocumentRow, Link, Mention, Node
from pipeline.resolve.words import (
    WORD,
    alike,
    dull,
    initials,
    is_function_word,
    is_known,
    is_place,
    lemma,
    lexicon,
    name,
    proper,
    quoted,
    shortened,
)

SURE = 0.75
LONG = 8  # letters of a coined word
COUNTRY = "RU"
BODIES = frozenset(
    {"министерство", "фонд", "департамент", "правительство", "администрация", "ассоциация", "союз", "агентство",
     "корпорация", "банк", "университет", "институт", "комитет", "палата", "дума", "совет", "центр", "колледж",
     "техникум", "академия", "кабинет", "управление", "служба", "партнерство"}
)  # fmt: skip
SOLE = frozenset({"правительство", "администрация", "дума", "кабинет"})  # a place has one
PLANTS = frozenset({"технопарк", "кластер", "завод", "фабрика", "комбинат"})
MINISTRY = re.compile(r"мин(?:ист|пром|эко|стр|сел|тра|эне|обр|вос|фин|циф|нау)")
AUTHORITY = re.compile(
    r"\b(правительств|министерств|минпром|минэконом|администраци|департамент|област\w{0,3}\b|кра(?:й|я|ю|ем|е)\b|республик|"
    r"округ|город\b|мэри|регион|дум[аы]\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """An organisation's name without its legal form."""
    forms = "|".join(sorted(lexicon()["legal_forms"], key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{forms})(?![\w-])", " ", text, flags=re.IGNORECASE).strip() or text


@dataclass(frozen=True, slots=True)
class Parts:
    """An organisation's name by parts. Words are lemmas."""

    bodies: frozenset[str]  # what it is, where that is an institution: министерство, фонд
    words: frozenset[str]  # what tells it from others
    first: frozenset[str]  # of these, the first of what is enumerated: of «промышленности и торговли» промышленность
    places: frozenset[str]
    acronyms: frozenset[str]
    initials: frozenset[str]  # acronyms that it may have


@lru_cache(maxsize=50_000)
def parts(text: str) -> Parts:
    """Take a name apart.

    A quoted name of several words («Камский насосный завод») is read as words as well, since other releases write
    it without quotes.
    """
    whole = _core(text)
    read = name(whole[:1].lower() + whole[1:]) if " " in whole else name(whole)
    bodies = frozenset(_body(w) for w in map(lemma, WORD.findall(whole)))
    words = frozenset((*read.words, *read.people, *(read.quoted if " " not in whole else ())))
    words -= {*_country(), *BODIES}
    places = frozenset(read.places)
    first = words
    if bodies & BODIES:
        words, first = _affairs(whole), _affairs(re.split(r",|\sи\s", whole)[0])
    acronyms = frozenset(a for a in (*read.acronyms, *([whole] if re.fullmatch(r"[А-ЯЁ]{3,6}", whole) else [])))
    acronyms -= frozenset(map(str.upper, _idle()))
    letters = frozenset(i for i in _letters(whole) if len(i) >= 3)
    return Parts(bodies & BODIES, words, first, places, acronyms, letters)


def _body(word: str) -> str:
    return "министерство" if MINISTRY.match(word) else word


def _core(text: str) -> str:
    """What is in the innermost quotation marks, else all but the legal form."""
    inner = quoted(text)
    return inner[-1] if inner else bare(text)


@cache
def _country() -> frozenset[str]:
    return frozenset(lexicon()["country"])


@cache
def _idle() -> frozenset[str]:
    return _country() | {*lexicon()["branches"], *lexicon()["regions"]}


def _affairs(whole: str) -> frozenset[str]:
    """What an institution is for, in common words: «Фонд развития промышленности» -> развитие, промышленность."""
    words = frozenset(lemma(w) for w in WORD.findall(whole) if not is_function_word(w) and not is_place(w))
    return words - _idle() - BODIES


def _letters(whole: str) -> set[str]:
    """Acronyms that a name may have: with «и» and without, with what it is of and without: ФРП, АКИТ."""
    words = [w for w in WORD.findall(whole) if lemma(w) not in (*_country(), *lexicon()["branches"])]
    short = list(takewhile(lambda w: not is_place(w), words[1:]))
    few = "".join(w[0] for w in [*words[:1], *short] if len(w) > 1 or w == "и").upper()
    return {initials(whole), initials(" ".join(words)), initials(" ".join([*words[:1], *short])), few}


@lru_cache(maxsize=50_000)
def is_national(text: str) -> bool:
    """Whether it is the country's: by its name, or as everybody knows."""
    words = {lemma(w) for w in WORD.findall(text)}
    if words & set(lexicon()["branches"]):
        return False
    return bool(words & set(lexicon()["country"])) or proper(_core(text)) in lexicon()["national"]


@lru_cache(maxsize=50_000)
def may_be_national(text: str) -> bool:
    """Whether it may be the country's as well: «Ассоциация кластеров», which names no place."""
    words = WORD.findall(text)
    named = quoted(text) or _idle() & {lemma(w) for w in words} or any(is_place(w) for w in words)
    return not named and bool(words) and lemma(words[0]) in lexicon()["country_bodies"]


def keys(text: str) -> frozenset[str]:
    """Strings that names of one organisation have in common: beginnings of words, acronyms."""
    p = parts(text)
    short = {a.lower()[:3] for a in (*p.acronyms, *p.initials)} | ({"мин"} if "министерство" in p.bodies else set())
    return frozenset(w[:5] for w in (*p.words, *p.places, *p.bodies) if len(w) >= 4) | short


@lru_cache(maxsize=50_000)
def likeness(a: str, b: str) -> float:
    """How surely two names are of one organisation, 0 to 1, if both are of one region. Symmetric."""
    if fuzz.ratio(_core(a).lower(), _core(b).lower()) >= 93:
        return 0.97
    x, y = parts(a), parts(b)
    if x.acronyms & y.acronyms or _abbreviated(x, y) or _abbreviated(y, x):
        return 0.9
    if (x.bodies and y.bodies and not x.bodies & y.bodies) or _apart(x.places, y.places):
        return 0.0
    for short, full in ((x, b), (y, a)):
        word = min(short.words, default="")
        if MINISTRY.match(word) and shortened(word, [lemma(w) for w in WORD.findall(_core(full))], implied=()):
            return 0.9  # Минпромторг
    if x.words and y.words:
        return _words_alike(x, y)
    if not x.bodies & y.bodies:
        return 0.0  # «Омский завод» is any of Omsk's plants
    return 0.95 if x.words == y.words and bool(x.places) == bool(y.places) else 0.75


def _abbreviated(short: Parts, full: Parts) -> bool:
    return any(acronym.startswith(letters) for acronym in short.acronyms for letters in full.initials)


def _apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and not any(alike(x, y) for x in a for y in b)


def _words_alike(x: Parts, y: Parts) -> float:
    """Names with words of their own: one has all the other's, and of institutions more than common ones."""
    small, large = sorted((x, y), key=lambda p: (len(p.words) + len(p.places), sorted(p.words)))
    if not all(any(_one_word(w, o) for o in large.words) for w in small.words):
        return 0.0
    if len(small.words) == len(large.words) and bool(small.places) == bool(large.places):
        return 0.95
    if bool(x.bodies) != bool(y.bodies) and len(small.words) < len(large.words):
        return 0.0
    if (x.bodies or y.bodies) and len(small.words) < len(large.words) and small.words <= dull():
        return 0.85 if small.words == large.first else 0.0  # «фонд развития» is any of several
    return 0.85 if len(small.words) + len(small.places) > 1 or len(large.words) == 1 else 0.75


def _one_word(a: str, b: str) -> bool:
    """Forms of one word: насос, насосный; but not томский, Томскнефтехим, nor Квант-Н, Квант-Радио."""
    if "-" in a + b or is_place(a.capitalize()) != is_place(b.capitalize()):
        return a == b
    return alike(a, b) and abs(len(a) - len(b)) <= 4


def mentions(document: DocumentRow) -> list[Mention]:
    """Each organisation among the parties and behind the officials of a document, with a node."""
    if not (document.events or document.people):
        return []  # nor is it worth asking where such a document is from
    here = sorted(home(document))
    said = [
        (f"{row.id}#{n}", party.name, row.event.regions or here)
        for row in document.events
        for n, party in enumerate(row.event.parties)
        if party.kind == "organization"
    ]
    said += [(f"official#{n}", o.organization, here) for n, o in enumerate(document.people) if o.organization]
    names = {text for _, text, _ in said}
    return [Mention(subject, _node(document, _in_full(text, names), regions)) for subject, text, regions in said]


def _in_full(text: str, names: Collection[str]) -> str:
    """The one longer name by which the document also calls the country's association or fund of the headline."""
    words = parts(text).words
    longer = [n for n in names if is_national(n) and words and words < parts(n).words and likeness(text, n) > SURE]
    return longer[0] if len(longer) == 1 else text


def _node(document: DocumentRow, text: str, regions: Collection[str]) -> Node:
    """A name with distinctive words is a named node; one without («завод», «фонд») or an acronym is vague."""
    own = regions_named(text) if parts(text).bodies else frozenset()  # an Amur plant need not be in Amur Oblast
    where = [COUNTRY] if is_national(text) else sorted(own if len(own) == 1 else regions)
    payload = {"name": text, "regions": where}
    named = _is_named(text)
    return Node.of("organization", payload, _keys(payload, vague=not named), document.published, vague=not named)


def _is_named(text: str) -> bool:
    """Whether a name says whose it is: not «фонд» or «машиностроительный завод», of which there may be several."""
    p = parts(text)
    if not p.words:
        return bool(p.places and (p.bodies & SOLE or quoted(text)))
    return len(p.words) + len(p.places) + len(p.bodies) > 1 or bool(quoted(text)) or not all(map(is_known, p.words))


def _keys(payload: Mapping[str, Any], *, vague: bool) -> frozenset[str]:
    """Keys under which it is kept and looks for others: in its regions, and in the country if it may be that one's."""
    text = payload["name"]
    here = set(payload["regions"] or ["?"])
    if may_be_national(text) or (vague and not _idle() & {lemma(w) for w in WORD.findall(text)}):
        here.add(COUNTRY)
    unique = {f"={proper(_core(text))}"} if is_unique(text) else set()
    return frozenset({f"{k}|{r}" for k in keys(text) for r in here} | unique)


class Organizations:
    """The resolver of organisations. Names of different regions are of different organisations, but see above."""

    def wanted(self, node: Node) -> frozenset[str]:
        return _keys(node.payload, vague=node.vague)

    def link(self, a: Node, b: Node) -> Link | None:
        one, other = a.payload["name"], b.payload["name"]
        score = likeness(one, other)
        if score < SURE:
            return None
        full = max(one, other, key=lambda n: (len(n), n))
        countries = sum(COUNTRY in n.payload["regions"] for n in (a, b))
        if countries == 0 and _one_region(a, b):
            return Link("name and region", score, full)
        if countries and score > SURE and all(map(_countrywide, (a, b))):
            return Link("name and country", score - 0.05, full)
        if is_unique(one) and is_unique(other) and proper(_core(one)) == proper(_core(other)):
            return Link("name that no other has", 0.8, full)
        return None

    def attach(self, vague: Node, named: Mapping[str, Mapping[str, Node]]) -> tuple[str, Link] | None:
        text, here = vague.payload["name"], set(vague.payload["regions"])
        fits = {c: n for c, ns in named.items() for n in ns.values() if likeness(text, n.payload["name"]) >= SURE}
        near = {c: n for c, n in fits.items() if here & set(n.payload["regions"]) or not here}
        near = near or {c: n for c, n in fits.items() if COUNTRY in n.payload["regions"]}
        if len(near) != 1:
            return None
        cluster, node = next(iter(near.items()))
        return cluster, Link("abbreviation", likeness(text, node.payload["name"]), node.payload["name"])

    def leftover(self, vague: Node) -> str:
        p = parts(vague.payload["name"])
        said = sorted(p.words | p.bodies | p.acronyms) or [bare(vague.payload["name"]).lower()]
        return "|".join([*said, "", *vague.payload["regions"]])


@lru_cache(maxsize=50_000)
def is_unique(text: str) -> bool:
    """Whether a name is a coined word («Трансмашхолдинг»), which hardly two organisations have in different regions."""
    core = _core(text)
    return (
        " " not in core
        and len(core) > LONG
        and core.isalpha()
        and not MINISTRY.match(core.lower())
        and not is_known(core)
    )


def _countrywide(node: Node) -> bool:
    return COUNTRY in node.payload["regions"] or may_be_national(node.payload["name"])


def _one_region(a: Node, b: Node) -> bool:
    """Whether both are of one region; «региональные фонды» of three are no one's."""
    regions = [set(n.payload["regions"]) for n in (a, b)]
    several = any(len(r) > 1 and p.bodies and not p.places for r, p in zip(regions, _both(a, b), strict=True))
    return regions[0] == regions[1] if several else bool(regions[0] & regions[1]) or not (regions[0] or regions[1])


def _both(a: Node, b: Node) -> tuple[Parts, Parts]:
    return parts(a.payload["name"]), parts(b.payload["name"])
