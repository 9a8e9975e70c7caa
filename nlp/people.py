"""People: who is named in a release, what offices they hold, and which mentions are of one person.

A person is named in full, by surname, by initials, or only by office («глава региона»).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from nlp.analysis import Analysis
from nlp.identity import fullness, known_surnames, likely_case, merge, with_surnames
from nlp.morphology import CASES, Case, nominative, parses
from nlp.names import Name, read_names
from nlp.offices import REGION_HEADS, REGIONS, Office, find_offices, singular, worded
from nlp.organisations import OrganisationMention, organisations_of, publishers, resolved
from nlp.phrases import Frame, frames, lowered
from nlp.schema import Official
from nlp.seats import Seats
from nlp.ties import Tie, ties_of


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A mention of a person: `start` and `stop` are offsets in the analysed text, of the name without the office.

    A mention by office alone («глава региона») has `named` false, and the span of the office.
    """

    start: int
    stop: int
    person: int  # which of the release's people: mentions of one person share it
    name: str  # the person's fullest name in the release, nominative
    position: str | None  # as worded at this mention, else at the person's first with one; nominative
    organization: str | None  # where the office is held, if at an organisation
    named: bool
    office: tuple[int, int] | None = None  # span of the office's words at this mention


@dataclass(frozen=True, slots=True)
class Occupation:
    """Someone's office with its evidence: all spans are offsets in the analysed text."""

    person: int
    name: str
    mention: tuple[int, int]  # of the name
    position: str  # as worded, nominative, with where it is held
    organization: str | None
    core: tuple[int, int] | None  # the office without where it is held; None where only a verb says it
    where: tuple[int, int] | None
    seat: tuple[int, int] | None  # `where`, or where the release says elsewhere that the office is held
    office: tuple[int, int] | None  # all the office's words, with where it is held
    lemma: str  # of the office's noun
    quote: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Sentence:
    frame: Frame
    names: list[Name]
    offices: list[Office]
    ties: list[Tie]
    organisations: list[OrganisationMention]


class People:
    """The people and organisations of one release, read once: for those who want more than one of the functions."""

    def __init__(self, analysis: Analysis) -> None:
        self.text = analysis.text
        read = [_read(frame) for frame in frames(analysis)]
        surnames = known_surnames(name for sentence in read for name in sentence.names)
        self.sentences: list[_Sentence] = []
        last: Name | None = None
        for sentence in read:
            names = with_surnames(sentence.frame, sentence.names, surnames)
            ties = ties_of(sentence.frame, names, sentence.offices, sentence.organisations, last)
            self.sentences.append(replace(sentence, names=names, ties=ties))
            last = names[-1] if names else last
        self.seats = Seats(analysis, [(s.frame, office) for s in self.sentences for office in s.offices])
        names = [name for sentence in self.sentences for name in sentence.names]
        owners = merge(names)
        self.person = {name.start: owner for name, owner in zip(names, owners, strict=True)}
        clusters: dict[int, list[Name]] = {}
        for name, owner in zip(names, owners, strict=True):
            clusters.setdefault(owner, []).append(name)
        cases = {tie.name.start: _case(tie) for s in self.sentences for tie in s.ties if tie.office and tie.verb < 0}
        self.name = {}
        for owner, mentions in clusters.items():
            fullest = max(mentions, key=fullness)  # the first of the fullest
            governed = fullest.governed and fullest.start not in cases
            case = cases.get(fullest.start) or likely_case(fullest, mentions, governed=governed)
            self.name[owner] = fullest.nominative(case)
        bodies = [o for s in self.sentences for o in s.organisations]
        self.organisations = resolved(bodies, publishers(analysis))
        self.bodies: dict[str, list[OrganisationMention]] = {}  # by generic noun, those with a name of their own
        for body in self.organisations:
            if body.named and body.head and " " in body.name:
                self.bodies.setdefault(body.head, []).append(body)
        self.occupations = self._occupations()

    def _occupations(self) -> list[Occupation]:
        """All ties, those without a place given the one they have elsewhere."""
        found = [self._occupation(s.frame, tie) for s in self.sentences for tie in s.ties]
        found.sort(key=lambda o: o.quote)
        for occupation in found:
            self.seats.learn(occupation)
        return [o if o.seat else replace(o, seat=self.seats.of(o)) for o in found]

    def _occupation(self, frame: Frame, tie: Tie) -> Occupation:
        tokens, name, office = frame.tokens, tie.name, tie.office
        person = self.person[name.start]
        firsts, lasts = ([], []) if tie.spoken_of else ([name.first], [name.last])
        if office:
            position = singular(frame, office) if tie.shared else worded(frame, office, _case(tie))
            firsts.append(office.first)
            lasts.append(office.last)
        else:
            position = heading(frame, tie)
        if tie.verb >= 0:
            firsts.append(tie.verb)
            lasts.append(tie.verb + 1)
        if tie.where:
            firsts.append(tie.where[0])
            lasts.append(tie.where[1])
        organisation, seat = self._body(tie.organisation), None
        if organisation and organisation is not tie.organisation:
            seat = organisation.start, organisation.stop
        return Occupation(
            person,
            self.name[person],
            (name.start, name.stop),
            position,
            organisation.name if organisation else None,
            _span(frame, office.core_first, office.core_last) if office else None,
            _span(frame, *tie.where) if tie.where else None,
            seat,
            _span(frame, office.first, office.last) if office else None,
            office.lemma if office else tie.heading,
            (tokens[min(firsts)].start, tokens[max(lasts) - 1].stop),
        )

    def _body(self, mention: OrganisationMention | None) -> OrganisationMention | None:
        """What an office is held in; «палата» or «завод» alone is the one last named with that noun."""
        if mention is None or not mention.head or " " in mention.name:
            return mention
        same = self.bodies.get(mention.head, [])
        k = bisect_left(same, mention.start, key=lambda body: body.start)
        return same[k - 1] if k else mention

    def mentions(self) -> list[PersonMention]:
        holders = _Holders(self.occupations)
        at_mention: dict[int, Occupation] = {}
        of_person: dict[int, Occupation] = {}
        for occupation in self.occupations:
            at_mention.setdefault(occupation.mention[0], occupation)
            of_person.setdefault(occupation.person, occupation)
        found = []
        for sentence in self.sentences:
            for name in sentence.names:
                person = self.person[name.start]
                held = at_mention.get(name.start) or of_person.get(person)
                here = at_mention.get(name.start)
                found.append(
                    PersonMention(
                        name.start,
                        name.stop,
                        person,
                        self.name[person],
                        held.position if held else None,
                        held.organization if held else None,
                        True,
                        here.office if here else None,
                    )
                )
            found += self._by_office(sentence, holders)
        return sorted(found, key=lambda m: m.start)

    def officials(self) -> tuple[Official, ...]:
        """Each person once with each office, most fully worded."""
        best: dict[tuple[int, str], Occupation] = {}
        for occupation in self.occupations:
            key = occupation.person, occupation.lemma
            if key not in best or len(occupation.position) > len(best[key].position):
                best[key] = occupation
        return tuple(
            Official(o.name, o.position, o.organization, self.text[o.quote[0] : o.quote[1]], *o.quote)
            for o in sorted(best.values(), key=lambda o: o.quote)
        )

    def _by_office(self, sentence: _Sentence, holders: _Holders) -> list[PersonMention]:
        """Offices without a name that stand for someone named: «губернатор», «глава региона»."""
        tied = {id(tie.office) for tie in sentence.ties}
        found = []
        for office in sentence.offices:
            if office.plural or id(office) in tied:
                continue
            start, stop = _span(sentence.frame, office.first, office.last)
            holder = holders.of(office, start, heads_region=_heads_region(sentence.frame, office))
            if holder:
                found.append(
                    PersonMention(
                        start,
                        stop,
                        holder.person,
                        holder.name,
                        holder.position,
                        holder.organization,
                        False,
                        (start, stop),
                    )
                )
        return found


