"""How an event and a candidate for its parties stand to each other: names of what the network of choice can weigh."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from nlp.events.candidates import Candidate, Sighting
from nlp.events.draft import Draft
from nlp.events.grammar import FINITE
from nlp.events.parties import SIGNED
from nlp.events.scene import Scene
from nlp.events.sightings import Seen, seen_in
from nlp.events.text import BREAKS, Words
from nlp.lexicon import load

REACH = 5  # sentences to either side of an event that are looked at
SIGNERS = 14  # sentences after an agreement in which those who signed it may be told
RECALLED = 12  # sentences back in which it counts how lately someone was named
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
        self.events: dict[int, list[Draft]] = {}
        for draft in drafts:
            self.events.setdefault(draft.words.index, []).append(draft)
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

    def near(self, index: int) -> dict[int, list[Seen]]:
        """The candidates that are named near an event, by number, each with where."""
        draft = self.drafts[index]
        home = draft.words.index
        sentences = {0, *range(home - REACH, home + REACH + 1), *draft.told}
        if draft.type in SIGNED:
            sentences |= self.signing & set(range(home, home + SIGNERS))
        near: dict[int, list[Seen]] = {}
        for sentence in sorted(sentences):
            for seen in self.seen.get(sentence, ()):
                near.setdefault(seen.candidate.number, []).append(seen)
        return near


def of_event(release: Release, draft: Draft, ruled: int) -> Iterator[str]:
    """What an event is."""
    group = GROUPS[draft.type]
    words = draft.words
    yield f"type {draft.type}"
    yield f"status {draft.status}"
    yield f"{group} {draft.status}"
    yield f"{group} by {draft.trigger_class}"
    yield f"{group} shape {draft.shape}"
    yield f"{group} kind {draft.kind}"
    yield f"trigger {words.forms[draft.trigger].lemma}"
    yield f"{group} money {draft.money is not None} count {draft.count is not None}"
    if draft.plural:
        yield f"{group} plural"
    if draft.count is not None:
        yield f"{group} many {draft.count.value > 1}"
    alike = [other for other in release.drafts if other.type == draft.type]
    yield f"{group} alike {min(4, len(alike))}"
    yield f"here {min(4, len(release.events[words.index]))}"
    yield f"sentence {min(6, words.index)}"
    yield f"retold {min(2, len(draft.told))}"
    yield f"ruled {min(3, ruled)}"
    for note in draft.notes:
        yield f"note {note}"
    seen = release.seen.get(words.index, ())
    yield f"crowd {min(4, len({s.candidate.number for s in seen}))}"
    yield f"subject {next((s.candidate.kind for s in seen if 'case subject' in s.traits), 'none')}"
    if words.lower[0] in ("—", "–", "-", "•", "·", "*") or words.lower[0].isdigit():
        yield "item"


def of_candidate(release: Release, candidate: Candidate) -> Iterator[str]:
    """What a candidate is."""
    sort = SORTS.get(candidate.sort, candidate.sort)
    yield f"kind {candidate.kind}"
    yield f"sort {sort}"
    yield f"sort {candidate.sort}"
    for head in candidate.heads:
        yield f"head {head}"
    name = candidate.names[0]
    if candidate.kind == "organization":
        yield f"quoted {'«' in name} words {min(4, name.count(' '))}"
    if candidate.kind == "person":
        for word in (candidate.position or "nobody").lower().split()[:3]:
            yield f"office {word[:6]}"
    yield f"seen {min(4, len(candidate.sightings))}"
    yield f"first {min(6, candidate.sightings[0].sentence)}"
    if candidate.firm:
        yield f"only firm {release.firms == 1}"
        yield f"firms {min(6, release.firms)}"


class Pairs:
    """One event of a release against its candidates."""

    def __init__(self, release: Release, index: int) -> None:
        self.release, self.index = release, index
        self.draft = draft = release.drafts[index]
        self.home = draft.words.index
        self.group = GROUPS[draft.type]
        self.ruled = release.ruled[index]
        self.ruled_kinds = [release.candidates[number].kind for number in self.ruled]
        here = release.seen.get(self.home, [])
        self.first: dict[str, int] = {}
        self.closest: dict[str, tuple[tuple[bool, int], int]] = {}
        for seen in here:
            kind, number = _sort(seen.candidate), seen.candidate.number
            self.first.setdefault(kind, number)
            self.closest[kind] = min(self.closest.get(kind, ((True, 1000), -1)), (_gap(draft, seen.sighting), number))
        # Candidates of a sort, by how lately before the event they were named.
        self.recency: dict[str, dict[int, int]] = {}
        for sentence in range(self.home, max(-1, self.home - RECALLED), -1):
            for seen in reversed(release.seen.get(sentence, ())):
                if sentence < self.home or seen.sighting.first < draft.trigger:
                    ranks = self.recency.setdefault(_sort(seen.candidate), {})
                    ranks.setdefault(seen.candidate.number, len(ranks))
        self.coming: dict[str, dict[int, int]] = {}
        for sentence in range(self.home, self.home + RECALLED // 2):
            for seen in release.seen.get(sentence, ()):
                if sentence > self.home or seen.sighting.first > draft.trigger:
                    ranks = self.coming.setdefault(_sort(seen.candidate), {})
                    ranks.setdefault(seen.candidate.number, len(ranks))
        self.home_sorts = {_sort(seen.candidate) for seen in here}

    def features(self, candidate: Candidate, near: list[Seen]) -> Iterator[str]:
        draft, home, told = self.draft, self.home, self.draft.told
        sort, group = _sort(candidate), self.group
        own = candidate.number in self.ruled
        yield f"rule {own} of {min(3, len(self.ruled))}"
        yield f"rule {own} alike {min(2, self.ruled_kinds.count(candidate.kind))}"
        yield f"rule {own} {group} {sort}"
        yield f"{group} {sort} {draft.status}"
        yield f"{group} {sort} by {draft.trigger_class}"
        recency = min(4, self.recency.get(sort, {}).get(candidate.number, 9))
        coming = min(4, self.coming.get(sort, {}).get(candidate.number, 9))
        yield f"recent {recency}"
        yield f"{sort} recent {recency}"
        yield f"coming {coming}"
        yield f"{sort} coming {coming}"
        if candidate.kind == "region":
            chief = candidate.code in draft.regions[:1]
            yield f"region {candidate.code in draft.regions} chief {chief} of {min(3, len(draft.regions))}"
            yield f"{group} region {candidate.code in draft.regions}"
        at_home = [s for s in near if s.sighting.sentence == home]
        retold = next((s for s in near if s.sighting.sentence in told and s.sighting.sentence != home), None)
        if at_home:
            yield f"{group} {sort} home"
            for trait in self._at_home(min(at_home, key=lambda s: _gap(draft, s.sighting))):
                yield f"home {trait}"
            if len(at_home) > 1:
                yield "home twice"
        else:
            yield f"{group} {sort} away {sort in self.home_sorts} recent {recency}"
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
                if not at_home:
                    yield f"{group} {sort} {side} {min(far, REACH + 1)}"
                for trait in self._elsewhere(seen):
                    yield f"{side} {trait}"

    def _at_home(self, seen: Seen) -> Iterator[str]:
        """What a sighting in the event's own sentence tells, by where it stands to the trigger."""
        draft, sighting, words = self.draft, seen.sighting, self.draft.words
        yield from seen.traits
        yield from _around(words, sighting)
        if draft.first_of_name <= sighting.first < draft.stop_of_name:
            yield "in name"
        elif sighting.first == draft.stop_of_name:
            yield "after name"
        inside = draft.first <= sighting.first < draft.stop
        yield f"inside {inside}"
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
        if any("который" in words.forms[i].lemmas for i in between):
            yield f"{side} relative"
        for trait in seen.traits:
            if trait.startswith(("case", "prep", "how")):
                yield f"{side} verbs {verbs} {trait}"
                yield f"{side} {draft.shape} {trait}"
                yield f"{self.group} {side} {trait}"
        triggers = [d.trigger for d in self.release.events[words.index] if d.trigger != draft.trigger]
        own = _distance(draft.trigger, sighting)
        nearer = any(_distance(trigger, sighting) < own for trigger in triggers)
        yield f"nearer {nearer} crossed {any(low <= trigger < high for trigger in triggers)}"
        sort = _sort(seen.candidate)
        yield f"closest {self.closest[sort][1] == seen.candidate.number}"
        yield f"first {self.first[sort] == seen.candidate.number}"

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


def _around(words: Words, sighting: Sighting) -> Iterator[str]:
    """The words beside a sighting."""
    for name, i in (
        ("-2", sighting.first - 2),
        ("-1", sighting.first - 1),
        ("+1", sighting.last),
        ("+2", sighting.last + 1),
    ):
        text = words.forms[i].lemma if 0 <= i < len(words) else ""
        yield f"{name} {text}"


def _sort(candidate: Candidate) -> str:
    return SORTS.get(candidate.sort, candidate.sort)


def _gap(draft: Draft, sighting: Sighting) -> tuple[bool, int]:
    return sighting.how == "inside", _distance(draft.trigger, sighting)


def _distance(trigger: int, sighting: Sighting) -> int:
    return max(sighting.first - trigger, trigger - sighting.last + 1, 0)
