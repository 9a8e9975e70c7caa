"""Support told without its noun: «возместили половину затрат», «получили 1,4 млрд», «ставка налога составит 0,5 %»."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.scene import Scene
from nlp.events.status import standing
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
COSTS = frozenset(["стоимость", "затрата", "расход", "цена"])
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
        draft = _deed(analysis, scene) or _share(scene) or _sum(analysis, scene, industrial > 0)
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
        if spot.shape == "noun" or not (deed or lowered):
            continue
        if deed == "освобождение" and not _burden(scene, spot.index):
            continue
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


def _share(scene: Scene) -> Draft | None:
    """«вправе получить до 50 процентов стоимости»: a part of costs that is given back."""
    words = scene.words
    for spot in scene.spots:
        if spot.name not in ("receive", "give") or not words.forms[spot.index].lemmas & PAYING:
            continue
        near = range(max(0, spot.index - 8), min(len(words), spot.index + 9))
        percent = any(words.lower[i] in ("%", "процент", "процента", "процентов", "половину", "половины") for i in near)
        costs = next((i for i in near if words.forms[i].lemmas & COSTS), None)
        if not percent or costs is None:
            continue
        may = any(words.lower[i] in ("вправе", "могут", "может", "смогут", "сможет") for i in near)
        status = "ongoing" if may else standing(words, spot).status
        if status:
            return _draft(scene, spot, status, "возмещение части затрат", spot.index, costs + 1, SUM_COST)
    return None


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


def _burden(scene: Scene, index: int) -> bool:
    words = scene.words
    return any(words.forms[i].lemmas & BURDENS for i in range(max(0, index - 5), min(len(words), index + 7)))


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
        return draft
    return None


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
