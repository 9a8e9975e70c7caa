"""Which of those a release names take part in an event: a logistic model over where and how it names them.

What the rules chose (parties.py) is one thing it weighs. The weights (choice.json) come from the annotated releases;
`python -m benchmarks.training` trains them anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import exp
from pathlib import Path

from nlp.events.candidates import Candidate, Sighting
from nlp.events.draft import Draft
from nlp.events.grammar import FINITE
from nlp.events.parties import SIGNED
from nlp.events.scene import Scene
from nlp.events.sightings import Seen, seen_in
from nlp.events.text import BREAKS
from nlp.learned import learned
from nlp.lexicon import load
from nlp.schema import Party

WEIGHTS = Path(__file__).parent / "choice.json"
LIKELY = 0.42  # from here on a candidate is worth naming
REACH = 5  # sentences to either side of an event that are looked at
SIGNERS = 14  # sentences after an agreement in which those who signed it may be told
ROLES = 12  # other events of one candidate that are looked at
GROUPS = {
    "agreement_signing": "signing",
    "charter_signing": "signing",
    "charter_accession": "joining",
    "cluster_announcement": "cluster",
    "production_launch": "launch",
    "support_measure": "support",
}
SORTS = {"company": "firm", "other": "firm", "bank": "fund", "institution": "fund"}
PAPERS = frozenset(load("candidates")["papers"])
SIGNING = frozenset(load("candidates")["signing"])


def weights() -> dict[str, float]:
    """The model: the weight of each feature, that of the constant under ""."""
    found: dict[str, float] = learned(WEIGHTS)
    return found


def choose_parties(drafts: Sequence[Draft], scenes: Sequence[Scene], found: Sequence[Candidate]) -> None:
    """Give each event the likely ones of all whom the release names."""
    model = weights()
    release = Release(drafts, scenes, found)
    for index, draft in enumerate(drafts):
        if draft.type in GROUPS:
            draft.parties = parties(likely(model, release.considered(index)))


def likely(model: dict[str, float], considered: Iterable[tuple[Candidate, list[str]]]) -> list[Candidate]:
    """Those worth naming."""
    return [candidate for candidate, features in considered if likelihood(model, features) >= LIKELY]


def likelihood(model: dict[str, float], features: Iterable[str]) -> float:
    return 1 / (1 + exp(-sum(model.get(name, 0.0) for name in features)))


def parties(chosen: list[Candidate]) -> tuple[Party, ...]:
    """People first, then the rest, in order of the text."""
    order = {"person": 0, "organization": 1, "region": 2}
    return tuple(c.party for c in sorted(chosen, key=lambda c: (order[c.kind], c.number)))


class Release:
    """The events and candidates of a release, and what does not depend on the pair."""

    def __init__(self, drafts: Sequence[Draft], scenes: Sequence[Scene], found: Sequence[Candidate]) -> None:
        self.drafts, self.scenes, self.candidates = drafts, scenes, found
        self.regions = [candidate for candidate in found if candidate.code]
        here: dict[int, list[tuple[Candidate, Sighting]]] = {}
        for candidate in found:
            for sighting in candidate.sightings:
                here.setdefault(sighting.sentence, []).append((candidate, sighting))
        self.seen = {sentence: list(seen_in(scenes[sentence], each)) for sentence, each in here.items()}
        self.ruled = [set(self._ruled(draft)) for draft in drafts]
        self.roles: dict[int, list[int]] = {}  # by candidate, the drafts whose party the rules made it
        self.events: dict[int, list[Draft]] = {}
        for index, draft in enumerate(drafts):
            self.events.setdefault(draft.words.index, []).append(draft)
            for number in self.ruled[index]:
                self.roles.setdefault(number, []).append(index)
        self.firms = sum(c.sort == "company" for c in found)
        self.signing = {scene.words.index for scene in scenes if any(f.lemmas & SIGNING for f in scene.words.forms)}

    def _ruled(self, draft: Draft) -> Iterator[int]:
        """The candidates whom the rules chose for an event."""
        names = {party.name for party in draft.parties if party.kind == "region"}
        for party in draft.parties:
            if party.start is None:
                continue
            sentence = bisect_right(self.scenes, party.start, key=lambda scene: scene.words.sentence.start) - 1
            at = self.scenes[sentence].words.at(party.start)
            for seen in self.seen.get(sentence, ()):
                if seen.candidate.kind == party.kind and seen.sighting.first <= at < seen.sighting.last:
                    yield seen.candidate.number
        for candidate in self.regions if names else ():
            if candidate.names[0] in names:
                yield candidate.number

    def considered(self, index: int) -> Iterator[tuple[Candidate, list[str]]]:
        """The candidates that are named near an event, each with its features."""
        draft = self.drafts[index]
        home = draft.words.index
        sentences = {0, *range(home - REACH, home + REACH + 1), *draft.told}
        if draft.type in SIGNED:
            sentences |= self.signing & set(range(home, home + SIGNERS))
        near: dict[int, list[Seen]] = {}
        for sentence in sorted(sentences):
            for seen in self.seen.get(sentence, ()):
                near.setdefault(seen.candidate.number, []).append(seen)
        pair = _Pair(self, index)
        for number in sorted(near):
            candidate = self.candidates[number]
            yield candidate, list(_crossed(draft, candidate, pair.features(candidate, near[number])))


class _Pair:
    """One event of a release against its candidates."""

    def __init__(self, release: Release, index: int) -> None:
        self.release, self.index = release, index
        self.draft = draft = release.drafts[index]
        self.home = draft.words.index
        self.ruled = release.ruled[index]
        self.ruled_kinds = [release.candidates[number].kind for number in self.ruled]
        here = release.seen.get(self.home, [])
        self.crowd = len({seen.candidate.number for seen in here})
        self.subject = next((s.candidate.kind for s in here if "case subject" in s.traits), "none")
        self.first: dict[str, int] = {}
        self.closest: dict[str, tuple[tuple[bool, int], int]] = {}
        for seen in here:
            kind, number = seen.candidate.kind, seen.candidate.number
            self.first.setdefault(kind, number)
            self.closest[kind] = min(self.closest.get(kind, ((True, 1000), -1)), (_gap(draft, seen.sighting), number))
        self.recency: dict[int, int] = {}  # firms by how late before the event they were named
        for sentence in range(self.home, max(-1, self.home - 8), -1):
            for seen in reversed(release.seen.get(sentence, ())):
                if seen.candidate.firm:
                    self.recency.setdefault(seen.candidate.number, len(self.recency))

    def features(self, candidate: Candidate, near: list[Seen]) -> Iterator[str]:
        draft, home, told = self.draft, self.home, self.draft.told
        yield from self._of_candidate(candidate)
        at_home = [s for s in near if s.sighting.sentence == home]
        retold = next((s for s in near if s.sighting.sentence in told and s.sighting.sentence != home), None)
        recency = f"recent {min(4, self.recency.get(candidate.number, 9))}" if candidate.firm else ""
        if at_home:
            for trait in self._at_home(min(at_home, key=lambda s: _gap(draft, s.sighting))):
                yield f"home {trait}"
            if len(at_home) > 1:
                yield "home twice"
        else:
            yield f"away {self.subject}"
            yield f"away {recency} {self.subject}"
            if retold:
                yield "told"
                for trait in self._elsewhere(retold):
                    yield f"told {trait}"
        after = next((s for s in near if s.sighting.sentence > home and s.sighting.sentence not in told), None)
        before = next(
            (s for s in reversed(near) if s.sighting.sentence < home and s.sighting.sentence not in told), None
        )
        for side, seen in (("after", after), ("before", before)):
            if seen:
                far = abs(seen.sighting.sentence - home)
                side = side if at_home or retold else f"{side} only"
                yield f"{side} {min(far, REACH + 1)}"
                for trait in self._elsewhere(seen):
                    yield f"{side} {trait}"
                    yield f"{side} {min(far, 3)} {trait}"

    def _of_candidate(self, candidate: Candidate) -> Iterator[str]:
        release, draft = self.release, self.draft
        own = candidate.number in self.ruled
        yield f"rule {own}"
        yield f"rule {own} of {min(3, len(self.ruled))}"
        yield f"rule {own} alike {min(2, self.ruled_kinds.count(candidate.kind))}"
        for index in release.roles.get(candidate.number, ())[:ROLES]:
            other = release.drafts[index]
            if index != self.index:
                yield f"party of {other.type}{' here' if other.words is draft.words else ''}"
        yield f"seen {min(4, len(candidate.sightings))}"
        yield f"title {candidate.sightings[0].sentence == 0}"
        if candidate.firm:
            yield f"only firm {release.firms == 1}"
            yield f"recent {min(4, self.recency.get(candidate.number, 9))}"
        if candidate.kind == "region":
            chief = candidate.code in draft.regions[:1]
            yield f"region {candidate.code in draft.regions} chief {chief} of {min(3, len(draft.regions))}"

    def _at_home(self, seen: Seen) -> Iterator[str]:
        """What a sighting in the event's own sentence tells, by where it stands to the trigger."""
        draft, sighting, words = self.draft, seen.sighting, self.draft.words
        yield ""
        yield from seen.traits
        if draft.first_of_name <= sighting.first < draft.stop_of_name:
            yield "in name"
        elif sighting.first == draft.stop_of_name:
            yield "after name"
        left = sighting.first < draft.trigger
        side = "left" if left else "right"
        low, high = (sighting.last, draft.trigger) if left else (draft.trigger + 1, sighting.first)
        between = range(max(0, low), min(high, len(words)))
        verbs = min(2, sum(words.forms[i].pos in FINITE for i in between))
        gap = len(between)
        yield side
        yield f"{side} gap {0 if gap <= 2 else 1 if gap <= 6 else 2 if gap <= 12 else 3}"
        yield f"{side} verbs {verbs}"
        yield f"{side} breaks {min(3, sum(words.lower[i] in BREAKS for i in between))}"
        if any(words.lower[i] == ";" for i in between):
            yield "beyond semicolon"
        for trait in seen.traits:
            yield f"{side} verbs {verbs} {trait}"
            if trait.startswith(("case", "prep", "how")):
                yield f"{side} {draft.shape} {trait}"
        triggers = [d.trigger for d in self.release.events[words.index] if d.trigger != draft.trigger]
        own = _distance(draft.trigger, sighting)
        nearer = any(_distance(trigger, sighting) < own for trigger in triggers)
        yield f"nearer {nearer} crossed {any(low <= trigger < high for trigger in triggers)}"
        yield f"crowd {min(4, self.crowd)}"
        yield f"closest {self.closest[seen.candidate.kind][1] == seen.candidate.number}"
        yield f"first {self.first[seen.candidate.kind] == seen.candidate.number}"

    def _elsewhere(self, seen: Seen) -> Iterator[str]:
        """What a sighting in another sentence tells."""
        words = self.release.scenes[seen.sighting.sentence].words
        yield from seen.traits
        types = {d.type for d in self.release.events.get(words.index, ())}
        events = "same" if self.draft.type in types else "other" if types else "none"
        yield f"events {events}"
        yield f"block {words.sentence.block == self.draft.words.sentence.block}"
        if self.draft.type in SIGNED:
            paper = any(form.lemmas & PAPERS for form in words.forms)
            signing = words.index in self.release.signing
            yield f"paper {paper} signing {signing} events {events}"
            around = range(max(0, seen.sighting.first - 8), min(len(words), seen.sighting.last + 8))
            if signing and any(words.forms[i].lemmas & SIGNING for i in around):
                yield "signs"
                yield f"signs {seen.sighting.how}"


def _crossed(draft: Draft, candidate: Candidate, named: Iterator[str]) -> Iterator[str]:
    """Features by themselves, and by what the event and the candidate are."""
    group = GROUPS[draft.type]
    sort = SORTS.get(candidate.sort, candidate.sort)
    kind = "firm" if sort == "fund" else sort
    yield ""
    yield f"{group} {draft.status}"
    yield f"{group} {sort}"
    yield f"{group} {sort} {draft.status}"
    yield f"{group} {sort} by {draft.trigger_class}"
    for name in dict.fromkeys(named):
        yield name
        yield f"{kind}: {name}"
        yield f"{group}: {name}"
        yield f"{group} {kind}: {name}"


def _gap(draft: Draft, sighting: Sighting) -> tuple[bool, int]:
    return sighting.how == "inside", _distance(draft.trigger, sighting)


def _distance(trigger: int, sighting: Sighting) -> int:
    return max(sighting.first - trigger, trigger - sighting.last + 1, 0)
