"""Recipients one by one: «А» – 40 млн, «Б» – 25; среди получателей «В» (95 млн); «Г» возьмёт 1,8 миллиона.

They go with support told, or with recipients announced, a little before, and share its status and name.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.scene import Scene
from nlp.events.status import standing
from nlp.events.text import DASHES
from nlp.events.triggers import Spot
from nlp.inflection import to_nominative
from nlp.lexicon import load
from nlp.money import MoneyMention
from nlp.schema import Money, Party, Status

_TABLE = load("support")
TAKING = frozenset(_TABLE["taking"])
ASKING = frozenset(_TABLE["asking"])
RECIPIENTS = frozenset(_TABLE["recipients"])
ENDS = frozenset([";", ":"])
REACH = 12  # tokens between a recipient and its sum
MEMORY = 3  # sentences back to the support
COST = 6.0


@dataclass(frozen=True, slots=True)
class _Support:
    """What is being given out."""

    scene: Scene
    name: str
    status: Status
    date: str | None


@dataclass(frozen=True, slots=True)
class _Recipient:
    """Who is given something; token positions, end exclusive."""

    first: int
    stop: int
    party: Party


def read_recipients(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the support of each named recipient to the scenes of a release."""
    support: _Support | None = None
    for scene in scenes:
        refused = _refused(scene, support) if support else []
        if refused:
            scene.drafts = [d for d in scene.drafts if "sum" not in d.notes] + refused
            continue
        own = [d for d in scene.drafts if d.type == "support_measure"]
        if own:
            support = _Support(scene, own[-1].initiative or "", own[-1].status, own[-1].date)
        elif (announced := _announced(analysis, scene)) is not None:
            support = announced
        if support is None or scene.words.index - support.scene.words.index > MEMORY:
            continue
        found = _each(scene, own, support) or _listed(scene, support)
        if found:
            scene.drafts.extend(found)
            support = _Support(scene, support.name, support.status, support.date)


def _announced(analysis: Analysis, scene: Scene) -> _Support | None:
    """«утверждён список получателей микрозаймов»: support named with those who get it, or given out by the text."""
    words = scene.words
    named = [i for i in scene.initiatives if i.family == "support" and i.strong]
    if not named or not any(form.lemmas & RECIPIENTS for form in words.forms):
        return None
    return _Support(scene, to_nominative(scene.phrase(named[0], analysis.text)), "planned", None)


def _listed(scene: Scene, support: _Support) -> list[Draft]:
    recipients = _recipients(scene)
    told = {d.money.value for d in scene.drafts if d.money} | {
        s.value for d in scene.drafts if d.type == "support_measure" for s in [_sum_of(scene, d)] if s
    }
    found: list[Draft] = []
    for sum_ in scene.sums:
        at = scene.words.at(sum_.start)
        before = [r for r in recipients if r.stop <= at]
        if not before or sum_.value in told:
            continue
        recipient = before[-1]
        draft = _of_recipient(scene, support, recipient, at, sum_)
        if draft and not any(d.parties == draft.parties for d in found):
            found.append(draft)
    return found


def _each(scene: Scene, own: list[Draft], support: _Support) -> list[Draft]:
    """«по 3 млн получат А и Б»: as many as there are recipients, instead of the one told."""
    words = scene.words
    sum_ = next((s for s in scene.sums if "по" in words.lower[max(0, words.at(s.start) - 1) : words.at(s.start)]), None)
    recipients = _recipients(scene)
    verb = next((i for i, form in enumerate(words.forms) if form.pos == "VERB" and form.lemmas & TAKING), None)
    if sum_ is None or verb is None or len(recipients) < 2:
        return []
    status = standing(words, Spot("receive", verb, "finite", None)).status
    if status is None:
        return []
    for draft in own:
        scene.drafts.remove(draft)
    return [_draft(scene, support, r, verb, sum_, status, verb) for r in recipients]


def _refused(scene: Scene, support: _Support) -> list[Draft]:
    """««Б» от одобренных ему 60 млн отказался»."""
    words = scene.words
    recipients = _recipients(scene)
    verb = next((i for i, form in enumerate(words.forms) if form.lemmas & {"отказаться"} and form.pos == "VERB"), None)
    if verb is None or not recipients or not scene.sums:
        return []
    at = words.at(scene.sums[0].start)
    if "от" not in words.lower[max(0, at - 6) : at]:
        return []
    return [_draft(scene, support, recipients[0], at, scene.sums[0], "cancelled", verb)]


def _sum_of(scene: Scene, draft: Draft) -> MoneyMention | None:
    """The sum nearest to a support told in the sentence, which is its own."""
    at = [(abs(scene.words.at(s.start) - draft.trigger), i) for i, s in enumerate(scene.sums)]
    return scene.sums[min(at)[1]] if at and draft.money is None else None


def _recipients(scene: Scene) -> list[_Recipient]:
    words = scene.words
    found = []
    for o in scene.organisations:
        if o.kind not in ("authority", "media", "site") and o.named:
            party = Party(o.name, "organization", None, o.start, o.stop)
            found.append(_Recipient(words.at(o.start), words.at(o.stop - 1) + 1, party))
    for p in scene.people:
        if p.named:
            party = Party(p.name, "person", p.position, p.start, p.stop)
            found.append(_Recipient(words.at(p.start), words.at(p.stop - 1) + 1, party))
    return sorted(found, key=lambda r: r.first)


def _of_recipient(scene: Scene, support: _Support, recipient: _Recipient, at: int, sum_: MoneyMention) -> Draft | None:
    """A recipient and a sum with a dash, a bracket or a verb of taking between them."""
    words = scene.words
    between = range(recipient.stop, at)
    if len(between) > REACH or any(words.lower[i] in ENDS for i in between):
        return None
    verb = next((i for i in between if words.forms[i].pos in ("VERB", "PRTS")), None)
    status = support.status
    if verb is not None:
        if not words.forms[verb].lemmas & (TAKING | ASKING):
            return None
        read = standing(words, Spot("receive", verb, "finite", None)).status
        if read is None:
            return None
        status = "planned" if words.forms[verb].lemmas & ASKING or read == "ongoing" else read
    elif not any(words.lower[i] in DASHES or words.lower[i] == "(" for i in between[:8]):
        return None
    return _draft(scene, support, recipient, at, sum_, status, verb)


def _draft(
    scene: Scene,
    support: _Support,
    recipient: _Recipient,
    at: int,
    sum_: MoneyMention,
    status: Status,
    verb: int | None,
) -> Draft:
    words = scene.words
    return Draft(
        type="support_measure",
        status=status,
        words=words,
        trigger=at if verb is None else verb,
        first=recipient.first,
        stop=words.at(sum_.stop - 1) + 1,
        first_of_name=recipient.first,
        stop_of_name=recipient.stop,
        initiative=support.name,
        kind="other",
        cost=COST,
        trigger_class="receive",
        shape="noun" if verb is None else "finite",
        date=support.date if verb is None else None,
        money=Money(sum_.value, sum_.currency, sum_.comparator),
        parties=(recipient.party,),
        notes={"recipient", "split"},
    )
