"""Who could take part in the events of a release: everyone it names, each with all the places where it does.

A firm is the same one under its full name, its bare name and «предприятие» after it; a region under its name, its
people («калужане») and «область».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from nlp.events.names import stems
from nlp.events.scene import Scene
from nlp.events.text import OPENING
from nlp.gazetteer import regions
from nlp.inflection import to_nominative
from nlp.lexicon import load
from nlp.organisations import OrganisationMention
from nlp.organisations.lexicon import HEADS, KINDS, LEGAL_FORMS
from nlp.people import PersonMention
from nlp.phrases import lowered
from nlp.schema import Party, PartyKind

How = Literal["name", "noun", "office", "inside"]

_TABLE = load("candidates")
REGION_NOUNS = frozenset(_TABLE["regions"])
GENERAL = frozenset(_TABLE["firms"])  # what any firm can be called by
BODIES = frozenset(_TABLE["bodies"])  # what only a body of the same noun can
ORGANS = frozenset(_TABLE["organs"])  # what belongs to a body that may be a party itself
HYPERNYMS: dict[str, list[str]] = _TABLE["hypernyms"]
CALLED = frozenset({"official", "nickname", "demonym", "capital"})  # what a region is called by as a party
LOOKED_AT = 40  # organisations back that a name is compared with
MEMORY = 12  # sentences back to the name that a noun stands for
NAMESAKES = 8  # names of one organisation that another is compared with
TELLING = 4  # letters of a stem that can be a name by itself


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place where a candidate is named: tokens [first, last) of a sentence."""

    sentence: int
    first: int
    last: int
    how: How
    head: int  # the token that takes the case


@dataclass(slots=True)
class Candidate:
    number: int
    kind: PartyKind
    sort: str  # of an organisation, what kind of one; else as `kind`
    names: list[str]
    position: str | None = None
    code: str = ""  # of a region
    span: tuple[int, int] | None = None  # offsets of the first mention
    heads: set[str] = field(default_factory=set)  # nouns it was called by
    keys: list[frozenset[str]] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)

    @property
    def firm(self) -> bool:
        return self.sort in ("company", "other")

    @property
    def party(self) -> Party:
        start, stop = self.span or (None, None)
        return Party(_best(self.names), self.kind, self.position, start, stop)


def candidates(scenes: Sequence[Scene], about: Sequence[str]) -> list[Candidate]:
    """Everyone a release names, in order of first mention; `about` holds the codes of its regions, the chief first."""
    gathered = _Gathered(about)
    for scene in scenes:
        gathered.add(scene)
    for candidate in gathered.found:
        candidate.sightings.sort(key=lambda s: (s.sentence, s.first))
    return gathered.found


def _best(names: list[str]) -> str:
    """The name with its legal form, else with the noun before it and nothing more: «завод «Каскад»»."""
    quoted = [name for name in names if "«" in name[1:]]
    legal = next((name for name in quoted if name.split(" ", 1)[0] in LEGAL_FORMS), None)
    if legal:
        return legal
    if not quoted:
        return max(names, key=lambda name: (name.count(" "), len(name)))
    shortest = min(quoted, key=lambda name: name.count(" "))
    noun, _, name = shortest.partition(" «")
    words = noun.split()
    adjectives = all(word.endswith(ADJECTIVAL) for word in words[:-1])
    return f"{words[-1]} «{name}" if adjectives else shortest


ADJECTIVAL = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие")


