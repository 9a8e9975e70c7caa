"""Whether the class of a trigger can do anything to an initiative at all."""

from __future__ import annotations

from nlp.events.initiative import Initiative
from nlp.events.text import Words
from nlp.events.triggers import Spot
from nlp.lexicon import load

CLASSES = {
    "charter": frozenset({"sign", "adopt", "join", "leave", "cancel", "prepare"}),
    "agreement": frozenset({"sign", "adopt", "agree", "cancel", "stop", "prepare", "vanish", "leave"}),
    "site": frozenset({"create", "join", "leave", "cancel", "stop", "exist", "vanish", "agree", "allot"}),
    "production": frozenset({"launch", "make", "cancel", "vanish", "agree", "allot"}),
    "support": frozenset({"give", "receive", "cancel", "stop", "sign"}),
}
_TABLE = load("government")
PLANNING = frozenset(_TABLE["planning"])
TIMES = frozenset(_TABLE["times"])
FIRST = frozenset(_TABLE["first"])
FOUNDING = frozenset(_TABLE["founding"])
SETTING_UP = frozenset(_TABLE["setting_up"])
MACHINES = frozenset(_TABLE["machines"])
OWED = frozenset(_TABLE["owed"])
GROWING = frozenset(_TABLE["growing"])
TAKING_UP = frozenset(_TABLE["taking_up"])


def takes(words: Words, spot: Spot, initiative: Initiative) -> bool:
    """Whether the class of the trigger can do anything to the initiative at all."""
    if spot.name not in CLASSES[initiative.family]:
        return False
    head = words.forms[initiative.head].lemmas
    if initiative.family == "production" and "проект" in head:
        return spot.name in ("cancel", "stop")
    if spot.shape == "noun" and head & {"инфраструктура"} and words.forms[spot.index].lemmas & {"создание", "развитие"}:
        return False
    if spot.name == "exist":
        return initiative.strong and (quantified(words, initiative) or _since(words, spot.index))
    if spot.name == "sign" and initiative.family == "support":
        return "договор" in head
    verb = words.forms[spot.index].lemmas
    if verb & PLANNING:
        between = words.forms[spot.index + 1 : initiative.first]
        return len(between) <= 3 and initiative.first > spot.index and not any(form.pos == "INFN" for form in between)
    if spot.name == "sign" and verb & {"появиться", "родиться"}:
        return initiative.family == "agreement" and initiative.strong
    if spot.name == "cancel" and "остаться" in verb:
        return initiative.family == "support" and words.lower[initiative.first - 1] == "без"
    if spot.name == "cancel" and spot.companion is not None and "подпись" in words.forms[spot.companion].lemmas:
        return initiative.family in ("charter", "agreement")
    if spot.name == "allot":
        return words.lower[max(0, initiative.first - 1)] == "под"
    if spot.name == "create" and verb & {"объединить", "объединять"} and spot.shape == "finite":
        return initiative.first > spot.index  # «кластер объединяет 30 предприятий» tells who is in it
    if spot.name == "adopt" and "появиться" in verb:
        return initiative.family == "charter" and any(r.tense == "futr" for r in words.forms[spot.index].readings)
    if spot.name == "adopt" and verb & {"получить", "обрести"} and initiative.family != "charter":
        return False
    if spot.name == "create" and spot.companion is None and "получить" in verb:
        return initiative.strong and initiative.first > spot.index and spot.shape in ("finite", "infinitive")
    if spot.name == "give" and verb & {"заработать", "стартовать", "начаться"}:
        return initiative.kind == "programme"
    if spot.name == "cancel" and verb & {"закрыть", "закрыться"} and not head & {"проект", "программа"}:
        return initiative.family == "site"
    if spot.name == "give" and verb & {"вернуть", "возвратить", "возвращать"} and head & OWED:
        return False  # «потребовал вернуть заём»
    if spot.name == "launch" and not _launches(words, spot, initiative):
        return False
    if spot.name == "make":
        return any(words.forms[i].lemmas & FIRST for i in range(initiative.first, initiative.head + 1))
    if spot.name == "vanish" and not initiative.strong:
        return False
    if initiative.kind == "programme" and head & {"фонд", "фрп"}:
        return bool(words.forms[spot.index].lemmas & FOUNDING)
    return True


def _launches(words: Words, spot: Spot, initiative: Initiative) -> bool:
    """Whether a verb that may launch does so here."""
    verb, head = words.forms[spot.index].lemmas, words.forms[initiative.head].lemmas
    if spot.companion is None and verb & SETTING_UP:
        stopped = words.lower[spot.index] in ("встал", "встала", "встало", "встали")  # «линия встала»
        if stopped or not head & MACHINES or any(form.lemmas & {"подпись", "автограф"} for form in words.forms):
            return False
    if verb & TAKING_UP and words.lower[max(0, initiative.first - 1)] != "за":
        return False
    if verb & GROWING and _by_how_much(words, spot.index):
        return False
    return not verb & {"начать", "начинать"} or _begun(words, spot, initiative)


def _begun(words: Words, spot: Spot, initiative: Initiative) -> bool:
    """Whether what is begun is the initiative, and nothing before it."""
    after = words.forms[spot.index + 1 : spot.index + 3]
    if any(form.pos == "INFN" and not form.lemmas & {"работать", "действовать", "строить"} for form in after):
        return False  # «предприятия начали воплощать»
    if any("строить" in form.lemmas for form in after) and initiative.first < spot.index:
        return False  # «предприятие начало строить цех»
    between = words.forms[spot.index + 1 : initiative.first]
    return not any(form.pos == "NOUN" and not form.lemmas & {"работа", "деятельность"} for form in between)


def _since(words: Words, index: int) -> bool:
    """«действует с 1 марта», «существует с 2015 года»: since when tells when it was created."""
    for i in range(max(0, index - 6), min(len(words) - 2, index + 6)):
        if words.lower[i] == "с" and any(form.lemmas & TIMES for form in words.forms[i + 1 : i + 4]):
            return True
    return False


def _by_how_much(words: Words, index: int) -> bool:
    """«производство выросло на шесть процентов»: statistics."""
    near = range(max(0, index - 6), min(len(words), index + 7))
    return any(words.forms[i].lemmas & {"процент", "%", "раз", "тонна", "вдвое", "втрое", "полтора"} for i in near)


def quantified(words: Words, initiative: Initiative) -> bool:
    """Whether a number stands before the phrase, which then is in the genitive."""
    i = initiative.first - 1
    return i >= 0 and (
        words.tokens[i].text[0].isdigit()
        or "NUMR" in words.forms[i].poses
        or words.lower[i] in ("тыс", "несколько", "ряд", "один", "одна", "единственный", "единственная")
    )