def find_people(analysis: Analysis) -> list[PersonMention]:
    """Every mention of a person, in order of position."""
    return People(analysis).mentions()


def find_occupations(analysis: Analysis) -> list[Occupation]:
    """Every office that the text ties to a name, in order of position."""
    return People(analysis).occupations


def officials(analysis: Analysis) -> tuple[Official, ...]:
    """Everyone named with an office: each person once with each office, most fully worded."""
    return People(analysis).officials()


def _read(frame: Frame) -> _Sentence:
    organisations = organisations_of(frame)
    return _Sentence(frame, read_names(frame), find_offices(frame, organisations), [], organisations)


class _Holders:
    """Who holds an office that is mentioned without a name."""

    def __init__(self, occupations: list[Occupation]) -> None:
        self.by_lemma: dict[str, list[Occupation]] = {}
        self.rulers: list[Occupation] = []  # heads of regions, by whatever office
        for occupation in occupations:
            self.by_lemma.setdefault(occupation.lemma, []).append(occupation)
            if occupation.lemma.rpartition("-")[2] in REGION_HEADS and _over_region(occupation):
                self.rulers.append(occupation)

    def of(self, office: Office, start: int, *, heads_region: bool) -> Occupation | None:
        """Who is named with the office nearest before, else nearest after; a region's head by any such office."""
        fitting = self.rulers if heads_region and self.rulers else self.by_lemma.get(office.lemma, [])
        if not fitting:
            return None
        k = bisect_right(fitting, start, key=lambda o: o.quote[0])
        return fitting[k - 1] if k else fitting[0]


def _heads_region(frame: Frame, office: Office) -> bool:
    """«губернатор», «глава региона», «глава Хакасии»; not «глава компании»."""
    if office.lemma in ("губернатор", "мэр"):
        return True
    if office.lemma not in REGION_HEADS or office.where is None or office.organisation:
        return False
    token = frame.tokens[office.where[0]]
    return frame.labels[office.where[0]] == "LOC" or lowered(token.text) in REGIONS


def heading(frame: Frame, tie: Tie) -> str:
    """The office that a verb of heading gives: «возглавляющий фирму «Техноавиа»» as worded, «возглавил» as its noun."""
    verb = frame.tokens[tie.verb]
    participle = next((p for p in parses(verb.text) if p.tag.POS == "PRTF"), None)
    if participle and tie.where and tie.where[0] > tie.verb:
        return f"{nominative(participle)} {frame.text(tie.verb + 1, tie.where[1])}"
    return tie.heading


def _over_region(occupation: Occupation) -> bool:
    """Whether an office is a region's and not a body's; «губернатор» is one without a place too."""
    return occupation.organization is None and (occupation.where is not None or occupation.lemma.endswith("губернатор"))


def _case(tie: Tie) -> Case | None:
    """The case a name and its office stand in together; of several the nominative is likelier."""
    if tie.office is None or tie.verb >= 0:
        return None
    common = tie.office.cases & tie.name.cases
    if len(tie.office.cases) == len(CASES):  # «врио губернатора» may stand in any
        common = tie.name.cases if len(tie.name.cases) == 1 else frozenset()
    return next((case for case in CASES if case in common), None)


def _span(frame: Frame, first: int, last: int) -> tuple[int, int]:
    return frame.tokens[first].start, frame.tokens[last - 1].stop
