"""Which of the sums told near an event is its money: a logistic model over where and how they are told.

What the rules chose (amounts.py, sums.py) is one thing it weighs. The weights (funding.json) come from the annotated
releases; `python -m benchmarks.training` trains them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from nlp.events.amounts import OTHER_SUMS, PAID, STAKES
from nlp.events.draft import Draft
from nlp.events.grammar import FINITE
from nlp.events.scene import Scene
from nlp.events.text import BREAKS, DASHES
from nlp.learned import learned, likelihood
from nlp.money import MoneyMention
from nlp.schema import Money

WEIGHTS = Path(__file__).parent / "funding.json"
LIKELY = 0.42  # below this an event has no money
REACH = 2  # sentences to either side of an event that are looked at
NEAR = 4  # tokens to either side of a sum whose words are looked at

Place = tuple[Scene, MoneyMention]


def weights() -> dict[str, float]:
    """The model: the weight of each feature, that of the constant under ""."""
    found: dict[str, float] = learned(WEIGHTS)
    return found


def choose_money(drafts: Sequence[Draft], scenes: Sequence[Scene]) -> None:
    """Give each event the likeliest of the sums told near it, or none."""
    model = weights()
    ledger = Ledger(drafts, scenes)
    chosen = [likeliest(model, ledger.considered(draft)) if draft.type in PAID else draft.money for draft in drafts]
    for draft, money in zip(drafts, chosen, strict=True):
        draft.money = money


def likeliest(model: dict[str, float], considered: Iterable[tuple[Money, list[str]]]) -> Money | None:
    """The sum worth naming, if one is."""
    rated = [(likelihood(model, features), money) for money, features in considered]
    odds, best = max(rated, key=lambda each: each[0], default=(0.0, None))
    return best if odds >= LIKELY else None


class Ledger:
    """The sums and events of a release."""

    def __init__(self, drafts: Sequence[Draft], scenes: Sequence[Scene]) -> None:
        self.scenes = scenes
        self.events: dict[int, list[Draft]] = {}
        self.owners: dict[tuple[int, str], list[Draft]] = {}  # whose the rules made a sum
        for draft in drafts:
            self.events.setdefault(draft.words.index, []).append(draft)
            if draft.money:
                self.owners.setdefault((draft.money.value, draft.money.currency), []).append(draft)

    def considered(self, draft: Draft) -> Iterator[tuple[Money, list[str]]]:
        """The sums near an event, each with its features."""
        home = draft.words.index
        places: dict[tuple[int, str], list[Place]] = {}
        for index in sorted({*range(home - REACH, home + REACH + 1), *draft.told}):
            if 0 <= index < len(self.scenes):
                scene = self.scenes[index]
                for mention in scene.sums:
                    places.setdefault((mention.value, mention.currency), []).append((scene, mention))
        ruled = draft.money
        if ruled and (ruled.value, ruled.currency) not in places:
            yield ruled, list(_crossed(draft, iter([f"rule this of {len(places) > 0}", "far"])))
        amounts = sorted(value for value, _ in places)
        for (value, currency), told in places.items():
            scene, mention = min(
                told, key=lambda place: (place[0].words.index not in {home, *draft.told}, _gap(draft, place))
            )
            rank = "only" if len(amounts) == 1 else {amounts[-1]: "most", amounts[0]: "least"}.get(value, "middle")
            named = self._features(draft, scene, mention, rank, len(told))
            yield Money(value, currency, mention.comparator), list(_crossed(draft, named))

    def _features(self, draft: Draft, scene: Scene, mention: MoneyMention, rank: str, times: int) -> Iterator[str]:
        home = draft.words.index
        own = draft.money is not None and (draft.money.value, draft.money.currency) == (mention.value, mention.currency)
        rule = "this" if own else "other" if draft.money else "none"
        owners = [d for d in self.owners.get((mention.value, mention.currency), ()) if d is not draft]
        yield f"rule {rule}"
        yield f"rule {rule} {rank}"
        yield f"rule {rule} shared {min(2, len(owners))}"
        for owner in owners[:2]:
            yield f"of {owner.type} rule {rule}"
        yield f"rank {rank}"
        yield f"told {min(3, times)}"
        yield f"digits {len(str(mention.value))}"
        offset = scene.words.index - home
        where = (
            "home"
            if not offset
            else "retold"
            if scene.words.index in draft.told
            else f"after {offset}"
            if offset > 0
            else f"before {-offset}"
        )
        yield where
        yield f"{where} rule {rule}"
        yield f"{where} {rank}"
        yield f"{where} title {not home} {not scene.words.index}"
        yield f"{where} sums {min(3, len(scene.sums))} own {min(2, len(self.scenes[home].sums))}"
        for trait in _traits(scene, mention):
            yield trait
            yield f"{where} {trait}"
        if not offset:
            yield from (f"home {trait}" for trait in self._at_home(draft, mention))
            return
        types = [d.type for d in self.events.get(scene.words.index, ()) if d.type in PAID]
        events = "same" if draft.type in types else "other" if types else "none"
        yield f"{where} events {events}"
        yield f"{where} events {events} rule {rule}"
        yield f"{where} block {scene.words.sentence.block == draft.words.sentence.block}"
        paid = sum(d.type in PAID for d in self.events.get(home, ()))
        yield f"{where} rivals {min(3, paid)} events {events}"
        between = range(min(home, scene.words.index) + 1, max(home, scene.words.index))
        yield f"{where} between {any(d.type in PAID for i in between for d in self.events.get(i, ()))}"

    def _at_home(self, draft: Draft, mention: MoneyMention) -> Iterator[str]:
        """What a sum in the event's own sentence tells, by where it stands to the trigger."""
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
        yield f"{side} {draft.trigger_class} {draft.shape} verbs {verbs}"
        if draft.first_of_name <= first < draft.stop_of_name:
            yield "in name"
        if first - draft.stop_of_name in (0, 1, 2):
            yield "after name"
        if any(words.lower[i] == ";" for i in between):
            yield "beyond semicolon"
        rivals = [d for d in self.events[words.index] if d.type in PAID and d.trigger != draft.trigger]
        own = _distance(draft, first, last)
        nearer = any(_distance(rival, first, last) < own for rival in rivals)
        alike = any(_distance(rival, first, last) < own for rival in rivals if rival.type == draft.type)
        crossed = any(low <= rival.trigger < high for rival in rivals)
        yield f"nearer {nearer} crossed {crossed}"
        yield f"nearer alike {alike} crossed {crossed} {side}"
        sums = self.scenes[words.index].sums
        closest = min(sums, key=lambda m: _distance(draft, words.at(m.start), words.at(m.stop - 1) + 1))
        yield f"closest {closest is mention} of {min(3, len(sums))} {side}"
        beyond = [m for m in sums if low <= words.at(m.start) < high]
        yield f"beyond sums {min(2, len(beyond))}"


