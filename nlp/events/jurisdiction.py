"""Which regions an event falls to, and which the release is about: logistic models over all regions that it names.

What the rules chose (regions.py, gazetteer/about.py) is one thing they weigh. The release is asked of after its events,
and what those fell to is another. The weights (jurisdiction.json) come from the annotated releases;
`python -m benchmarks.training` trains them anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.events.draft import Draft
from nlp.events.grammar import FINITE
from nlp.events.scene import Scene
from nlp.events.text import BREAKS, Words
from nlp.gazetteer import RegionMention, regions
from nlp.gazetteer.setting import AUTHORITIES, BACKGROUND
from nlp.learned import learned, likelihood

WEIGHTS = Path(__file__).parent / "jurisdiction.json"
LIKELY = 0.6  # from here on a region has its part; the likeliest always has
RULED = 0.3  # and from here on, in the release, one that the rules found
FAR = 4  # sentences beyond which all are far
LEAD = 4  # sentences that make the lead, the title among them
BEFORE = 5  # words before a name in which its authority may stand
OPENING = 3  # words by which a sentence says that it speaks of the past

Model = Mapping[str, Mapping[str, float]]  # the weights for an event, and those for a release


def weights() -> Model:
    """The models of an event and of a release (`event`, `release`): weights by feature, the constant under ""."""
    found: Model = learned(WEIGHTS)
    return found


def choose_regions(drafts: Sequence[Draft], scenes: Sequence[Scene], about: Sequence[str]) -> tuple[str, ...]:
    """Give each event its regions, chosen among all that the release names; those of the release come back.

    `about` is what the rules take the release to be about, the chief region first, as the answer has it.
    """
    if not drafts:
        return tuple(about)
    model = weights()
    territory = Territory(drafts, scenes, about)
    odds = [territory.rated(model["event"], draft) for draft in drafts]
    found = likely({code: likelihood(model["release"], named) for code, named in territory.of_release(odds)}, about)
    for draft, rated in zip(drafts, odds, strict=True):
        draft.regions = likely(rated)
    return found


def likely(rated: Mapping[str, float], ruled: Sequence[str] = ()) -> tuple[str, ...]:
    """The regions worth naming, the likeliest first; none only where there is none to choose from."""
    ranked = sorted(rated, key=lambda code: -rated[code])
    worth = [code for code in ranked if rated[code] >= (RULED if code in ruled else LIKELY)]
    return tuple(worth or ranked[:1])


@dataclass(frozen=True, slots=True)
class Place:
    """A region's name where it stands, by sentence and token."""

    code: str
    mention: RegionMention
    sentence: int
    first: int
    last: int


