"""Support told without its noun: «возместили половину затрат», «получили 1,4 млрд», «ставка налога составит 0,5 %»."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.amounts import OTHER_SUMS
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.scene import Scene
from nlp.events.sphere import OUTSIDE, among_outsiders, outside
from nlp.events.status import standing
from nlp.events.text import Words
from nlp.events.triggers import Spot
from nlp.inflection import to_nominative
from nlp.lexicon import load
from nlp.money import MoneyMention
from nlp.schema import Money, Status

_TABLE = load("support")
DEEDS: dict[str, str] = _TABLE["deeds"]
BURDENS = frozenset(_TABLE["burdens"])
LOWERING = frozenset(_TABLE["lowering"])
PURSES = frozenset(_TABLE["purses"])
PAYING = frozenset(_TABLE["paying"])
INDUSTRY = frozenset(_TABLE["industry"])
COSTS = frozenset(_TABLE["costs"])
FIRMS = frozenset(load("bystanders")["firms"])
SHARES = frozenset(_TABLE["shares"])
MEANS = frozenset(_TABLE["means"])
TAXES = frozenset(_TABLE["taxes"])
OFFERING = frozenset(_TABLE["offering"])
TAXPAYERS = frozenset(_TABLE["taxpayers"])
PORTIONS = frozenset(_TABLE["portions"])
SUMS = frozenset(_TABLE["sums"])
STATING = frozenset(_TABLE["stating"])
RATES = frozenset(_TABLE["rates"])
REACH = 8  # tokens between a verb and its sum
DEED_COST = 3.0
SUM_COST = 6.0


def read_support(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the support measures that no noun names to the scenes of a release."""
    industrial = 0
    for scene in scenes:
        industrial += _industrial(scene)
        if any(d.type == "support_measure" for d in scene.drafts):
            continue
        draft = (
            _deed(analysis, scene)
            or _share(scene)
            or _sum(analysis, scene, industrial > 0)
            or _stated(analysis, scene)
            or _concession(scene)
            or _by_means(analysis, scene)
            or _given_means(analysis, scene)
        )
        if draft and "sum" in draft.notes:
            told = _continued(scene, scenes)
            if told:  # «на эти цели выделили 1,7 млрд»: the money of what was told before
                told[-1].money = told[-1].money or draft.money
                told[-1].told.add(scene.words.index)
                continue
        if draft is None and scene.words.index:
            draft = _one_more(scene, scenes[scene.words.index - 1])
        if draft:
            scene.drafts.append(draft)


def _industrial(scene: Scene) -> int:
    return sum(1 for form in scene.words.forms if form.lemmas & INDUSTRY)


def _deed(analysis: Analysis, scene: Scene) -> Draft | None:
    """A verb that is support in itself, or a burden lowered."""
    words = scene.words
    for spot in scene.spots:
        if spot.name != "give":
            continue
        form = words.forms[spot.index]
        deed = next((DEEDS[lemma] for lemma in sorted(form.lemmas) if lemma in DEEDS), None)
        lowered = bool(form.lemmas & LOWERING) and _burden(scene, spot.index)
        if not (deed or lowered) or (spot.shape == "noun" and not _lowering_of_tax(scene, spot.index)):
            continue
        if deed == "освобождение" and not _burden(scene, spot.index):
            continue
        if deed in ("финансирование", "кредитование") and not any(f.lemmas & PURSES for f in words.forms[: spot.index]):
            continue  # a bank's business
        status = standing(words, spot).status
        if status is None:
            continue
        if deed == "освобождение" and spot.shape == "short" and status == "done":
            status = "ongoing"  # it lasts
        stop = _object(scene, spot.index + 1)
        taken = to_nominative(_text(analysis, scene, spot.index + 1, stop)) if stop > spot.index + 1 else ""
        name = f"{deed or 'снижение'} {taken}".strip()
        return _draft(scene, spot, status, name, spot.index, max(stop, spot.index + 1), DEED_COST)
    return None


