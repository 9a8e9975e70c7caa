"""What an event's own sentence tells of its initiative: of which kind it is, its name, with whom it is.

A reader may give an event another's name, a wrong kind, or a name cut short; its sentence often says better.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile

from pipeline.resolve import organizations
from pipeline.resolve.places import regions_named
from pipeline.resolve.rows import EventRow
from pipeline.resolve.words import (
    WORD,
    alike,
    guillemets,
    is_genitive,
    lemma,
    lexicon,
    likeness,
    name,
    part_of_speech,
    quoted,
    stem,
)

FAMILIES = {
    "charter": "charter",
    "agreement": "agreement",
    "memorandum": "agreement",
    "contract": "agreement",
    "roadmap": "roadmap",
    "plan": "roadmap",
    "cluster": "cluster",
    "industrial_park": "park",
    "technopark": "park",
    "economic_zone": "park",
    "platform": "platform",
    "production": "production",
    "programme": "support",
}
BY_TYPE = {
    "charter_signing": "charter",
    "charter_accession": "charter",
    "support_measure": "support",
    "production_launch": "production",
}
OF_TYPE = {  # what an event of a type may be of
    "agreement_signing": ("agreement", "charter", "roadmap"),
    "cluster_announcement": ("cluster", "park", "platform"),
}
FEW = ("charter", "cluster", "park", "platform", "roadmap")  # a region has so few that «the charter» may be clear
BREAKS = frozenset({"VERB", "INFN", "PRTS", "GRND", "PREP", "CONJ", "NPRO", "ADVB", "PRCL"})  # end a phrase of nouns


def family(row: EventRow) -> str:
    """The kind of initiative, coarsely: a park that is also called a technopark is one park."""
    event = row.event
    if event.type in BY_TYPE:
        return BY_TYPE[event.type]
    headed = head_of(event.initiative or "")
    if headed and headed in OF_TYPE.get(event.type, FEW):
        return headed
    if event.kind in FAMILIES and FAMILIES[event.kind] in OF_TYPE.get(event.type, FAMILIES.values()):
        return FAMILIES[event.kind]
    lemmas = {lemma(w) for w in WORD.findall(event.initiative or "")}
    for group, nouns in lexicon()["heads"].items():
        if lemmas & {nouns[0]}:
            return str(group)
    return {"agreement_signing": "agreement", "cluster_announcement": "cluster"}.get(event.type, "other")


def _quoted_instead(surface: str, row: EventRow) -> str:
    """The other proper name that a sentence speaks of: «В „Чапаевске“ их 14» of a release on «Чапаевск-2»."""
    own, said = quoted(surface), _proper().search(guillemets(row.event.quote))
    counted = row.event.type == "enterprise_count"
    if not said or any(map(row.event.quote.count, own)) or not (said[1] or (counted and own)):
        return ""
    return "" if any(likeness(name(f"«{o}»"), name(said[2]))[0] for o in own) else said[2]


@cache
def _proper() -> re.Pattern[str]:
    """A proper name after the noun that says what it is of, or after «в», «у»."""
    nouns = "|".join(stem(h) for f in FEW for h in lexicon()["heads"][f] if h in lexicon()["nouns"])
    return re.compile(rf"\b(?:((?:{nouns})\w{{0,4}})|во?|у)\s+(«[^«»]+»)", re.IGNORECASE)


def head_of(surface: str) -> str:
    """The family of the first noun by which the name itself says what it is; "" where none does."""
    for word in map(lemma, WORD.findall(surface.split("«")[0])):
        if word in heads() and part_of_speech(word) != "ADJF":
            nouns = (f for f in FEW if word in lexicon()["nouns"] and word in lexicon()["heads"][f])
            return next(nouns, "agreement" if word in lexicon()["heads"]["agreement"] else "")
    return ""


def as_told(row: EventRow) -> tuple[str, str]:
    """Family and name of an event: as read, unless its own sentence names it, or what it counts, better."""
    group, surface = family(row), row.event.initiative or ""
    if _is_elsewhere(surface):
        surface = ""
    said, phrase = said_in(row.event.quote)
    if group == "other" and not surface:
        return said, phrase
    counted = row.event.type == "enterprise_count" and said in FEW and not head_of(surface)
    if counted and not likeness(name(surface), name(phrase))[0]:
        return said, phrase
    elsewhere = _quoted_instead(surface, row)
    if elsewhere:
        return group, elsewhere
    misnamed = head_of(surface) not in ("", group) or not name(surface).tells or not says(row.event.quote, surface)
    if group == said and misnamed:
        return said, phrase
    return group, surface


def _is_elsewhere(surface: str) -> bool:
    """Whether a name is of where something was told: «выставка „Станки“», or the region alone: «Омская»."""
    words = WORD.findall(surface)
    return bool(words) and (
        lemma(words[0]) in lexicon()["venues"] or (len(words) == 1 and bool(regions_named(surface)))
    )


def says(quote: str, surface: str) -> bool:
    """Whether a sentence has some word by which a name tells."""
    n, words = name(surface), [lemma(w) for w in WORD.findall(quote)]
    own = [w for part in (*n.quoted, *n.words, *n.acronyms) for w in part.lower().split()]
    return any(alike(w, o) for w in own for o in words)


def said_in(quote: str) -> tuple[str, str]:
    """Family and name of what a sentence itself says that it counts: «Судоремонтный план исполняют 16 верфей».

    A name in quotation marks («В „БиоМедПензе“ 27 участников») is of no family; ("other", "") where nothing is said.
    """
    words = WORD.findall(quote)
    for i, word in enumerate(words):
        group = next((f for f in FEW if lemma(word) in lexicon()["heads"][f] and lemma(word) in lexicon()["nouns"]), "")
        if group:
            before = [w for w in words[max(0, i - 1) : i] if part_of_speech(w) == "ADJF"]
            about = words[i + 1 : i + 2] == ["по"]
            after = words[i + 1 : i + 3] if about else list(takewhile(is_genitive, words[i + 1 : i + 4]))
            phrase = " ".join([*before, word, *after])
            phrase = phrase[:1].lower() + phrase[1:]
            if name(phrase).words or name(phrase).acronyms:
                return group, phrase
    inside = re.search(r"\b[Вв]о? «([^«»]+)»", guillemets(quote))
    return "other", f"«{inside[1]}»" if inside else ""


@cache
def heads() -> frozenset[str]:
    return frozenset(h for group in lexicon()["heads"].values() for h in group)


def sides_in(family: str, quote: str) -> list[str]:
    """With whom a sentence says that a paper is: «На соглашение с насосным заводом перенос не повлияет»."""
    found = _with(family).search(guillemets(quote))
    words = [] if found is None else found[1].split()
    said = list(takewhile(lambda w: not w.islower() or part_of_speech(w) not in BREAKS, words))
    if not said or lemma(said[0]) in lexicon()["no_sides"]:
        return []
    side = " ".join(said)
    return [side] if organizations.keys(side) else []


@cache
def _with(family: str) -> re.Pattern[str]:
    """A paper's noun, perhaps what it is about, and what follows «с»."""
    nouns = "|".join(stem(h) for h in lexicon()["heads"][family] if family == "agreement" or h in lexicon()["nouns"])
    about = r"(?:\s+(?:об?|по)(?:\s+[\w-]+){1,3}?|\s+сотрудничества)?"
    return re.compile(rf"\b(?:{nouns})\w*{about}\s+(?:с|со)\s+([^,.;:()–—!?]+)", re.IGNORECASE)
