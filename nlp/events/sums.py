"""Support told by its money: «получили 1,4 млрд», «Субсидия на сырьё: 38 млн», «выделила средства на …»."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.amounts import OTHER_SUMS
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.nameless import nameless, object_stop, text_of
from nlp.events.scene import Scene
from nlp.events.sphere import OUTSIDE, among_outsiders, outside
from nlp.events.status import standing
from nlp.events.triggers import Spot
from nlp.lexicon import load
from nlp.money import MoneyMention
from nlp.schema import Money

_TABLE = load("support")
PURSES = frozenset(_TABLE["purses"])
PAYING = frozenset(_TABLE["paying"])
INDUSTRY = frozenset(_TABLE["industry"])
FIRMS = frozenset(load("bystanders")["firms"])
PORTIONS = frozenset(_TABLE["portions"])
SUMS = frozenset(_TABLE["sums"])
STATING = frozenset(_TABLE["stating"])
REACH = 8  # tokens between a verb and its sum
SUM_COST = 6.0


def by_sum(analysis: Analysis, scene: Scene, industrial: bool) -> Draft | None:
    """A sum that is given or received, with a purse or enterprises beside it."""
    words = scene.words
    if not scene.sums or not industrial:
        return None
    for spot in scene.spots:
        if spot.name not in ("give", "receive") or not words.forms[spot.index].lemmas & PAYING:
            continue
        sum_ = next((s for s in scene.sums if _reaches(scene, spot.index, s)), None)
        if sum_ is None:
            continue
        if _other(scene, sum_) or among_outsiders(words):
            continue
        context = range(max(0, spot.index - 14), min(len(words), spot.index + 14))
        if not any(words.forms[i].lemmas & (PURSES | INDUSTRY) for i in context):
            continue
        if any(draft.type in ("agreement_signing", "production_launch") for draft in scene.drafts):
            continue
        status = standing(words, spot).status
        if status is None:
            continue
        draft = nameless(scene, spot, status, _purpose(analysis, scene), spot.index, spot.index + 1, SUM_COST)
        draft.money = Money(sum_.value, sum_.currency, sum_.comparator)
        draft.notes.add("sum")
        return draft
    return None


def stated(analysis: Analysis, scene: Scene) -> Draft | None:
    """«Субсидия на сырьё: 38 млн», «Есть 45 млн на возмещение»: support and its sum, with no verb of giving."""
    words = scene.words
    told = any(form.pos in ("VERB", "PRTS") and not form.lemmas & STATING for form in words.forms)
    for initiative in scene.initiatives:
        if initiative.family != "support" or not initiative.strong or initiative.kind == "programme":
            continue
        if told and not _part_of_sum(scene, initiative):
            continue
        if outside(words, initiative) or not (told or any(_next_to(scene, initiative, s) for s in scene.sums)):
            continue
        spot = Spot("give", initiative.head, "noun", None)
        future = any(r.tense == "futr" for form in words.forms for r in form.readings[:1] if r.pos == "VERB")
        name = scene.phrase(initiative, analysis.text)
        draft = nameless(
            scene, spot, "planned" if future else "done", name, initiative.first, initiative.stop, SUM_COST
        )
        draft.notes.add("stated")
        return draft
    return None


def one_more(scene: Scene, before: Scene) -> Draft | None:
    """«Хадыженскому – 64 млн на литейный участок»: one more of what the sentence before told."""
    words = scene.words
    told = [d for d in before.drafts if d.type == "support_measure" and before.sums]
    if not told or len(scene.sums) != 1 or any(form.finite for form in words.forms):
        return None
    at = words.at(scene.sums[0].start)
    if at > 6 or not any(words.lower[i] in ("–", "—", "-") for i in range(at)):
        return None
    spot = Spot("give", at, "noun", None)
    draft = nameless(scene, spot, told[-1].status, told[-1].initiative or "", at, at + 1, SUM_COST)
    draft.date = told[-1].date
    return draft


def by_money(analysis: Analysis, scene: Scene) -> Draft | None:
    """«выделила средства на модернизацию производства»: money with no sum, for what is ours."""
    words = scene.words
    for spot in scene.spots:
        if spot.name != "give" or spot.shape == "noun" or not words.forms[spot.index].lemmas & PAYING:
            continue
        near = range(max(0, spot.index - 5), min(len(words) - 1, spot.index + 6))
        money = next((i for i in near if words.forms[i].lemmas & {"средство", "деньги", "финансирование"}), None)
        if money is None or not any(f.lemmas & PURSES for f in words.forms[: spot.index + 4]):
            continue
        aim = next((i for i in range(money + 1, min(len(words) - 1, money + 6)) if words.lower[i] == "на"), None)
        if aim is None or not any(f.lemmas & INDUSTRY for f in words.forms[aim + 1 : aim + 6]):
            continue
        status = standing(words, spot).status
        if status:
            return nameless(scene, spot, status, _purpose(analysis, scene), min(spot.index, money), aim + 1, SUM_COST)
    return None


def continued(scene: Scene, scenes: list[Scene]) -> list[Draft]:
    """The supports told before, where the sentence only adds their sum."""
    reach = 3 if _same_purpose(scene) else 1 if _same_firm(scene) else 0
    before = scenes[max(0, scene.words.index - reach) : scene.words.index]
    told = [d for past in before for d in past.drafts if d.type == "support_measure"]
    return told if reach == 3 else [d for d in told if d.money is None and not before[-1].sums]


def _part_of_sum(scene: Scene, initiative: Initiative) -> bool:
    """«обошлась в 200 млн, из них 90 млн – субсидия», «две трети суммы – льготный заём»."""
    words = scene.words
    if words.lower[initiative.first - 1] not in ("–", "—", "-"):
        return False
    before = words.forms[max(0, initiative.first - 7) : initiative.first - 1]
    return any(form.lemmas & PORTIONS for form in before) and any(form.lemmas & SUMS for form in before)


def _next_to(scene: Scene, initiative: Initiative, sum_: MoneyMention) -> bool:
    first, last = scene.words.at(sum_.start), scene.words.at(sum_.stop - 1)
    return 0 <= first - initiative.stop <= REACH or 0 <= initiative.first - last <= 5


def _same_firm(scene: Scene) -> bool:
    """«Компания возьмёт 64 млн»: the firm of the sentence before."""
    named = any(o.kind == "company" and o.named for o in scene.organisations)
    return not named and any(form.lemmas & FIRMS and form.pos == "NOUN" for form in scene.words.forms[:4])


def _other(scene: Scene, sum_: MoneyMention) -> bool:
    """Whether the sum is a turnover, a tax, or for roads and schools."""
    words = scene.words
    first, last = words.at(sum_.start), words.at(sum_.stop - 1)
    near = words.forms[max(0, first - 4) : last + 6]
    ours = any(form.lemmas & INDUSTRY for form in near)
    return any(form.lemmas & OTHER_SUMS for form in near) or (
        not ours and any(form.lemmas & OUTSIDE["support"] for form in near)
    )


def _same_purpose(scene: Scene) -> bool:
    """«на эти цели», «на это», «на программу», «на эту субсидию»: what the money is for was told before."""
    words = scene.words
    return any(
        words.lower[i] == "на"
        and (
            words.forms[i + 1].lemmas & {"этот", "это", "данный", "они", "он", "она"}
            or (words.forms[i + 1].lemmas & {"программа", "мероприятие"} and words.lower[i + 2] != "по")
        )
        for i in range(len(words) - 2)
    )


def _reaches(scene: Scene, index: int, sum_: MoneyMention) -> bool:
    words = scene.words
    first, last = words.at(sum_.start), words.at(sum_.stop - 1)
    low, high = (index, first) if first > index else (last, index)
    return high - low <= REACH and not any(words.lower[i] in (";", ":") for i in range(low, high))


def _purpose(analysis: Analysis, scene: Scene) -> str:
    """«средства на …»: what the money is for, as far as the sentence says."""
    words = scene.words
    for i, lower in enumerate(words.lower):
        if lower != "на" or i + 1 >= len(words):
            continue
        form = words.forms[i + 1]
        if form.pos in ("NOUN", "ADJF", "PRTF") and not words.tokens[i + 1].text[0].isdigit():
            if form.lemmas & {"сумма", "сегодня", "год", "этот"}:
                continue
            return "средства на " + text_of(analysis, scene, i + 1, object_stop(scene, i + 1))
    return "финансовая поддержка предприятий"