def _lowering_of_tax(scene: Scene, index: int) -> bool:
    """«помог снижением ставки налога», «закон об обнулении налога на прибыль»."""
    forms = scene.words.forms
    return bool(forms[index].lemmas & LOWERING) and any(f.lemmas & TAXES for f in forms[index + 1 : index + 4])


def _share(scene: Scene) -> Draft | None:
    """«вправе получить до 50 процентов стоимости»: a part of costs that is given back."""
    words = scene.words
    for spot in scene.spots:
        if spot.name not in ("receive", "give") or not words.forms[spot.index].lemmas & PAYING:
            continue
        if spot.shape in ("participle", "noun"):
            continue
        near = range(max(0, spot.index - 8), min(len(words), spot.index + 9))
        percent = any(words.lower[i] == "%" or "процент" in words.forms[i].lemmas for i in near)
        part = any(words.forms[i].lemmas & SHARES for i in near)
        share = percent or part
        costs = next((i for i in near if words.forms[i].lemmas & COSTS or (part and _interest(scene, i))), None)
        if not share or costs is None:
            continue
        may = any(words.lower[i] in ("вправе", "могут", "может", "смогут", "сможет") for i in near)
        status = "ongoing" if may else standing(words, spot).status
        if status:
            return _draft(scene, spot, status, "возмещение части затрат", spot.index, costs + 1, SUM_COST)
    return None


def _interest(scene: Scene, index: int) -> bool:
    """«проценты», that a loan costs; no percentage."""
    before = scene.words.tokens[index - 1].text if index else ""
    return "процент" in scene.words.forms[index].lemmas and not before[-1:].isdigit()


def _one_more(scene: Scene, before: Scene) -> Draft | None:
    """«Хадыженскому – 64 млн на литейный участок»: one more of what the sentence before told."""
    words = scene.words
    told = [d for d in before.drafts if d.type == "support_measure" and before.sums]
    if not told or len(scene.sums) != 1 or any(form.finite for form in words.forms):
        return None
    at = words.at(scene.sums[0].start)
    if at > 6 or not any(words.lower[i] in ("–", "—", "-") for i in range(at)):
        return None
    spot = Spot("give", at, "noun", None)
    draft = _draft(scene, spot, told[-1].status, told[-1].initiative or "", at, at + 1, SUM_COST)
    draft.date = told[-1].date
    return draft


def _stated(analysis: Analysis, scene: Scene) -> Draft | None:
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
        draft = _draft(scene, spot, "planned" if future else "done", name, initiative.first, initiative.stop, SUM_COST)
        draft.notes.add("stated")
        return draft
    return None


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


def _concession(scene: Scene) -> Draft | None:
    """«даёт резидентам ноль по налогу на прибыль», «аренда первый год за рубль»: a tax or a rent told by its rate."""
    words = scene.words
    if not any(form.lemmas & OFFERING for form in words.forms) or not any(f.lemmas & TAXPAYERS for f in words.forms):
        return None
    for i, form in enumerate(words.forms):
        if not form.lemmas & TAXES:
            continue
        near = range(max(0, i - 6), min(len(words), i + 7))
        rate = next((j for j in near if words.lower[j] == "%" or words.forms[j].lemmas & RATES), None)
        if rate is None:
            continue
        spot = Spot("give", rate, "noun", None)
        draft = _draft(scene, spot, _offered(scene), "налоговые льготы", min(i, rate), max(i, rate) + 1, SUM_COST)
        draft.notes.add("rate")
        return draft
    return None