def _traits(scene: Scene, mention: MoneyMention) -> Iterator[str]:
    """How a sum is told."""
    words = scene.words
    first, last = words.at(mention.start), words.at(mention.stop - 1) + 1
    yield f"comparator {mention.comparator} {'range' if mention.upper else ''}"
    yield f"currency {mention.currency}"
    yield f"elided {mention.elided}"
    before = range(max(0, first - NEAR), first)
    after = range(last, min(len(words), last + NEAR))
    for i in before:
        yield f"left {words.forms[i].lemma}"
    for i in after:
        yield f"right {words.forms[i].lemma}"
    if first:
        yield f"next left {words.lower[first - 1]}"
        yield f"next left {words.forms[first - 1].pos}"
    if last < len(words):
        yield f"next right {words.lower[last]}"
    if any(words.lower[i] in DASHES for i in before):
        yield "dash"
    near = range(max(0, first - 6), min(len(words), last + 5))
    yield f"other {any(words.forms[i].lemmas & OTHER_SUMS for i in near)}"
    yield f"stake {any(words.forms[i].lemmas & STAKES for i in near)}"
    verb = next((i for i in range(first - 1, -1, -1) if words.forms[i].pos in FINITE), None)
    if verb is not None:
        yield f"verb {words.forms[verb].lemma}"
    noun = next((i for i in range(first - 1, -1, -1) if words.forms[i].pos == "NOUN"), None)
    if noun is not None:
        yield f"noun {words.forms[noun].lemma}"
    later = next((i for i in range(last, len(words)) if words.forms[i].pos in FINITE), None)
    if later is not None:
        yield f"later verb {words.forms[later].lemma}"
    yield f"opens {first <= 2}"


def _crossed(draft: Draft, named: Iterator[str]) -> Iterator[str]:
    """Features by themselves, and by what the event is."""
    yield ""
    yield draft.type
    yield f"{draft.type} {draft.status}"
    yield f"{draft.type} by {draft.trigger_class} {draft.shape}"
    for name in dict.fromkeys(named):
        yield name
        yield f"{draft.type}: {name}"


def _gap(draft: Draft, place: Place) -> int:
    scene, mention = place
    words = scene.words
    if words.index != draft.words.index:
        return 1000 + abs(words.index - draft.words.index)
    return _distance(draft, words.at(mention.start), words.at(mention.stop - 1) + 1)


def _distance(draft: Draft, first: int, last: int) -> int:
    return max(first - draft.trigger, draft.trigger - last + 1, 0)
