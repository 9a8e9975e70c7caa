"""Plan, way, deed or refusal: what a trigger's form and the words that govern it say."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.agreement import word
from nlp.events.grammar import Form
from nlp.events.lexicon import status_of
from nlp.events.text import Words
from nlp.events.triggers import Spot
from nlp.lexicon import load
from nlp.schema import Status

_TABLE = load("government")
BUILDING = frozenset(_TABLE["building"])
AGREEING = frozenset(_TABLE["agreeing"])
PAPERS = frozenset(_TABLE["papers"])
REACH = 14  # tokens from a trigger to the word that governs it
# Classes of triggers that are of one status whatever their form.
SETTLED: dict[str, Status] = {
    "agree": "planned",
    "allot": "planned",
    "prepare": "planned",
    "leave": "cancelled",
    "cancel": "cancelled",
    "stop": "cancelled",
}
BE = frozenset({"быть", "стать"})
STOPS = frozenset({";", ".", "!", "?"})


@dataclass(frozen=True, slots=True)
class Standing:
    """The status, or None where the text denies or merely weighs the event; and where that was read."""

    status: Status | None
    governor: int | None = None


def standing(words: Words, spot: Spot) -> Standing:
    """What becomes of a trigger."""
    form = words.forms[spot.index]
    if spot.name in SETTLED:
        return Standing(None if negated(words, spot.index) else SETTLED[spot.name])
    if spot.name == "vanish":
        return Standing("cancelled")
    if spot.name == "exist":
        if spot.shape == "infinitive":
            return _of_infinitive(words, spot)
        future = any(r.tense == "futr" for r in form.readings)
        return Standing(None if negated(words, spot.index) else "planned" if future else "done")
    if spot.index + 1 < len(words) and words.lower[spot.index + 1] == "ли":
        return Standing(None)
    if any(status_of(lower) & {"hearsay"} for lower in words.lower[: spot.index]) or words.lower[0] == "говорят":
        return Standing(None)
    if spot.name == "join" and spot.shape == "noun" and not _looked_for(words, spot.index):
        return Standing(None)
    match spot.shape:
        case "finite":
            found = _of_verb(words, spot, form)
        case "short":
            found = _of_short(words, spot)
        case "infinitive":
            found = _of_infinitive(words, spot)
        case "participle":
            found = _of_participle(words, spot)
        case "gerund":
            found = Standing("done" if form.readings[0].aspect == "perf" else "ongoing")
        case "noun":
            found = _of_noun(words, spot)
    return found


def _looked_for(words: Words, index: int) -> bool:
    """Whether a joining told by a noun is more than a topic: «готовность к присоединению», «началось вступление»."""
    near = _around(words, index, REACH)
    return any(status_of(words.lower[i]) & {"planned", "planned_nouns", "ongoing", "cancelled"} for i in near)


def negated(words: Words, index: int) -> bool:
    """Whether «не» stands right before a word (an adverb may stand between)."""
    for i in (index - 1, index - 2):
        if i < 0:
            return False
        if words.lower[i] == "не":
            return True
        if words.forms[i].pos not in ("ADVB", "PRCL") and words.lower[i] not in (
            "был",
            "была",
            "было",
            "были",
            "будет",
            "будут",
        ):
            return False
    return False


def _denied(status: Status) -> Standing:
    return Standing("cancelled" if status == "planned" else None)


def _verb_status(form: Form) -> Status:
    reading = next((r for r in form.readings if r.pos == "VERB"), form.readings[0])
    if reading.tense == "futr" and reading.lemma in ("субсидировать", "софинансировать", "кредитовать"):
        return "ongoing"  # of both aspects
    if reading.tense == "futr":
        return "planned"
    if reading.tense == "past":
        return "done"
    if reading.aspect == "perf":
        return "planned"
    return "ongoing"


def _of_verb(words: Words, spot: Spot, form: Form) -> Standing:
    status = _verb_status(form)
    if (
        status == "done"
        and form.lemmas & {"заложить", "закладывать", "залить", "забить", "вырыть"}
        and spot.name == "launch"
    ):
        status = "ongoing"  # the first stone
    if status in ("done", "ongoing") and "promise" in status_of(words.lower[spot.index]):
        status = "planned"  # «пообещали налоговые каникулы»
    if status == "done" and spot.name == "give" and "earmark" in status_of(words.lower[spot.index]):
        status = "planned"
    if status == "done" and words.lower[max(0, spot.index - 3) : spot.index] == ["так", "и", "не"]:
        return Standing("cancelled")  # «так и не построили»
    if negated(words, spot.index):
        return Standing("cancelled") if spot.name == "adopt" and status == "done" else _denied(status)
    return Standing(status)


def _of_short(words: Words, spot: Spot) -> Standing:
    status: Status = "planned" if "promise" in status_of(words.lower[spot.index]) else "done"
    if "доступный" in words.forms[spot.index].lemmas:
        status = "ongoing"
    negation = negated(words, spot.index)
    if any(
        words.lower[i] == "%" or words.forms[i].lemmas & {"процент", "треть", "половина", "четверть"}
        for i in range(spot.index, min(len(words), spot.index + 7))
    ) and words.forms[spot.index].lemmas & {"построить", "возвести", "готовый"}:
        return Standing("ongoing")  # «построен на 90 процентов»
    for i in _around(words, spot.index, 6):
        if words.forms[i].lemmas & BE and words.forms[i].pos == "VERB":
            if any(r.tense == "futr" for r in words.forms[i].readings):
                status = "planned"
            negation = negation or negated(words, i)
            break
    if status == "done" and spot.name == "give" and "earmark" in status_of(words.lower[spot.index]):
        status = "planned"
    if negation and words.lower[max(0, spot.index - 3) : spot.index] == ["так", "и", "не"]:
        return Standing("cancelled")
    if negation:
        return Standing("planned") if _awaited(words, spot.index) else _denied(status)
    return Standing(status)


def _awaited(words: Words, index: int) -> bool:
    """«пока не подписано»: what is not yet done is looked for."""
    near = range(max(0, index - 8), min(len(words), index + 12))
    return any(words.lower[i] in ("пока", "ещё", "еще", "пор") for i in near)


def _around(words: Words, index: int, reach: int) -> list[int]:
    """Tokens left of a word, nearest first, up to a border; then those right of it."""
    found = []
    for i in range(index - 1, max(-1, index - reach - 1), -1):
        if words.lower[i] in STOPS:
            break
        found.append(i)
    for i in range(index + 1, min(len(words), index + reach + 1)):
        if words.lower[i] in STOPS or words.lower[i] == ",":
            break
        found.append(i)
    return found


def _cancelled_by(words: Words, index: int) -> int | None:
    """The predicate of the clause that cancels what it governs: «намерения создать … похоронили»."""
    for i in _around(words, index, REACH):
        if words.lower[i] in ("и", "а", "но") and words.forms[i].pos == "CONJ" and abs(i - index) > 1:
            continue
        form = words.forms[i]
        if (form.finite or form.pos == "INFN") and "cancelled" in status_of(words.lower[i]):
            return None if negated(words, i) else i
    return None


def _of_infinitive(words: Words, spot: Spot) -> Standing:
    cancelled = _cancelled_by(words, spot.index)
    if cancelled is not None:
        return Standing("cancelled", cancelled)
    if spot.index and words.lower[spot.index - 1] == "как":
        return Standing(None)
    if any(words.lower[i] in ("нельзя", "невозможно") for i in _around(words, spot.index, REACH)):
        return Standing(None)
    for i in _around(words, spot.index, REACH):
        lists = status_of(words.lower[i])
        if not lists and not (words.forms[i].lemmas & BE and words.forms[i].pos == "VERB"):
            continue
        negation = negated(words, i)
        if "cancelled" in lists or "cancelled_nouns" in lists:
            return Standing(None if negation else "cancelled", i)
        if "ongoing" in lists and words.forms[i].pos == "VERB":
            began = _verb_status(words.forms[i])
            return Standing(began if began == "planned" else "ongoing", i)
        if "done" in lists:
            return Standing("cancelled" if negation else _verb_status(words.forms[i]), i)
        if words.forms[i].lemmas & {"должный", "должен"} and _past_be(words, i):
            return Standing(None, i)  # «должны были подписать»: it did not come about
        if negation and words.lower[i] in (
            "стал",
            "стала",
            "стали",
            "стало",
            "станет",
            "станут",
            "захотел",
            "захотели",
        ):
            return Standing("cancelled", i)
        if "planned" in lists and spot.name == "sign" and _once(words, i):
            return Standing(None, i)  # «собирались подписать ещё в мае»
        if "planned" in lists or "planned_nouns" in lists:
            if spot.name == "receive" and words.forms[i].lemmas & {"мочь"} and not negation:
                return Standing("ongoing", i)  # «могут получить»: it is on offer
            failed = bool(words.forms[i].lemmas & {"мочь", "смочь", "стать"}) and _verb_status(words.forms[i]) == "done"
            return Standing(("cancelled" if failed else None) if negation else "planned", i)
        if any(r.tense == "futr" for r in words.forms[i].readings if r.pos == "VERB"):
            return Standing("cancelled" if negation else "planned", i)
    return Standing("cancelled" if negated(words, spot.index) else "planned")


def _once(words: Words, index: int) -> bool:
    """Whether a plan is told as one of the past: a past verb of planning with «ещё в», «изначально»."""
    past = any(r.tense == "past" and r.aspect == "impf" for r in words.forms[index].readings if r.pos == "VERB")
    return past and any(
        lower in ("изначально", "первоначально", "раньше")
        or (lower in ("ещё", "еще") and words.lower[i + 1 : i + 2] == ["в"])
        for i, lower in enumerate(words.lower)
    )


def _past_be(words: Words, index: int) -> bool:
    return any(words.lower[i] in ("был", "была", "было", "были") for i in range(index + 1, min(len(words), index + 2)))


def _of_participle(words: Words, spot: Spot) -> Standing:
    reading = next(
        (r for r in words.forms[spot.index].readings if r.pos == "PRTF"), words.forms[spot.index].readings[0]
    )
    if negated(words, spot.index):
        return Standing(None)
    return Standing("ongoing" if reading.tense == "pres" else "done")


def _of_noun(words: Words, spot: Spot) -> Standing:
    """A verbal noun: the predicate that governs it decides."""
    weak: Standing | None = None
    if words.lower[spot.index + 1 : spot.index + 2] in (["–"], ["—"]) and spot.name in ("launch", "create"):
        return Standing("planned")  # «ввод – в 2027 году»
    cancelled = _cancelled_by(words, spot.index)
    if cancelled is not None:
        return Standing("cancelled", cancelled)
    if _agreed_upon(words, spot.index):
        return Standing("planned")
    if spot.index and words.lower[spot.index - 1] == "по" and _of_paper(words, spot.index - 1):
        return Standing(None)  # «дорожная карта по освоению выпуска»
    if _for(words, spot.index):
        return Standing("planned")
    if "готовность" in words.forms[spot.index].lemmas:
        return Standing("ongoing")
    building = bool(words.forms[spot.index].lemmas & BUILDING)
    for i in _around(words, spot.index, REACH):
        if i == spot.index:
            continue
        form, lists = words.forms[i], status_of(words.lower[i])
        predicate = form.finite or form.pos == "INFN"
        negation = negated(words, i)
        if "denial" in lists and predicate:
            return Standing(None, i)
        if "saying" in lists and predicate and not lists & {"planned"}:
            continue
        if ("cancelled" in lists and predicate) or "cancelled_nouns" in lists:
            return Standing(None if negation else "cancelled", i)
        if "planned" in lists and _gives_up(words, i):
            return Standing("cancelled", i)
        if "planned" in lists and (predicate or form.pos in ("PRTF", "ADJF")):
            return Standing(None if negation else "planned", i)
        if "ongoing" in lists and predicate:
            return Standing("planned" if _verb_status(form) == "planned" else "ongoing", i)
        if "done" in lists and predicate:
            status = _verb_status(form) if form.pos == "VERB" else "done"
            return Standing(("cancelled" if status == "planned" else None) if negation else status, i)
        if "planned_nouns" in lists and weak is None:
            weak = Standing("planned", i)
        if predicate and form.pos in ("VERB", "PRTS") and weak is None:
            weak = Standing(None, i) if negation else Standing(_verb_status(form) if form.pos == "VERB" else "done", i)
    if weak:
        return Standing("ongoing", weak.governor) if building and weak.status == "done" else weak
    return Standing("ongoing" if building else "planned")


def _agreed_upon(words: Words, index: int) -> bool:
    """«соглашение о создании»: what is agreed upon is to come."""
    for i in range(index - 1, max(-1, index - 4), -1):
        if words.lower[i] in ("о", "об"):
            return _of_paper(words, i) or any(
                form.lemmas & AGREEING and form.pos == "VERB" for form in words.forms[max(0, i - 8) : i]
            )
    return False


def _for(words: Words, index: int) -> bool:
    """«для строительства», «на создание»: a purpose is to come."""
    before = words.lower[index - 1] if index else ""
    return before == "для" or (before == "на" and "accs" in word(words.tokens[index].text).cases)


def _of_paper(words: Words, index: int) -> bool:
    return any(words.forms[j].lemmas & PAPERS for j in range(max(0, index - 3), index))


def _gives_up(words: Words, index: int) -> bool:
    """«решено отказаться»."""
    return any("cancelled" in status_of(words.lower[i]) for i in range(index + 1, min(len(words), index + 3)))
