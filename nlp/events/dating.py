"""Which of the dates near an event is its own: a logistic model over where and how they are told.

What the rules chose (times.py) is one thing it weighs. The weights (dating.json) come from the annotated releases;
`python -m benchmarks.training` trains them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from nlp.dates import DateMention
from nlp.events.draft import Draft
from nlp.events.grammar import FINITE
from nlp.events.scene import Scene
from nlp.events.text import BREAKS
from nlp.learned import learned, likelihood

WEIGHTS = Path(__file__).parent / "dating.json"
LIKELY = 0.42  # below this an event has no date
REACH = 3  # sentences to either side of an event that are looked at
FRESH, WEEK = 6, 7  # days told in the last week, as many as are looked at; and how many days that is
LEAD = 3  # sentences that say what the release is about
CLAUSE = 6  # tokens from a date to the verb it may belong to

Place = tuple[Scene, DateMention]


def weights() -> dict[str, float]:
    """The model: the weight of each feature, that of the constant under ""."""
    found: dict[str, float] = learned(WEIGHTS)
    return found


def choose_dates(drafts: Sequence[Draft], scenes: Sequence[Scene], published: date | None) -> None:
    """Give each event the likeliest date of those told near it, or none."""
    model = weights()
    calendar = Calendar(drafts, scenes, published)
    for draft in drafts:
        draft.date = likeliest(model, calendar.considered(draft))


def likeliest(model: dict[str, float], considered: Iterable[tuple[str, list[str]]]) -> str | None:
    """The date worth naming, if one is."""
    rated = [(likelihood(model, features), iso) for iso, features in considered]
    best = max(rated, default=(0.0, ""))
    return best[1] if best[0] >= LIKELY else None


class Calendar:
    """The dates and events of a release."""

    def __init__(self, drafts: Sequence[Draft], scenes: Sequence[Scene], published: date | None) -> None:
        self.scenes, self.published = scenes, published.isoformat() if published else ""
        self.events: dict[int, list[Draft]] = {}
        for draft in drafts:
            self.events.setdefault(draft.words.index, []).append(draft)
        self.dated = sum(len(scene.dates) for scene in scenes)
        self.fresh = list(islice(self._news(published), FRESH)) if published else []

    def _news(self, published: date) -> Iterator[Place]:
        """The days told that are news still."""
        for scene in self.scenes:
            for mention in scene.dates:
                iso = mention.resolved(False)
                if mention.precision == "day" and 0 <= (published - date.fromisoformat(iso)).days <= WEEK:
                    yield scene, mention

    def _readings(self, mention: DateMention, draft: Draft) -> Iterator[str]:
        """What a date can mean for an event: as its own verb says, as the event's status does; of a forum the month."""
        yield mention.iso
        if draft.status in ("done", "planned"):
            yield mention.resolved(draft.status == "planned")
        if mention.iso == self.published[:4] and not mention.relative and mention.precision == "year":
            yield self.published[:7]

    def considered(self, draft: Draft) -> Iterator[tuple[str, list[str]]]:
        """The dates near an event, each with its features."""
        home = draft.words.index
        near = {*range(LEAD), *range(home - REACH, home + REACH + 1), *draft.told}
        places: dict[str, list[Place]] = {}
        for index in sorted(near):
            scene = self.scenes[index] if 0 <= index < len(self.scenes) else None
            for mention in scene.dates if scene else ():
                if scene:
                    for iso in self._readings(mention, draft):
                        places.setdefault(iso, []).append((scene, mention))
        for scene, mention in self.fresh:
            places.setdefault(mention.resolved(False), []).append((scene, mention))
        if draft.date and draft.date not in places:
            places[draft.date] = []
        for iso, told in places.items():
            yield iso, list(_crossed(draft, self._features(draft, iso, told)))

    def _features(self, draft: Draft, iso: str, told: list[Place]) -> Iterator[str]:
        home = draft.words.index
        yield f"rule {'this' if draft.date == iso else 'other' if draft.date else 'none'}"
        yield f"told {min(3, len(told))} of {min(4, self.dated)}"
        precision = {4: "year", 7: "month", 10: "day"}[len(iso)]
        today = self.published[: len(iso)]
        when = "today" if iso == today else "past" if iso < today else "ahead" if today else "unknown"
        distance = abs(int(iso[:4]) - int(today[:4])) if today else 0
        yield f"{precision} {when}"
        yield f"{precision} {when} {min(3, distance)}"
        yield f"{when} {draft.status}"
        if not told:
            return
        scene, mention = min(
            told, key=lambda place: (place[0].words.index not in {home, *draft.told}, _gap(draft, place))
        )
        offset = scene.words.index - home
        where = (
            "home"
            if not offset
            else "retold"
            if scene.words.index in draft.told
            else "after"
            if offset > 0
            else "before"
        )
        yield where
        yield f"{where} {precision} {when}"
        traits = list(_traits(scene, mention))
        traits.append(f"reading {'own' if iso == mention.iso else 'month' if iso == self.published[:7] else 'other'}")
        traits.append(f"shown {len({mention.iso, mention.past, mention.future} - {None})}")
        for trait in traits:
            yield trait
            yield f"{where} {trait}"
        if not offset:
            for trait in self._at_home(draft, mention):
                yield f"home {trait}"
            return
        yield f"{where} {min(abs(offset), REACH + 1)}"
        yield f"lead {scene.words.index < LEAD}"
        yield f"{where} lead {scene.words.index < LEAD}"
        yield f"{where} block {scene.words.sentence.block == draft.words.sentence.block}"
        types = {d.type for d in self.events.get(scene.words.index, ())}
        yield f"{where} events {'same' if draft.type in types else 'other' if types else 'none'}"
        yield f"{where} own dates {min(2, len(self.scenes[home].dates))}"

    def _at_home(self, draft: Draft, mention: DateMention) -> Iterator[str]:
        """What a date in the event's own sentence tells, by where it stands to the trigger."""
        words = draft.words
        first, last = words.at(mention.start), words.at(mention.stop - 1) + 1
        left = first < draft.trigger
        side = "left" if left else "right"
        low, high = (last, draft.trigger) if left else (draft.trigger + 1, first)
        between = range(max(0, low), min(high, len(words)))
        verbs = min(2, sum(words.forms[i].pos in FINITE for i in between))
        breaks = min(3, sum(words.lower[i] in BREAKS for i in between))
        gap = len(between)
        yield f"{side} gap {0 if gap <= 1 else 1 if gap <= 4 else 2 if gap <= 9 else 3}"
        yield f"{side} verbs {verbs}"
        yield f"{side} breaks {breaks}"
        yield f"{side} verbs {verbs} breaks {breaks}"
        if draft.first_of_name < first < draft.stop_of_name:
            yield "in name"
        if any(words.lower[i] == ";" for i in between):
            yield "beyond semicolon"
        if any(words.forms[i].pos == "PRTF" for i in range(max(0, first - 4), first)):
            yield "after participle"
        here = self.scenes[words.index].dates
        triggers = [d.trigger for d in self.events.get(words.index, ()) if d.trigger != draft.trigger]
        crossed = any(low <= trigger < high for trigger in triggers)
        own = _distance(draft.trigger, first, last)
        nearer = any(_distance(trigger, first, last) < own for trigger in triggers)
        yield f"nearer {nearer} crossed {crossed}"
        closest = min(here, key=lambda m: _distance(draft.trigger, words.at(m.start), words.at(m.stop - 1) + 1))
        yield f"closest {closest is mention} of {min(3, len(here))}"


