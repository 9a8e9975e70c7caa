"""Inside one document: which of its events speak of one initiative.

Later mentions are shorter («хартия», «документ», «карта»): an event whose name says no more than the kind is taken
with the nearest fuller mention of that family and region before it, or else after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.resolve import organizations
from pipeline.resolve.places import home, is_region, regions_named
from pipeline.resolve.rows import DocumentRow, EventRow
from pipeline.resolve.told import FEW, as_told, heads, says, sides_in
from pipeline.resolve.words import (
    WORD,
    Name,
    alike,
    guillemets,
    lemma,
    lexicon,
    likeness,
    name,
    quoted,
    stem,
)

COUNTED = ("charter", "cluster", "park", "roadmap", "platform", "agreement", "support")  # what has members
NEAR = 60  # code points between a name and its other name
GIVER = re.compile(r"\b(?:фонд|банк|минист|минпром|правительств|корпораци\w+ развити|центр)", re.IGNORECASE)
SAME = 0.6  # names at least so alike are of one initiative inside a document


@dataclass(slots=True)
class Local:
    """What one document says of one initiative."""

    family: str
    regions: frozenset[str]
    addendum: bool
    surfaces: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)
    day: str = ""  # on which it was signed, where another event of the document tells

    @property
    def names(self) -> list[Name]:
        return [name(s) for s in self.surfaces]

    @property
    def tells(self) -> bool:
        return any(n.tells for n in self.names) or bool(self.partners and self.family in ("agreement", "support"))


def locals_of(document: DocumentRow) -> list[Local]:
    """The initiatives of a document, in the order in which it comes to them."""
    events = sorted(document.events, key=lambda r: (r.event.start, r.event.stop, r.id))
    rows = [(row, _of(row, document)) for row in events]
    full: list[Local] = []
    short: list[Local] = []
    for row, one in rows:
        _join(full if one.tells else short, one).events.append(row)
    groups = list(full)
    for one in short:
        home = _stands_for(one, full)
        if home is None:
            groups.append(one)
        else:
            home.events += one.events
    for group in groups:
        group.surfaces += [a for a in aliases(document.text, group) if a not in group.surfaces]
    _date(groups)
    return _merged(groups)


def _date(groups: list[Local]) -> None:
    """«15 июня подписал два документа. Первый – с …»: agreements of a document share the one day that it tells."""
    signed = [g for g in groups if g.family == "agreement"]
    days = {d for g in signed for d in founded(g.events) if len(d) == len("2024-07-22")}
    for group in signed:
        if group.partners and len(days) == 1 and not founded(group.events):
            group.day = min(days)


def _of(row: EventRow, document: DocumentRow) -> Local:
    event = row.event
    kind, surface = as_told(row)
    named = regions_named(surface) if kind in COUNTED else frozenset()
    regions = frozenset(event.regions) or home(document)
    if named and not named & regions:
        regions = named  # a release from elsewhere that speaks of «томский кластер»
    lemmas = {lemma(w) for w in WORD.findall(surface)}
    topic, counterpart = _complement(surface) if kind == "agreement" else (surface, [])
    if kind == "production":
        topic, counterpart = re.sub(r"«[^«]*»+|«[^«]*«.*", "", guillemets(topic)).strip(), quoted(topic)
    sided = kind in ("agreement", "production", "support")
    partners = [p.name for p in event.parties if sided and p.kind == "organization"]
    if kind == "support":
        partners = [p for p in partners if not GIVER.search(p)]
    if kind == "agreement" and not partners and not counterpart:
        counterpart = sides_in(kind, event.quote)
    if kind == "roadmap" and surface and not name(surface).tells:
        topic = " с ".join([topic, *sides_in(kind, event.quote)])
    if partners and kind == "agreement":  # a counterpart that neither the sentence nor the parties know is another's
        known = " ".join([event.quote, *partners])
        counterpart = [c for c in counterpart if says(known, f"«{c}»") or organizations.bare(c) in known]
    partners += [c for c in counterpart if not any(organizations.likeness(c, p) for p in partners)]
    partners = [p for p in partners if not is_authority(p)]
    if len(regions) > 1 and kind == "agreement":
        partners += sorted(regions)
    if topic[1:2].islower() and (kind not in FEW or lemmas & heads()):  # «Жигулёвская долина» is a proper name
        topic = topic[0].lower() + topic[1:]
    return Local(kind, regions, bool(lemmas & set(lexicon()["addenda"])), [topic] if topic else [], partners)


def is_authority(text: str) -> bool:
    """Whether it is a region or its government: the side that every agreement has."""
    return not quoted(text) and bool(organizations.AUTHORITY.search(text))


def _complement(surface: str) -> tuple[str, list[str]]:
    """An agreement's name without its counterparts, and they: «соглашение с КНЗ о насосах» -> …"""
    found = re.search(r"\s(?:с|со|между)\s+(.+)$", surface)
    if not found:
        return surface, []
    sides, *topic = re.split(r"\s(?=(?:о|об|по|на)\s)", found[1], maxsplit=1)
    counterparts = [s.strip() for s in re.split(r"\s+и\s+|,\s*", sides) if s.strip()]
    return " ".join([surface[: found.start()], *topic]).strip(), counterparts


