"""Money and counts of events: the sum or number stated in the event's own clause, or in the sentence after it."""

from __future__ import annotations

from nlp.events.draft import Draft
from nlp.events.scene import Scene
from nlp.lexicon import load
from nlp.money import MoneyMention
from nlp.morphology import parses
from nlp.quantities import UNITS, CountMention
from nlp.schema import Count, Money

_TABLE = load("amounts")
STAKES = frozenset(_TABLE["stakes"])  # words that say a sum is put into something
OTHER_SUMS = frozenset(_TABLE["other_sums"])  # what else sums are told of
PAID = ("agreement_signing", "production_launch", "cluster_announcement", "support_measure")
TOGETHER = ({"agreement_signing", "production_launch"}, {"agreement_signing", "cluster_announcement"})
# The class of a count's noun -> the types of event that can be counted by it.
COUNTED = {
    "agreement": ("agreement_signing", "support_measure"),
    "park": ("cluster_announcement",),
    "production": ("production_launch",),
    "support": ("support_measure",),
    "project": ("support_measure",),
}
WHATEVER = ("agreement_signing", "cluster_announcement", "production_launch")  # the noun follows the number at once
NEAR = 14  # tokens
BACK = 2  # sentences
ADJACENT = 3  # tokens: «создать не менее семи»


def give_amounts(scenes: list[Scene]) -> None:
    """Give each event of a release its money and its count."""
    for index, scene in enumerate(scenes):
        for count in scene.counts:
            _give_count(scene, count)
        before = _told_before(scenes, index)
        for sum_ in scene.sums:
            _give_money(scene, before, sum_)


def _told_before(scenes: list[Scene], index: int) -> Scene | None:
    """The sentence before that tells what a sum may be put into; of the one before that, only in the same paragraph."""
    block = scenes[index].words.sentence.block
    for back in range(1, min(BACK, index) + 1):
        scene = scenes[index - back]
        if block - scene.words.sentence.block > (back == 1):
            return None
        if any(draft.type in PAID for draft in scene.drafts):
            return scene
    return None


def _give_count(scene: Scene, count: CountMention) -> None:
    if count.elided and count.value > 1 and not count.part and _give_of_what_is_made(scene, count):
        return
    types = COUNTED.get(count.unit_class) or (WHATEVER if count.unit is None else None)
    if types is None or count.part or count.value < 2:
        return
    at = scene.words.at(count.number[0])
    noun = scene.words.at(count.noun[0]) if count.noun and count.noun[0] >= scene.words.sentence.start else at
    for draft in scene.drafts:
        if draft.type not in types or draft.count:
            continue
        adjacent = scene.words.at(count.number[1]) == draft.first_of_name
        own = adjacent or draft.first_of_name <= noun < draft.stop_of_name or (0 < draft.first_of_name - at <= 3)
        near = count.elided or count.unit_class in ("project", "support")
        if own or (near and abs(draft.trigger - at) <= NEAR):
            draft.count = Count(count.value, count.comparator, count.unit or "")
            return


def _give_of_what_is_made(scene: Scene, count: CountMention) -> bool:
    """A number without a noun right after the trigger counts what the trigger makes: «их создадут не менее семи»."""
    at = scene.words.at(count.number[0])
    for draft in scene.drafts:
        made = draft.type in WHATEVER and draft.first_of_name < draft.trigger
        if made and draft.plural and not draft.count and 0 < at - draft.trigger <= ADJACENT:
            lemmas = (parse.normal_form for word in (draft.initiative or "").split() for parse in parses(word))
            unit = next((lemma for lemma in lemmas if lemma in UNITS), "")
            draft.count = Count(count.value, count.comparator, unit)
            return True
    return False


def _give_money(scene: Scene, before: Scene | None, sum_: MoneyMention) -> None:
    words = scene.words
    first, last = words.at(sum_.start), words.at(sum_.stop - 1)
    around = range(max(0, first - 6), min(len(words), last + 5))
    if any(words.forms[i].lemmas & OTHER_SUMS for i in around):
        return
    money = Money(sum_.value, sum_.currency, sum_.comparator)
    here = [d for d in scene.drafts if d.type in PAID]
    if here:
        nearest = min(here, key=lambda d: _gap(d, first, last))
        for draft in here:
            told_together = abs(draft.trigger - nearest.trigger) <= 8 or len(scene.sums) == 1
            same_clause = draft is nearest or (told_together and {draft.type, nearest.type} in TOGETHER)
            if same_clause and draft.money is None:
                draft.money = money
        return
    if before is None or not any(words.forms[i].lemmas & STAKES for i in range(len(words))):
        return
    earlier = [d for d in before.drafts if d.type in PAID]
    if earlier:
        last_trigger = max(d.trigger for d in earlier)
        for draft in earlier:
            if draft.money is None and last_trigger - draft.trigger <= 8:
                draft.money = money


def _gap(draft: Draft, first: int, last: int) -> int:
    low, high = min(draft.first, draft.trigger), max(draft.stop, draft.trigger + 1)
    return max(0, low - last, first - high)