class _Gathered:
    """The candidates so far."""

    def __init__(self, about: Sequence[str]) -> None:
        self.found: list[Candidate] = []
        self.about = about
        self.people: dict[int, Candidate] = {}
        self.regions: dict[str, Candidate] = {}
        self.organisations: list[Candidate] = []
        self.by_key: dict[frozenset[str], Candidate] = {}
        self.recent: list[tuple[int, Candidate]] = []  # organisations in the order they were named, by sentence

    def add(self, scene: Scene) -> None:
        """Take in what a sentence names."""
        words = scene.words
        taken: set[int] = set()
        offices = [m.office for m in scene.people if m.office]
        for person in scene.people:
            self._person(scene, person, taken)
        for organisation in scene.organisations:
            if organisation.kind == "media" or not (organisation.named or _sole(organisation)):
                continue
            if organisation.name.lower() in GENERAL | BODIES:
                continue  # stands for one named before
            first, last = words.at(organisation.start), words.at(organisation.stop - 1) + 1
            held = any(a <= organisation.start < b for a, b in offices)
            found = self._organisation(organisation)
            head = _head(scene, organisation, first, last)
            found.sightings.append(Sighting(words.index, first, last, "office" if held else "name", head))
            taken.update(range(first, last))
            self.recent.append((words.index, found))
            if organisation.head in ORGANS:
                self._owner(organisation, Sighting(words.index, first, last, "inside", head))
        inside = frozenset(taken)
        for place in scene.places:
            if place.code and place.basis in CALLED and not place.quoted:
                first, last = words.at(place.start), words.at(place.stop - 1) + 1
                within = first in inside or any(a <= place.start < b for a, b in offices)
                sighting = Sighting(words.index, first, last, "inside" if within else "name", last - 1)
                self._region(place.code, (place.start, place.stop), sighting)
                taken.update(range(first, last))
        for start, stop in offices:
            taken.update(range(words.at(start), words.at(stop - 1) + 1))
        self._nouns(scene, taken)

    def _new(self, kind: PartyKind, sort: str, name: str, span: tuple[int, int] | None) -> Candidate:
        self.found.append(Candidate(len(self.found), kind, sort, [name], span=span))
        return self.found[-1]

    def _person(self, scene: Scene, mention: PersonMention, taken: set[int]) -> None:
        words = scene.words
        first = head = words.at(mention.start)
        last = words.at(mention.stop - 1) + 1
        found = self.people.get(mention.person)
        if found is None:
            found = self._new("person", "person", mention.name, (mention.start, mention.stop))
            self.people[mention.person] = found
        found.position = found.position or mention.position
        if mention.named:
            taken.update(range(first, last))
        if mention.office:
            first = min(first, words.at(mention.office[0]))
            last = max(last, words.at(mention.office[1] - 1) + 1)
        found.sightings.append(Sighting(words.index, first, last, "name" if mention.named else "noun", head))

    def _organisation(self, mention: OrganisationMention) -> Candidate:
        key = stems(mention.name) or frozenset([mention.name.lower()])
        found = self.by_key.get(key)
        if found is None:
            back = reversed(self.organisations[-LOOKED_AT:])
            found = next((known for known in back if _same(known, key, mention)), None)
            if found is None:
                found = self._new("organization", mention.kind, mention.name, (mention.start, mention.stop))
                self.organisations.append(found)
            self.by_key[key] = found
            found.keys.append(key)
        if mention.name not in found.names:
            found.names.append(mention.name)
        if found.sort == "other":
            found.sort = mention.kind
        if mention.head:
            found.heads.add(mention.head)
        return found

    def _owner(self, mention: OrganisationMention, sighting: Sighting) -> None:
        """The body whose organ is named: «экспертный совет Фонда развития промышленности»."""
        words = mention.name.split()
        at = next((i for i, word in enumerate(words) if HEADS.get(lowered(word)) == mention.head), len(words))
        noun = next((HEADS[lowered(word)] for word in words[at + 1 : at + 4] if lowered(word) in HEADS), "")
        if KINDS.get(noun) in ("authority", "institution", "association"):
            name = to_nominative(" ".join(words[at + 1 :]))
            found = self._organisation(OrganisationMention(mention.start, mention.stop, name, KINDS[noun], True, noun))
            found.sightings.append(sighting)
            self.recent.append((sighting.sentence, found))

    def _region(self, code: str, span: tuple[int, int] | None, sighting: Sighting) -> None:
        if code not in self.regions:
            if code not in regions():
                return
            self.regions[code] = self._new("region", "region", regions()[code], span)
            self.regions[code].code = code
        self.regions[code].sightings.append(sighting)

    def _nouns(self, scene: Scene, taken: set[int]) -> None:
        """General nouns that stand for someone named before: «предприятие», «область», «вуз»."""
        words = scene.words
        named = {
            i
            for initiative in scene.initiatives
            if initiative.telling
            for i in range(initiative.first, initiative.stop)
        }
        for i, form in enumerate(words.forms):
            if i in taken or form.pos != "NOUN":
                continue
            singular = any(reading.number == "sing" for reading in form.readings)
            sighting = Sighting(words.index, i, i + 1, "noun", i)
            if form.lemma in REGION_NOUNS:
                for code in self.about[:1] if singular else self.about:
                    self._region(code, None, sighting)
                continue
            noun = HEADS.get(words.lower[i].replace("ё", "е")) or (form.lemma if form.lemma in HYPERNYMS else "")
            if noun and singular and i not in named:
                found = self._antecedent(noun, words.index)
                if found:
                    found.sightings.append(sighting)
                    self.recent.append((words.index, found))

    def _antecedent(self, noun: str, index: int) -> Candidate | None:
        """The last organisation that a noun can stand for: of the same noun, else of its kind."""
        nouns = {noun, *HYPERNYMS.get(noun, ())}
        starts = {word[:5] for word in nouns}
        kind = KINDS.get(noun)
        other = None
        for sentence, found in reversed(self.recent[-LOOKED_AT:]):
            if index - sentence > MEMORY:
                break
            if found.heads & nouns or any(starts & key for key in found.keys[:NAMESAKES]):
                return found
            alike = found.firm if noun in GENERAL else found.sort == kind and kind != "company"
            if other is None and alike and noun not in HYPERNYMS:
                other = found
        return other