def same(a: Local, b: Local) -> bool:
    """Whether two mentions of one document are of one initiative."""
    if a.family != b.family or a.addendum != b.addendum or (a.regions and b.regions and not a.regions & b.regions):
        return False
    if a.partners and b.partners:
        joint = any(organizations.likeness(x, y) for x in a.partners for y in b.partners)
        if not joint or a.family == "agreement":
            return joint
    return any(likeness(x, y)[0] >= SAME for x in a.names for y in b.names)


def _join(groups: list[Local], one: Local) -> Local:
    for group in groups:
        if same(group, one) or (not one.tells and not group.tells and _indistinct(group, one)):
            group.surfaces += [s for s in one.surfaces if s not in group.surfaces]
            group.partners += [p for p in one.partners if p not in group.partners]
            return group
    groups.append(one)
    return one


def _indistinct(a: Local, b: Local) -> bool:
    whose = [{p for n in x.names for p in (*n.places, *n.people)} for x in (a, b)]
    return (
        a.family == b.family
        and a.regions == b.regions
        and a.addendum == b.addendum
        and a.family in COUNTED
        and (whose[0] == whose[1] or not all(whose))
    )


def _stands_for(short: Local, full: list[Local]) -> Local | None:
    """The fuller mention that a short one stands for: the nearest before it, or the only one after it."""
    here = short.events[0].event.start
    fits = [f for f in full if _may_stand_for(short, f)]
    before = [f for f in fits if f.events[0].event.start <= here]
    if before:
        return max(before, key=lambda f: max(e.event.start for e in f.events if e.event.start <= here))
    named = any(n.places or n.people for n in short.names)
    return fits[0] if len(fits) == 1 and not named else None


def _may_stand_for(short: Local, full: Local) -> bool:
    if short.regions and full.regions and not short.regions & full.regions:
        return False
    if short.family == "other" and not short.surfaces:
        return full.family in COUNTED and all(e.event.type == "enterprise_count" for e in short.events)
    if short.family != full.family or short.addendum != full.addendum or short.family in ("support", "production"):
        return False
    return not any(n.people for n in short.names) and not _placed_apart(short, full) and not _founded_apart(short, full)


def _placed_apart(short: Local, full: Local) -> bool:
    """«Обнинский технопарк» is not the Kaluga park named before it; «томский кластер» may be any of Tomsk."""
    theirs = [p for n in full.names for p in (*n.places, *n.quoted)]
    mine = [p for n in short.names for p in n.places if not is_region(p, short.regions)]
    return bool(mine) and not any(alike(p, other) for p in mine for other in theirs)


def founded(events: list[EventRow]) -> list[str]:
    """ISO dates on which what the events tell of was signed, founded or opened."""
    first = ("charter_signing", "agreement_signing", "cluster_announcement")
    return sorted(e.event.date for e in events if e.event.type in first and e.event.status == "done" and e.event.date)


def _founded_apart(a: Local, b: Local) -> bool:
    """Things signed on different days are different, but a cluster has many days of its own."""
    if a.family not in ("agreement", "charter"):
        return False
    return bool(founded(a.events) and founded(b.events)) and not any(
        x.startswith(y) or y.startswith(x) for x in founded(a.events) for y in founded(b.events)
    )


def aliases(text: str, group: Local) -> list[str]:
    """Other names that the text says the initiative goes by: «строили под именем „Сухона“», «… (КСК)»."""
    if group.family in ("agreement", "production", "support", "other"):
        return []
    cues = lexicon()["renaming"]
    between = re.compile("|".join(map(re.escape, cues["between"])), re.IGNORECASE)
    head = stem(lexicon()["heads"][group.family][0])
    before = re.compile(rf"(?:{'|'.join(map(re.escape, cues['before']))})\w*[\s–—-]+(?:{head}\w*\s+)?$", re.IGNORECASE)
    phrase = re.compile(
        rf"(?:{head}\w*\s+)?«[^«»]{{2,60}}»|(?:[а-яё]\w+(?:ая|ой|ую|ый|ого|ому|ым|ий|его|ему|им)\s+)?{head}\w*(?:\s+(?:о\s+)?[а-яё]\w+){{0,3}}",
        re.IGNORECASE,
    )
    mentions = [m for m in phrase.finditer(guillemets(text)) if name(m[0]).tells]
    ours = [any(likeness(name(m[0]), n)[0] >= SAME for n in group.names) for m in mentions]
    found = []
    for (a, a_ours), (b, b_ours) in pairwise(zip(mentions, ours, strict=True)):
        gap = text[a.end() : b.start()]
        if a_ours == b_ours or len(gap) > NEAR or "\n" in gap:
            continue
        lead = text[max(0, a.start() - NEAR) : a.start()]
        renamed = re.fullmatch(r"\s+(?:в|на)\s+(?:[\w-]+\s+){0,3}", gap) and re.search(r"переименов\w*[^.!?]*$", lead)
        if renamed or between.search(gap) or before.search(gap):
            found.append((a if b_ours else b)[0])
    letters = {i for n in group.names if n.words for i in n.initials}
    found += [m[1] for m in re.finditer(r"\(([А-ЯЁ]{2,6})\)", text) if m[1] in letters]
    return list(dict.fromkeys(found))


def _merged(groups: list[Local]) -> list[Local]:
    """Groups that turned out to be one by an alias."""
    out: list[Local] = []
    for group in groups:
        home = next((g for g in out if same(g, group)), None)
        if home is None:
            out.append(group)
            continue
        home.surfaces += [s for s in group.surfaces if s not in home.surfaces]
        home.partners += [p for p in group.partners if p not in home.partners]
        home.events += group.events
    return out
