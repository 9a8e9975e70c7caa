"""What speaks for or against a phrase as the name of an event's initiative: the features of naming.py, as strings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from nlp.events.draft import Draft
from nlp.events.grammar import FINITE
from nlp.events.names import stems
from nlp.events.proposals import FAMILIES
from nlp.events.scene import Mention, Scene
from nlp.events.text import BREAKS, OPENING
from nlp.events.wordings import ADJECTIVAL, PREPOSITIONS, Extent, Phrase
from nlp.phrases import lowered

LEAD = 3  # sentences that say what the release is about
TELLING = frozenset(["NOUN", "VERB", "INFN", "PRTS", "PRTF", "GRND"])  # words that say what an event is of
Mark = tuple[int, int, str, str]  # tokens [first, stop) of a sentence, and what they were read as
GAPS = (0, 2, 5, 10)  # tokens from a phrase to the trigger: at once, near, further, far


class Telling:
    """An event as its names are weighed: what is known of it, and what was named on the way back from it."""

    def __init__(
        self, draft: Draft, others: Sequence[frozenset[str]], often: Mapping[str, int], title: Collection[str]
    ) -> None:
        self.draft, self.often, self.title = draft, often, title  # in how many sentences a lemma is
        self.rule = stems(draft.initiative) if draft.initiative else frozenset[str]()
        self.others: frozenset[str] = frozenset().union(*others)  # stems of the names of other events
        self.words = list(dict.fromkeys(form.lemma for form in draft.words.forms if form.pos in TELLING))
        self.recent: Counter[str] = Counter()  # initiatives nearer to the event, by family, kind and place
        self.given = f"money {bool(draft.money)} count {min(2, draft.count.value) if draft.count else 0}"

    def past(self, scene: Scene) -> None:
        """Remember the initiatives of a sentence that was looked at."""
        own = scene.words.index == self.draft.words.index or scene.words.index in self.draft.told
        for initiative in scene.initiatives:
            self.recent.update((initiative.family, initiative.kind, "own" if own else "away"))

    def number(self, number: str, lemma: str) -> Iterator[str]:
        """Whether a name of many stays so, is made that of one, or is of one already."""
        yield number
        yield f"{number} {self.given}"
        if number != "single":
            yield f"{number} {lemma}"
            yield f"{number} {lemma} {self.given}"


def marks(scene: Scene) -> list[Mark]:
    """What else a sentence names, by token."""
    words = scene.words
    named: list[tuple[Mention, str, str]] = [
        *((m, "organisation", m.kind) for m in scene.organisations),
        *((m, "person", "") for m in scene.people),
        *((m, "place", "") for m in scene.places),
        *((m, "sum", "") for m in scene.sums),
        *((m, "date", "") for m in scene.dates),
        *((m, "counted", "") for m in scene.counts),
    ]
    return [(words.at(m.start), words.at(m.stop - 1) + 1, what, kind) for m, what, kind in named]


def of_none(draft: Draft) -> Iterator[str]:
    yield "none"
    yield f"none rule {bool(draft.initiative)}"
    yield f"none by {draft.trigger_class} {draft.shape}"
    for note in sorted(draft.notes):
        yield f"none {note}"
        yield f"none {note} rule {bool(draft.initiative)}"


def of_rule(draft: Draft) -> Iterator[str]:
    """Of a name that the rules put together themselves."""
    yield "rule only"
    yield f"rule only by {draft.trigger_class}"
    yield f"rule only {draft.initiative}"
    for note in sorted(draft.notes):
        yield f"rule only {note}"
    for stem in sorted(stems(draft.initiative or "")):
        yield f"rule only with {stem}"


def of_general(telling: Telling, name: str) -> Iterator[str]:
    """Of what is called nowhere so."""
    key, draft = stems(name), telling.draft
    first, _, rest = name.partition(" ")
    lemma = lowered(rest if rest and " " not in rest else first)  # «льготный заём», «компенсация части затрат»
    often = min(3, telling.often[lemma])
    yield "general"
    yield f"lemma {lemma}"
    for of in ("general", f"general {name}"):
        yield f"{of} rule {_relation(key, telling.rule)}"
        yield f"{of} often {often}"
        for note in sorted(draft.notes):
            yield f"{of} {note}"
    yield f"general {name}"
    yield f"general {name} by {draft.trigger_class}"
    yield f"general {name} {telling.given}"
    if key <= telling.others:
        yield "general of another"
    for other in telling.words:
        yield f"{lemma} with {other}"


def of_phrase(telling: Telling, scene: Scene, marks: Sequence[Mark], phrase: Phrase) -> Iterator[str]:
    """Of a phrase in all its extents."""
    words, initiative, draft = scene.words, phrase.initiative, telling.draft
    lemma, source = words.forms[phrase.head].lemma, _source(phrase)
    offset = words.index - draft.words.index
    place = "home" if not offset else "told" if words.index in draft.told else "before" if offset < 0 else "after"
    yield f"is {source}"
    yield f"{place} {source}"
    yield f"lemma {lemma}"
    yield f"{place} lemma {lemma}"
    yield f"often {min(4, telling.often[lemma])} {source}"
    yield f"title {lemma in telling.title} {source}"
    if lemma[:5] in telling.others:
        yield "of another"
    if initiative:
        yield from _of_initiative(telling, phrase, place, lemma)
    yield from _of_mentions(marks, phrase, place, source)
    first = phrase.first
    preposition, case = _governed(scene, phrase)
    yield f"{place} prep {preposition} case {case}"
    if first and words.forms[first - 1].pos == "NOUN":
        yield f"{place} of a noun"
        yield f"of {words.forms[first - 1].lemma}"
    if offset:
        yield f"{place} {min(4, abs(offset))} {source}"
        yield f"{place} lead {words.index < LEAD} title {not words.index}"
        yield f"{place} block {words.sentence.block == draft.words.sentence.block}"
    else:
        yield from _at_home(draft, scene, phrase, preposition, case)


def _of_initiative(telling: Telling, phrase: Phrase, place: str, lemma: str) -> Iterator[str]:
    initiative, draft, recent = phrase.initiative, telling.draft, telling.recent
    assert initiative
    family, kind = initiative.family, initiative.kind
    fits = family == FAMILIES.get(draft.type)
    nearer = f"{min(4, recent['own'])} {min(4, recent['away'])}"
    yield f"fits {fits} {kind == draft.kind}"
    yield f"{place} fits {fits} recent {min(3, recent[family])}"
    yield f"{family} strong {initiative.strong} named {initiative.named} telling {initiative.telling}"
    yield f"kind {kind}"
    yield f"{place} kind {kind}"
    yield f"{place} {kind} recent {min(3, recent[kind])}"
    yield f"{place} recent {nearer}"
    yield f"{place} kind {kind} recent {nearer}"
    if draft.count:
        yield f"unit {draft.count.unit} kind {kind}"
        yield f"unit {draft.count.unit} lemma {lemma}"
    for other in telling.words:
        yield f"{lemma} with {other}"


def _of_mentions(marks: Sequence[Mark], phrase: Phrase, place: str, source: str) -> Iterator[str]:
    """What else the phrase was read as."""
    for first, stop, what, kind in marks:
        if first <= phrase.head < stop:
            yield f"{what} {kind}"
            yield f"{place} {what} {kind} {source}"


def _governed(scene: Scene, phrase: Phrase) -> tuple[str, str]:
    """The preposition before a phrase and the case it is likeliest in."""
    words = scene.words
    before = words.lower[phrase.first - 1] if phrase.first else ""
    reading = next((r for r in words.forms[phrase.head].readings if r.pos == "NOUN"), None)
    return before if before in PREPOSITIONS else "", reading.case if reading else ""


def _at_home(draft: Draft, scene: Scene, phrase: Phrase, preposition: str, case: str) -> Iterator[str]:
    """Where a phrase of the event's own sentence stands to its trigger and its number."""
    words, source, first, trigger = scene.words, _source(phrase), phrase.first, draft.trigger
    left = phrase.head < trigger
    side = "on it" if first <= trigger < phrase.core else "left" if left else "right"
    low, high = (phrase.core, trigger) if left else (trigger + 1, first)
    between = range(max(0, low), min(high, len(words)))
    near = sum(len(between) > gap for gap in GAPS)
    verbs = min(2, sum(words.forms[i].pos in FINITE for i in between))
    nouns = min(3, sum(words.forms[i].pos == "NOUN" for i in between))
    breaks = min(2, sum(words.lower[i] in BREAKS for i in between))
    yield f"{side} gap {near}"
    yield f"{side} gap {near} {source}"
    yield f"{side} verbs {verbs} breaks {breaks}"
    yield f"{side} nouns {nouns} verbs {verbs}"
    yield f"{side} {draft.shape} prep {preposition} case {case}"
    yield f"{side} {draft.shape} nouns {nouns} case {case} prep {bool(preposition)}"
    yield f"{side} by {draft.trigger_class} nouns {nouns} case {case}"
    yield f"{side} {source} by {draft.trigger_class}"
    yield f"trigger {words.forms[trigger].lemma} {side}"
    if first <= 1:
        yield "opens"
    if draft.first_of_name <= phrase.head < draft.stop_of_name:
        yield f"in ruled name {first == draft.first_of_name}"
    number = next((m for m in scene.counts if draft.count and m.value == draft.count.value), None)
    if number:
        start, stop = words.at(number.start), words.at(number.stop - 1) + 1
        gap = first - stop if first >= stop else start - phrase.core
        yield f"count {'left' if phrase.head < start else 'right'} {min(5, max(0, gap))}"