def _traits(scene: Scene, mention: DateMention) -> Iterator[str]:
    """How a date is told."""
    words = scene.words
    first, last = words.at(mention.start), words.at(mention.stop - 1) + 1
    yield f"kind {mention.kind}"
    yield f"relative {mention.relative}"
    yield f"prep {words.lower[first - 1] if first and words.forms[first - 1].pos == 'PREP' else ''}"
    if first <= 2:
        yield "opens"
    for around in (range(last, min(len(words), last + CLAUSE)), range(first - 1, max(-1, first - CLAUSE), -1)):
        verb = next(
            (words.forms[i].lemma for i in around if words.forms[i].pos in ("VERB", "PRTS", "INFN", "PRTF")), None
        )
        if verb:
            yield f"verb {verb}"


def _crossed(draft: Draft, named: Iterator[str]) -> Iterator[str]:
    """Features by themselves, and by what the event is."""
    yield ""
    yield f"{draft.type} {draft.status}"
    yield f"{draft.type} by {draft.trigger_class} {draft.shape}"
    for name in dict.fromkeys(named):
        yield name
        yield f"{draft.type}: {name}"
        yield f"{draft.status}: {name}"
        yield f"{draft.type} {draft.status}: {name}"


def _gap(draft: Draft, place: Place) -> int:
    scene, mention = place
    words = scene.words
    if words.index != draft.words.index:
        return 1000 + abs(words.index - draft.words.index)
    return _distance(draft.trigger, words.at(mention.start), words.at(mention.stop - 1) + 1)


def _distance(trigger: int, first: int, last: int) -> int:
    return max(first - trigger, trigger - last + 1, 0)
