"""Whether an event is a deed, a plan, under way or called off: a multinomial logistic model over how it is told.

What the rules read (status.py) is one thing it weighs. The weights (factuality.json) come from the annotated
releases; `python -m benchmarks.training` trains them anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

from nlp.events.draft import Draft
from nlp.events.grammar import FINITE, Form
from nlp.events.lexicon import status_of
from nlp.events.scene import Scene
from nlp.events.text import BREAKS, DASHES, Words
from nlp.learned import learned
from nlp.schema import Status

WEIGHTS = Path(__file__).parent / "factuality.json"
STATUSES: tuple[Status, ...] = get_args(Status)
ACTING = FINITE | {"INFN", "PRTF", "GRND"}  # what can carry tense or mood
STOPS = frozenset(";:.!?")
NEAR = 4  # tokens to either side of a trigger whose words are looked at one by one
CLAUSE = 12  # tokens to either side of a trigger that may be of its clause
RETOLD = 3  # other sentences of one event that are looked at
Weights = Mapping[str, Sequence[float]]  # of each feature for each status, in their order; the constants under ""


def weights() -> Weights:
    """The model."""
    found: Weights = learned(WEIGHTS)
    return found


def choose_statuses(drafts: Sequence[Draft], scenes: Sequence[Scene], published: date | None) -> None:
    """Give each event its likeliest status; the dates must be chosen."""
    model = weights()
    telling = Telling(drafts, scenes, published)
    chosen = [likeliest(model, telling.features(draft)) for draft in drafts]
    for draft, status in zip(drafts, chosen, strict=True):
        draft.status = status


def likeliest(model: Weights, features: Iterable[str]) -> Status:
    """The status that the features speak most for."""
    odds = [sum(each) for each in zip(*(model[name] for name in features if name in model), strict=True)]
    return STATUSES[odds.index(max(odds))]


class Telling:
    """How a release tells its events."""

    def __init__(self, drafts: Sequence[Draft], scenes: Sequence[Scene], published: date | None) -> None:
        self.scenes = scenes
        self.published = published.isoformat() if published else ""
        self.here: dict[int, list[Draft]] = {}
        for draft in drafts:
            self.here.setdefault(draft.words.index, []).append(draft)
        self.alike = Counter((draft.type, draft.status) for draft in drafts)

    def features(self, draft: Draft) -> list[str]:
        """What is noticed of an event, by itself and by what the event is."""
        found = [f"{draft.type} by {draft.trigger_class} {draft.shape} {draft.status}"]
        for name in dict.fromkeys(self._noticed(draft)):
            found += (name, f"{draft.type}: {name}")
        return found

    def _noticed(self, draft: Draft) -> Iterator[str]:
        words, at = draft.words, draft.trigger
        form = words.forms[at]
        sign = _sign(form)
        yield ""
        yield f"rule {draft.status}"
        yield f"class {draft.trigger_class} {draft.shape}"
        yield f"class {draft.trigger_class} {draft.status}"
        yield f"shape {draft.shape} {draft.status}"
        yield f"trigger {form.lemma}"
        yield f"trigger {form.lemma} {draft.status}"
        yield f"trigger {form.lemma} {sign}"
        yield f"sign {sign}"
        yield f"sign {sign} {draft.status}"
        yield f"kind {draft.kind} {draft.status}"
        yield f"plural {draft.plural} {draft.status}"
        for note in draft.notes:
            yield f"note {note}"
        if draft.initiative:
            yield f"named {draft.initiative.split()[0].lower()}"
        yield from self._dated(draft)
        yield from self._amounts(draft)
        yield from self._beside(draft)
        yield from _around(words, at)
        yield from _predicates(words, at)
        yield from _sentence(words)
        for sentence in sorted(draft.told - {words.index})[:RETOLD]:
            yield from (f"retold {trait}" for trait in _sentence(self.scenes[sentence].words))
        if words.index:
            before = self.scenes[words.index - 1].words
            yield from (f"before {tense}" for tense in _tenses(before))
        if words.index + 1 < len(self.scenes):
            after = self.scenes[words.index + 1].words
            yield from (f"after {tense}" for tense in _tenses(after))

    def _dated(self, draft: Draft) -> Iterator[str]:
        """The date against the day of publication."""
        if not draft.date:
            yield f"undated {draft.status}"
            return
        today = self.published[: len(draft.date)]
        when = "today" if draft.date == today else "past" if draft.date < today else "ahead" if today else "unknown"
        precision = {4: "year", 7: "month", 10: "day"}[len(draft.date)]
        yield f"date {when}"
        yield f"date {when} {precision}"
        yield f"date {when} {draft.status}"
        yield f"date {when} {precision} {draft.status}"
        yield f"date {when} {draft.shape} {draft.trigger_class}"
        words = draft.words
        for mention in self.scenes[words.index].dates:
            if draft.date in (mention.iso, mention.past, mention.future):
                first = words.at(mention.start)
                yield f"date {mention.kind} {words.lower[first - 1] if first else ''} {when}"

    def _amounts(self, draft: Draft) -> Iterator[str]:
        money, count = draft.money, draft.count
        if money:
            yield f"money {money.comparator}"
            yield f"money {draft.status}"
        if count:
            yield f"count {count.comparator}"
            yield f"count of {count.unit}"
        for sum_ in self.scenes[draft.words.index].sums:
            yield f"sum {sum_.comparator} {'range' if sum_.upper else 'one'}"

    def _beside(self, draft: Draft) -> Iterator[str]:
        """The other events of the release."""
        home = draft.words.index
        for other in self.here[home]:
            if other is not draft:
                side = "left" if other.trigger < draft.trigger else "right"
                yield f"{side} {other.type} {other.status}"
                yield f"beside {other.status}"
        for side, sentence in (("before", home - 1), ("after", home + 1)):
            for other in self.here.get(sentence, ()):
                yield f"{side} {'same' if other.type == draft.type else 'other'} {other.status}"
        for status in STATUSES:
            others = self.alike[draft.type, status] - (draft.status == status)
            if others:
                yield f"others {status} {min(3, others)}"
        yield f"place {min(3, home)}"


def _sign(form: Form) -> str:
    """Part of speech, tense and aspect, as far as the form shows them."""
    reading = form.readings[0]
    return f"{reading.pos} {reading.tense} {reading.aspect}"


def _sense(words: Words, i: int) -> str:
    """A verb as it stands: its lemma with tense and negation."""
    reading = words.forms[i].readings[0]
    negation = "не " if i and words.lower[i - 1] == "не" else ""
    return f"{negation}{reading.lemma} {reading.tense}"


def _around(words: Words, at: int) -> Iterator[str]:
    """The words beside a trigger, and those of its clause."""
    low, high = _clause(words, at)
    for i in range(max(0, at - NEAR), min(len(words), at + NEAR + 1)):
        if i != at:
            side = "left" if i < at else "right"
            lemma = words.forms[i].lemma
            yield f"{side} {lemma}"
            if abs(i - at) == 1:
                yield f"next {side} {lemma}"
    if at and words.lower[at - 1] == "не":
        yield "negated"
    for i in range(low, high):
        form = words.forms[i]
        if i != at and form.pos not in ("PREP", "CONJ"):
            yield f"clause {form.lemma}"
        for name in status_of(words.lower[i]):
            yield f"clause list {name} {form.pos}"
    if any(words.lower[i] in DASHES for i in range(low, high)):
        yield "clause dash"


def _clause(words: Words, at: int) -> tuple[int, int]:
    low = high = at
    while low > max(0, at - CLAUSE) and words.lower[low - 1] not in STOPS:
        low -= 1
    while high < min(len(words), at + CLAUSE) and words.lower[high] not in STOPS:
        high += 1
    return low, high


def _predicates(words: Words, at: int) -> Iterator[str]:
    """The verbs nearest to a trigger on either side."""
    for side, way in (("left", range(at - 1, -1, -1)), ("right", range(at + 1, len(words)))):
        breaks = met = 0
        for i in way:
            if words.lower[i] in BREAKS:
                breaks += 1
            if words.lower[i] in STOPS:
                break
            form = words.forms[i]
            if form.pos in ACTING:
                apart = "apart" if breaks else "joined"
                yield f"{side} verb {_sense(words, i)}"
                yield f"{side} {met} {_sign(form)} {apart}"
                if form.pos in FINITE:
                    yield f"{side} {apart} {_sense(words, i)}"
                    yield f"{side} {apart} {form.readings[0].tense}"
                met += 1
                if met == 2:
                    break
        if not met:
            yield f"{side} no verb"


def _sentence(words: Words) -> Iterator[str]:
    """What a sentence says by its verbs, wherever they stand."""
    for i, form in enumerate(words.forms):
        if form.pos in ACTING:
            yield f"verb {_sense(words, i)}"
    tenses = sorted(_tenses(words))
    yield f"tenses {' '.join(tenses)}"
    if words.lower[-1] == "?":
        yield "question"
    yield f"opens {words.forms[0].lemma}"


def _tenses(words: Words) -> set[str]:
    return {form.readings[0].tense or form.pos for form in words.forms if form.pos in FINITE} or {"no verb"}
