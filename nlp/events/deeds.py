"""Support told by a deed, or by what it lets an enterprise do: «возместили половину затрат», «обнулили ставку»."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.nameless import nameless, object_stop, text_of
from nlp.events.scene import Scene
from nlp.events.sphere import outside
from nlp.events.status import standing
from nlp.events.text import Words
from nlp.events.triggers import Spot
from nlp.inflection import to_nominative
from nlp.lexicon import load
from nlp.schema import Status

_TABLE = load("support")
DEEDS: dict[str, str] = _TABLE["deeds"]
BURDENS = frozenset(_TABLE["burdens"])
LOWERING = frozenset(_TABLE["lowering"])
PURSES = frozenset(_TABLE["purses"])
PAYING = frozenset(_TABLE["paying"])
COSTS = frozenset(_TABLE["costs"])
SHARES = frozenset(_TABLE["shares"])
MEANS = frozenset(_TABLE["means"])
TAXES = frozenset(_TABLE["taxes"])
OFFERING = frozenset(_TABLE["offering"])
TAXPAYERS = frozenset(_TABLE["taxpayers"])
RATES = frozenset(_TABLE["rates"])
DEED_COST = 3.0
SUM_COST = 6.0


def by_deed(analysis: Analysis, scene: Scene) -> Draft | None:
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
        stop = object_stop(scene, spot.index + 1)
        taken = to_nominative(text_of(analysis, scene, spot.index + 1, stop)) if stop > spot.index + 1 else ""
        name = f"{deed or 'снижение'} {taken}".strip()
        return nameless(scene, spot, status, name, spot.index, max(stop, spot.index + 1), DEED_COST)
    return None


def _lowering_of_tax(scene: Scene, index: int) -> bool:
    """«помог снижением ставки налога», «закон об обнулении налога на прибыль»."""
    forms = scene.words.forms
    return bool(forms[index].lemmas & LOWERING) and any(f.lemmas & TAXES for f in forms[index + 1 : index + 4])


def by_share(scene: Scene) -> Draft | None:
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
            return nameless(scene, spot, status, "возмещение части затрат", spot.index, costs + 1, SUM_COST)
    return None


def _interest(scene: Scene, index: int) -> bool:
    """«проценты», that a loan costs; no percentage."""
    before = scene.words.tokens[index - 1].text if index else ""
    return "процент" in scene.words.forms[index].lemmas and not before[-1:].isdigit()


def by_rate(scene: Scene) -> Draft | None:
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
        draft = nameless(scene, spot, _offered(scene), "налоговые льготы", min(i, rate), max(i, rate) + 1, SUM_COST)
        draft.notes.add("rate")
        return draft
    return None


def by_means(analysis: Analysis, scene: Scene) -> Draft | None:
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
        return nameless(scene, spot, "planned" if future else "done", name, before, initiative.stop, SUM_COST)
    return None


def _grant_money(words: Words, initiative: Initiative) -> bool:
    phrase = words.forms[initiative.head : initiative.stop]
    return bool(phrase[0].lemmas & {"средство", "деньги"}) and any(
        form.lemmas & {"субсидия", "грант", "заем", "господдержка"} for form in phrase
    )


def _head(words: Words, initiative: Initiative) -> frozenset[str]:
    return words.forms[initiative.head].lemmas


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
