"""Organisations across documents: legal forms, abbreviations, nested names, regions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.resolve.places import home
from pipeline.resolve.rows import DocumentRow, Link, Mention, Node
from pipeline.resolve.words import WORD, Name, alike, initials, is_place, lemma, lexicon, name, quoted

SURE = 0.75
BODIES = frozenset(
    {"министерство", "фонд", "департамент", "правительство", "администрация", "ассоциация", "союз", "агентство",
     "корпорация", "банк", "университет", "институт", "комитет", "палата", "дума", "совет", "технопарк", "кластер",
     "завод", "фабрика", "комбинат"}
)  # fmt: skip
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


@lru_cache(maxsize=50_000)
def parts(text: str) -> tuple[Name, frozenset[str], frozenset[str]]:
    """A name by parts: as a name, its distinctive words with places, its acronyms.

    A quoted name of several words («Камский насосный завод») is read as words as well, since other releases write
    it without quotes.
    """
    inner = quoted(text)
    whole = inner[-1] if inner else bare(text)
    read = name(whole[:1].lower() + whole[1:]) if " " in whole else name(whole)
    words = frozenset((*read.words, *read.places, *read.people, *(read.quoted if " " not in whole else ())))
    acronyms = frozenset(a for a in (*read.acronyms, *([whole] if re.fullmatch(r"[А-ЯЁ]{3,6}", whole) else [])))
    letters = frozenset({initials(whole)} if len(initials(whole)) >= 3 else ())
    return read, words, acronyms | frozenset(f"={i}" for i in letters)


def keys(text: str) -> frozenset[str]:
    """Strings that names of one organisation have in common: beginnings of words, acronyms."""
    _, words, acronyms = parts(text)
    return frozenset(w[:5] for w in words if len(w) >= 4) | frozenset(a.removeprefix("=").lower()[:3] for a in acronyms)


@lru_cache(maxsize=50_000)
def likeness(a: str, b: str) -> float:
    """How surely two names are of one organisation, 0 to 1, if both are of one region. Symmetric."""
    core_a, core_b = (quoted(a) or [bare(a)])[-1].lower(), (quoted(b) or [bare(b)])[-1].lower()
    if fuzz.ratio(core_a, core_b) >= 93:
        return 0.97
    _, words_a, letters_a = parts(a)
    _, words_b, letters_b = parts(b)
    for one, other in ((letters_a, letters_b), (letters_b, letters_a)):
        for full in (x[1:] for x in one if x.startswith("=")):
            if any(not x.startswith("=") and (x == full or x.startswith(full)) for x in other):
                return 0.9
    if not words_a or not words_b:
        return 0.0
    small, large = sorted((words_a, words_b), key=len)
    common = sum(any(alike(w, o) for o in large) for w in small)
    if len(small) < len(large) and all(is_place(w.capitalize()) for w in small):
        return 0.0  # «Омский завод» is any of Omsk's plants
    if common == len(small) and (len(small) > 1 or len(large) == 1):
        return 0.95 if len(small) == len(large) else 0.85
    return 0.75 if common == len(small) else 0.0


def mentions(document: DocumentRow) -> list[Mention]:
    """Each organisation among the parties and behind the officials of a document, with a node."""
    if not (document.events or document.people):
        return []  # nor is it worth asking where such a document is from
    here = sorted(home(document))
    out = []
    for row in document.events:
        regions = row.event.regions or here
        for n, party in enumerate(row.event.parties):
            if party.kind == "organization":
                out.append(Mention(f"{row.id}#{n}", _node(document, party.name, regions)))
    for n, official in enumerate(document.people):
        if official.organization:
            out.append(Mention(f"official#{n}", _node(document, official.organization, here)))
    return out


def _node(document: DocumentRow, text: str, regions: Collection[str]) -> Node:
    """A name with distinctive words is a named node; one without («завод», «правительство») or an acronym is vague."""
    _, words, _ = parts(text)
    where = sorted(regions)
    payload = {"name": text, "regions": where}
    found = frozenset(f"{k}|{r}" for k in keys(text) for r in where or ["?"])
    named = any(not is_place(w.capitalize()) for w in words) or (bool(words) and bool(quoted(text)))
    return Node.of("organization", payload, found, document.published, vague=not named)


class Organizations:
    """The resolver of organisations. Names of different regions are of different organisations."""

    def wanted(self, node: Node) -> frozenset[str]:
        regions = node.payload["regions"] or ["?"]
        return frozenset(f"{k}|{r}" for k in keys(node.payload["name"]) for r in regions)

    def link(self, a: Node, b: Node) -> Link | None:
        score = likeness(a.payload["name"], b.payload["name"])
        if score < SURE or not _one_region(a, b) or _branch(a, b):
            return None
        return Link("name and region", score, max(a.payload["name"], b.payload["name"], key=lambda n: (len(n), n)))

    def attach(self, vague: Node, named: Mapping[str, Mapping[str, Node]]) -> tuple[str, Link] | None:
        text = vague.payload["name"]
        fits = {c: n for c, ns in named.items() for n in ns.values() if likeness(text, n.payload["name"]) >= SURE}
        if len(fits) != 1:
            return None
        cluster, node = next(iter(fits.items()))
        return cluster, Link("abbreviation", likeness(text, node.payload["name"]), node.payload["name"])

    def leftover(self, vague: Node) -> str:
        return "|".join([bare(vague.payload["name"]).lower(), *vague.payload["regions"]])


def _one_region(a: Node, b: Node) -> bool:
    return bool(set(a.payload["regions"]) & set(b.payload["regions"])) or not (
        a.payload["regions"] or b.payload["regions"]
    )


def _branch(a: Node, b: Node) -> bool:
    """A fund and a ministry share words («промышленности Омской области») and are not one."""
    first = [{lemma(w) for w in WORD.findall(bare(n.payload["name"]).split("«")[0])} & BODIES for n in (a, b)]
    return bool(first[0] and first[1] and not first[0] & first[1])