def _sole(mention: OrganisationMention) -> bool:
    """«краевой фонд развития промышленности», «правительство области»: there is one such."""
    return mention.kind == "authority" or mention.head in ("фонд", "палата", "ассоциация")


def _same(known: Candidate, key: frozenset[str], mention: OrganisationMention) -> bool:
    """Whether a name is a known organisation's shorter or fuller one."""
    if "authority" in (mention.kind, known.sort):
        return False
    if any(_abbreviates(mention.name, name) or _abbreviates(name, mention.name) for name in known.names[:NAMESAKES]):
        return True
    for other in known.keys[:NAMESAKES]:
        short, full = sorted((key, other), key=len)
        if short <= full and (len(short) > 1 or _telling(short, {*known.heads, mention.head})):
            return True
    return False


def _abbreviates(short: str, full: str) -> bool:
    """Whether a name is another's initials: «ФРП», «краевой ФРП» of «Фонд развития промышленности Карелии».

    The federal fund is not the region's, though their initials are the same.
    """
    initials = short.rpartition(" ")[2]
    if not (initials.isupper() and initials.isalpha() and len(initials) > 2) or " " not in full:
        return False
    federal = short.lower().startswith("федеральн"), full.lower().startswith("федеральн")
    words = "".join(word[0].upper() for word in full.replace("-", " ").split())
    return federal[0] == federal[1] and initials in words


def _telling(stem: frozenset[str], heads: set[str]) -> bool:
    """Whether one stem is a name by itself and no general noun."""
    (only,) = stem
    return len(only) >= TELLING and not any(only == head[:5] for head in heads)


def _head(scene: Scene, mention: OrganisationMention, first: int, last: int) -> int:
    """The token of an organisation's name that takes the case."""
    words = scene.words
    for i in range(first, last) if mention.head else ():
        if mention.head in words.forms[i].lemmas:
            return i
    return first + 1 if words.lower[first] in OPENING and last - first > 2 else first