def of_extent(
    telling: Telling, scene: Scene, marks: Sequence[Mark], phrase: Phrase, extent: Extent, key: frozenset[str]
) -> Iterator[str]:
    """Of what of a phrase is taken; `key` holds the stems of it."""
    words, draft, rule = scene.words, telling.draft, telling.rule
    lemma, source = words.forms[phrase.head].lemma, _source(phrase)
    home = "home" if words is draft.words else "away"
    size = min(6, len(key))
    yield f"extent {extent.label}"
    yield f"{source} extent {extent.label}"
    yield f"{lemma} extent {extent.label}"
    yield f"words {size} {source}"
    yield f"{home} words {size}"
    first, stop, core = extent.first, extent.stop, phrase.core
    start = words.forms[first]
    if start.pos in ADJECTIVAL:
        yield f"adjective {start.lemma}"
        yield f"adjective {start.lemma} {lemma}"
        yield f"adjective {start.pos} {source}"
    if phrase.first < first:
        yield f"without {words.forms[phrase.first].lemma}"
        yield f"without {words.forms[phrase.first].pos} {source}"
    if stop > core:
        opening = words.lower[core]
        by = opening if opening in PREPOSITIONS or opening in OPENING else "genitive"
        yield f"last {words.forms[stop - 1].lemma}"
        yield f"complement {by} {source}"
        yield f"{lemma} complement {by}"
        yield f"complement {words.forms[min(core + (opening in PREPOSITIONS), len(words) - 1)].lemma}"
    if stop < len(words):
        after = words.lower[stop]
        follows = after if after in PREPOSITIONS or not after[0].isalnum() else words.forms[stop].pos
        yield f"before {follows} {source}"
        yield f"before {follows} {stop > core} {phrase.first < first}"
    yield from _inside(scene, marks, extent, source)
    relation = _relation(key, rule)
    yield f"rule {relation}"
    yield f"rule {relation} {home} {source}"
    yield f"rule {relation} by {draft.trigger_class}"
    yield f"rule {relation} words {min(4, len(key))} {min(4, len(rule))}"
    for note in sorted(draft.notes):
        yield f"rule {relation} {note}"


def _inside(scene: Scene, marks: Sequence[Mark], extent: Extent, source: str) -> Iterator[str]:
    """What else is named inside a name."""
    for first, stop, what, _ in marks:
        if extent.first < first < extent.stop or (extent.first == first and stop < extent.stop):
            yield f"with {what} {source}"
    if not OPENING.isdisjoint(scene.words.lower[extent.first : extent.stop]):
        yield f"quotes {source}"


def _source(phrase: Phrase) -> str:
    if phrase.initiative:
        return phrase.initiative.family
    return "name" if phrase.core - phrase.head > 1 else "noun"


def _relation(key: frozenset[str], rule: frozenset[str]) -> str:
    """How a name stands to that which the rules chose."""
    if not rule:
        return "none"
    if key == rule:
        return "same"
    if key > rule:
        return "fuller"
    if key < rule:
        return "briefer"
    return "akin" if key & rule else "other"