def _by_means(analysis: Analysis, scene: Scene) -> Draft | None:
    """«на средства гранта купил станок», «за счёт субсидии», «при займе фонда в 85 млн»: support told by its use."""
    words = scene.words
    for initiative in scene.initiatives:
        if initiative.family != "support" or initiative.kind == "programme":
            continue
        before = initiative.first - 1
        on_grant = before >= 0 and words.lower[before] == "на" and _grant_money(words, initiative)
        if not initiative.strong and not on_grant:
            continue
        by = before >= 0 and (
            on_grant
            or bool(words.forms[before].lemmas & MEANS)
            or (words.lower[before] == "при" and "заем" in _head(words, initiative))
        )
        if not by or outside(words, initiative):
            continue
        verb = next((form for form in words.forms if form.pos in ("VERB", "PRTS")), None)
        future = verb is not None and any(r.tense == "futr" for r in verb.readings)
        spot = Spot("receive", before, "noun", None)
        name = scene.phrase(initiative, analysis.text)
        return _draft(scene, spot, "planned" if future else "done", name, before, initiative.stop, SUM_COST)
    return None


def _grant_money(words: Words, initiative: Initiative) -> bool:
    phrase = words.forms[initiative.head : initiative.stop]
    return bool(phrase[0].lemmas & {"средство", "деньги"}) and any(
        form.lemmas & {"субсидия", "грант", "заем", "господдержка"} for form in phrase
    )


def _head(words: Words, initiative: Initiative) -> frozenset[str]:
    return words.forms[initiative.head].lemmas


def _given_means(analysis: Analysis, scene: Scene) -> Draft | None:
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
            return _draft(scene, spot, status, _purpose(analysis, scene), min(spot.index, money), aim + 1, SUM_COST)
    return None


def _offered(scene: Scene) -> Status:
    future = any(r.tense == "futr" for form in scene.words.forms for r in form.readings[:1] if r.pos == "VERB")
    return "planned" if future else "ongoing"


def _burden(scene: Scene, index: int) -> bool:
    words = scene.words
    near = range(max(0, index - 5), min(len(words), index + 7))
    return any(words.forms[i].lemmas & BURDENS and not _by_percent(scene, i) for i in near)


def _by_percent(scene: Scene, index: int) -> bool:
    """«снизилась на 3 процента»: by how much, no burden."""
    return "процент" in scene.words.forms[index].lemmas and "на" in scene.words.lower[max(0, index - 3) : index]


def _object(scene: Scene, start: int) -> int:
    """Where the object after a verb ends: up to a border, a preposition of time or a verb."""
    words = scene.words
    for i in range(start, min(len(words), start + 9)):
        if words.lower[i] in (",", ".", ";", "—", "–", "(", ":") or words.forms[i].pos in ("VERB", "CONJ", "PRTS"):
            return i
    return min(len(words), start + 9)


def _sum(analysis: Analysis, scene: Scene, industrial: bool) -> Draft | None:
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
        draft = _draft(scene, spot, status, _purpose(analysis, scene), spot.index, spot.index + 1, SUM_COST)
        draft.money = Money(sum_.value, sum_.currency, sum_.comparator)
        draft.notes.add("sum")
        return draft
    return None


def _continued(scene: Scene, scenes: list[Scene]) -> list[Draft]:
    """The supports told before, where the sentence only adds their sum."""
    reach = 3 if _same_purpose(scene) else 1 if _same_firm(scene) else 0
    before = scenes[max(0, scene.words.index - reach) : scene.words.index]
    told = [d for past in before for d in past.drafts if d.type == "support_measure"]
    return told if reach == 3 else [d for d in told if d.money is None and not before[-1].sums]


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
            return "средства на " + _text(analysis, scene, i + 1, _object(scene, i + 1))
    return "финансовая поддержка предприятий"


def _text(analysis: Analysis, scene: Scene, first: int, stop: int) -> str:
    tokens = scene.words.tokens
    return analysis.text[tokens[first].start : tokens[stop - 1].stop] if stop > first else ""


def _draft(scene: Scene, spot: Spot, status: Status, name: str, first: int, stop: int, cost: float) -> Draft:
    return Draft(
        type="support_measure",
        status=status,
        words=scene.words,
        trigger=spot.index,
        first=first,
        stop=stop,
        first_of_name=first,
        stop_of_name=stop,
        initiative=name,
        kind="programme" if "докапитализация" in name else "other",
        cost=cost,
        trigger_class=spot.name,
        shape=spot.shape,
        notes={"nameless"},
    )