class Territory:
    """The regions that a release names, and its events."""

    def __init__(self, drafts: Sequence[Draft], scenes: Sequence[Scene], about: Sequence[str]) -> None:
        self.drafts, self.scenes, self.about = drafts, scenes, tuple(about)
        self.places = [
            Place(m.code, m, scene.words.index, scene.words.at(m.start), scene.words.at(m.stop - 1) + 1)
            for scene in scenes
            for m in scene.places
            if m.code
        ]
        self.codes = tuple(dict.fromkeys((*about, *(place.code for place in self.places))))
        self.here: dict[int, list[Place]] = {}
        for place in self.places:
            self.here.setdefault(place.sentence, []).append(place)
        self.named = Counter(place.code for place in self.places)
        self.titled = {place.code for place in self.here.get(0, ())}
        self.led = {place.code for index in range(1, LEAD) for place in self.here.get(index, ())}
        self.governed = {place.code for place in self.places if _has_authority(scenes[place.sentence].words, place)}
        self.seats = {
            mention.start: {p.code for p in self.here.get(scene.words.index, ()) if _within(p, mention.office)}
            for scene in scenes
            for mention in scene.people
            if mention.office
        }

    def rated(self, model: Mapping[str, float], draft: Draft) -> dict[str, float]:
        """How likely each region is the event's."""
        return {code: likelihood(model, named) for code, named in self.considered(draft)}

    def considered(self, draft: Draft) -> Iterator[tuple[str, list[str]]]:
        """The regions that an event could fall to, each with its features."""
        for code in self.codes:
            named = dict.fromkeys(self._features(draft, code))
            yield code, ["", *named, *(f"{draft.type}: {name}" for name in named)]

    def _standing(self, code: str) -> str:
        return "chief" if self.about[:1] == (code,) else "about" if code in self.about else "named"

    def _features(self, draft: Draft, code: str) -> Iterator[str]:
        home, standing = draft.words.index, self._standing(code)
        ruled = f"rule {code in draft.regions}"
        yield f"{standing} {ruled}"
        yield f"{standing} {ruled} of {min(3, len(draft.regions))}"
        yield f"{standing} of {min(4, len(self.about))} named {min(4, len(self.codes))}"
        own = [place for place in self.here.get(home, ()) if place.code == code]
        there = {place.code for place in self.here.get(home, ())}
        where = self._where(draft, code)
        yield f"{where} {standing}"
        yield f"{where} {standing} {ruled}"
        yield f"{where} with {min(3, len(there - {code}))}"
        yield f"{where} {draft.kind} {draft.status}"
        recent = self._recent(draft)
        yield f"recent {recent.index(code) if code in recent[:3] else 'no'} {standing}"
        yield from self._in_paragraph(draft, code, standing)
        yield f"title {code in self.titled} of {min(3, len(self.titled))} {standing}"
        yield f"lead {code in self.led} {standing} {where}"
        yield f"governed {code in self.governed} of {min(3, len(self.governed))} {standing}"
        yield f"times {min(4, self.named[code])} {standing}"
        yield f"share {round(4 * self.named[code] / max(1, len(self.places)))} {standing}"
        yield from self._with_parties(draft, code, standing)
        if own:
            best = min(own, key=lambda place: (place.mention.quoted, _gap(draft, place)))
            for trait in self._at_home(draft, best, there):
                yield trait
                yield f"{trait} {standing}"

    def _where(self, draft: Draft, code: str) -> str:
        """The nearest sentence to an event that names a region."""
        told = {draft.words.index: "home", **dict.fromkeys(draft.told - {draft.words.index}, "retold")}
        found = {place.sentence for place in self.places if place.code == code}
        if not found:
            return "unnamed"
        best = min(found, key=lambda index: (index not in told, abs(index - draft.words.index), index))
        if best in told:
            return told[best]
        offset = best - draft.words.index
        return f"{'after' if offset > 0 else 'before'} {min(FAR, abs(offset))}"

    def _recent(self, draft: Draft) -> list[str]:
        """The regions by how lately before the event's trigger they were named."""
        home = draft.words.index
        past = [p for p in self.places if p.sentence < home or (p.sentence == home and p.first <= draft.trigger)]
        return list(dict.fromkeys(place.code for place in reversed(past)))

    def _in_paragraph(self, draft: Draft, code: str, standing: str) -> Iterator[str]:
        block = draft.words.sentence.block
        codes = [p.code for p in self.places if self.scenes[p.sentence].words.sentence.block == block]
        yield f"paragraph {code in codes} of {min(3, len(set(codes)))} {standing}"
        yield f"opens paragraph {codes[:1] == [code]} {standing}"

    def _with_parties(self, draft: Draft, code: str, standing: str) -> Iterator[str]:
        kinds = [party.kind for party in draft.parties]
        party = regions()[code] in {party.name for party in draft.parties if party.kind == "region"}
        yield f"party {party} of {min(3, kinds.count('region'))} {standing}"
        seats = [self.seats.get(party.start, set()) for party in draft.parties if party.start is not None]
        seated = [seat for seat in seats if seat]
        yield f"seat {any(code in seat for seat in seated)} of {min(3, len(seated))} {standing}"
        if draft.parties:
            spans = [(p.start, p.stop) for p in draft.parties if p.start is not None and p.stop is not None]
            inside = any(a <= place.mention.start < b for a, b in spans for place in self.places if place.code == code)
            yield f"inside party {inside} {standing}"

    def _at_home(self, draft: Draft, place: Place, there: set[str]) -> Iterator[str]:
        """How the event's own sentence names a region."""
        words, mention = draft.words, place.mention
        yield f"basis {mention.basis} quoted {mention.quoted}"
        left = place.first < draft.trigger
        low, high = (place.last, draft.trigger) if left else (draft.trigger + 1, place.first)
        between = range(max(0, low), min(high, len(words)))
        side = "left" if left else "right"
        yield f"{side} gap {0 if len(between) <= 1 else 1 if len(between) <= 5 else 2}"
        yield f"{side} verbs {min(2, sum(words.forms[i].pos in FINITE for i in between))}"
        yield f"{side} breaks {min(3, sum(words.lower[i] in BREAKS for i in between))}"
        before = words.lower[place.first - 1] if place.first else "start"
        case = next((c for c in CASES if c in words.tokens[place.last - 1].tag), "none")
        yield f"next left {before}"
        yield f"case {case} {words.forms[place.first - 1].pos if place.first else 'start'}"
        nouns = (words.forms[i].lemma for i in range(place.first - 1, -1, -1) if words.forms[i].pos == "NOUN")
        yield f"noun {next(nouns, '')}"
        if place.last < len(words):
            yield f"next right {words.forms[place.last].lemma}"
        yield f"authority {_has_authority(words, place)}"
        yield f"background {any(words.forms[i].lemma in BACKGROUND for i in range(min(OPENING, len(words))))}"
        yield f"in name {draft.first_of_name <= place.first < draft.stop_of_name}"
        closest = min(self.here[words.index], key=lambda other: _gap(draft, other))
        yield f"closest {closest.code == place.code} of {min(3, len(there))} {side}"
        others = len(there) > 1
        yield f"between {others and 'между' in words.lower} interregional {any('межрегион' in w for w in words.lower)}"

    def of_release(self, odds: Sequence[Mapping[str, float]]) -> Iterator[tuple[str, list[str]]]:
        """The regions that the release could be about, each with its features; `odds` are those of each event."""
        chosen = [set(likely(rated)) for rated in odds]
        total = {code: sum(rated.get(code, 0.0) for rated in odds) for code in self.codes}
        ranked = sorted(self.codes, key=lambda code: -total[code])
        several = Counter(len(own) > 1 for own in chosen)[True]
        for code in self.codes:
            yield code, ["", *dict.fromkeys(self._of_release(code, odds, chosen, ranked.index(code), several))]

    def _of_release(
        self, code: str, odds: Sequence[Mapping[str, float]], chosen: Sequence[set[str]], rank: int, several: int
    ) -> Iterator[str]:
        standing = self._standing(code)
        own = sum(code in each for each in chosen)
        share = round(4 * own / max(1, len(chosen)))
        most = max((rated.get(code, 0.0) for rated in odds), default=0.0)
        yield standing
        yield f"{standing} share {share}"
        yield f"{standing} events {min(3, own)} of {min(4, len(chosen))}"
        yield f"{standing} rank {min(3, rank)}"
        yield f"most {round(5 * most)} {standing}"
        yield f"together {any(code in each and len(each) > 1 for each in chosen)} {standing} several {min(2, several)}"
        yield f"alone {any(each == {code} for each in chosen)} {standing}"
        yield f"title {code in self.titled} of {min(3, len(self.titled))} {standing}"
        yield f"title {code in self.titled} share {share}"
        yield f"lead {code in self.led} {standing}"
        yield f"governed {code in self.governed} {standing} share {share}"
        yield f"times {min(5, self.named[code])} {standing}"
        yield f"named {min(4, len(self.codes))} about {min(3, len(self.about))} {standing}"
        yield f"types {' '.join(sorted({d.type for d, each in zip(self.drafts, chosen, strict=True) if code in each}))}"


CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")


def _has_authority(words: Words, place: Place) -> bool:
    """Whether an authority is named as its: «правительство Хабаровского края»."""
    return any(words.forms[i].lemma in AUTHORITIES for i in range(max(0, place.first - BEFORE), place.first))


def _within(place: Place, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= place.mention.start < span[1]


def _gap(draft: Draft, place: Place) -> int:
    return max(place.first - draft.trigger, draft.trigger - place.last + 1, 0)
