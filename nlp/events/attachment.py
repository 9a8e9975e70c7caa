"""Which trigger takes which initiative: by case, word order and what lies between them.

No parser: a trigger and a noun phrase belong together when the phrase stands in the case that the trigger's shape
asks for, and few clause borders lie between. The cost of a link is what speaks against it.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp.agreement import word
from nlp.events.grammar import agreement
from nlp.events.initiative import Initiative
from nlp.events.text import OPENING, Words
from nlp.events.triggers import Spot

CLASSES = {
    "charter": frozenset({"sign", "adopt", "join", "leave", "cancel", "prepare"}),
    "agreement": frozenset({"sign", "adopt", "agree", "cancel", "stop", "prepare", "vanish"}),
    "site": frozenset({"create", "join", "leave", "cancel", "stop", "exist", "vanish", "agree"}),
    "production": frozenset({"launch", "make", "cancel", "vanish", "agree"}),
    "support": frozenset({"give", "receive", "cancel", "stop", "sign"}),
}
FIRST = frozenset(["первый", "опытный", "пилотный", "серийный", "пробный", "головной"])
FOUNDING = frozenset(
    ["создать", "создавать", "создание", "учредить", "появиться", "докапитализировать", "увеличить", "открыть"]
)
COSTLIEST = 20.0
IMPOSSIBLE = 100.0
BORDERS = {",": 1.5, ";": 14.0, ":": 8.0, "—": 3.0, "–": 3.0, "-": 3.0, "(": 3.0, ")": 1.0, ".": 20.0}
REFUSING = frozenset(["отказаться", "отказываться", "отказать", "отказ"])
IDEAS = frozenset(["идея", "намерение", "план", "затея", "замысел", "мысль", "задумка", "проект", "создание"])
INTRANSITIVE = frozenset(
    [
        "заработать",
        "прирасти",
        "прирастать",
        "вырасти",
        "стартовать",
        "возникнуть",
        "действовать",
        "встать",
        "работать",
        "сойти",
        "прийти",
        "родиться",
        "распасться",
        "заглохнуть",
        "достаться",
        "доставаться",
        "поступить",
        "поступать",
        "функционировать",
        "существовать",
    ]
)
MONEY = frozenset(["рубль", "млн", "млрд", "тыс", "миллион", "миллиард", "тысяча", "деньги", "средство", "столько"])
SETTING_UP = frozenset(
    ["поставить", "ставить", "установить", "устанавливать", "встать", "собрать"]
)  # only machines are set up
OWED = frozenset(["заем", "микрозаем", "кредит", "грант", "субсидия"])
MACHINES = frozenset(
    [
        "линия",
        "установка",
        "печь",
        "станок",
        "стан",
        "пресс",
        "агрегат",
        "модуль",
        "конвейер",
        "оборудование",
        "мельница",
        "комплекс",
        "цех",
        "участок",
    ]
)
GROWING = frozenset(["вырасти", "увеличиться", "прирасти"])
FILLING = frozenset(["пополниться", "прирасти", "прирастать", "разрастись"])  # «хартия приросла»
TIMES = frozenset(
    {
        "год",
        "месяц",
        "неделя",
        "день",
        "квартал",
        "полугодие",
        "час",
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    }
)
TAKING_UP = frozenset(["взяться", "браться", "приняться"])  # «взялись за выпуск»
TAKING_HOLD = frozenset(["обзавестись", "заручиться", "добиться", "удостоиться"])  # reflexive, with an object
TOWARDS = frozenset(["приступить", "приступать", "перейти", "готовить", "подготовить"])  # «приступили к выпуску»
RELATIVE = frozenset(["который", "что", "чтобы", "где", "когда", "если", "поскольку", "хотя", "пока", "куда", "откуда"])


@dataclass(frozen=True, slots=True)
class Link:
    spot: Spot
    initiative: Initiative
    cost: float
    by_signature: bool = False  # «поддержали своими подписями»


def links(words: Words, spots: list[Spot], found: list[Initiative]) -> list[Link]:
    """The links of a sentence, cheapest first: an initiative to its best trigger of each class, a trigger to its
    best initiative of each family and those coordinated with it."""
    best: dict[tuple[int, str], Link] = {}
    for initiative in found:
        for spot in spots:
            if not takes(words, spot, initiative):
                continue
            cost = link_cost(words, spot, initiative)
            key = (initiative.head, spot.name)
            if cost <= COSTLIEST and (key not in best or cost < best[key].cost):
                best[key] = Link(spot, initiative, cost, by_signature(words, spot))
    kept: list[Link] = []
    for link in sorted(best.values(), key=lambda link: link.cost):
        rivals = [k for k in kept if k.spot.index == link.spot.index and k.initiative.head != link.initiative.head]
        if not rivals or any(_coordinated(words, k.initiative, link.initiative) for k in rivals):
            kept.append(link)
    return kept


def by_signature(words: Words, spot: Spot) -> bool:
    """«поддержали инициативу своими подписями»: signing, not joining."""
    return "поддержать" in words.forms[spot.index].lemmas and any("подпись" in form.lemmas for form in words.forms)


def _coordinated(words: Words, a: Initiative, b: Initiative) -> bool:
    """Whether two phrases are equals in a list: «рудник и завод», «парки, технопарки»."""
    first, second = (a, b) if a.first < b.first else (b, a)
    between = words.lower[first.stop : second.first]
    if not a.cases & b.cases or len(between) > 12:
        return False
    return any(text in ("и", ",", "а", "также") for text in between) and not any(
        words.forms[i].finite and words.forms[i].pos == "VERB" for i in range(first.stop, second.first)
    )


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
        return initiative.strong and quantified(words, initiative)
    if spot.name == "sign" and initiative.family == "support":
        return "договор" in head
    verb = words.forms[spot.index].lemmas
    if spot.name == "create" and spot.companion is None and "получить" in verb:
        return initiative.strong and initiative.first > spot.index and spot.shape in ("finite", "infinitive")
    if spot.name == "give" and verb & {"заработать", "стартовать", "начаться"}:
        return initiative.kind == "programme"
    if spot.name == "cancel" and verb & {"закрыть", "закрыться"} and not head & {"проект", "программа"}:
        return initiative.family == "site"
    if spot.name == "give" and verb & {"вернуть", "возвратить", "возвращать"} and head & OWED:
        return False  # «потребовал вернуть заём»
    if spot.name == "launch" and spot.companion is None and verb & SETTING_UP:
        stopped = words.lower[spot.index] in ("встал", "встала", "встало", "встали")  # «линия встала»
        if stopped or not head & MACHINES or any(form.lemmas & {"подпись", "автограф"} for form in words.forms):
            return False
    if spot.name == "launch" and verb & TAKING_UP and words.lower[max(0, initiative.first - 1)] != "за":
        return False
    if spot.name == "launch" and verb & GROWING and _by_how_much(words, spot.index):
        return False
    if spot.name == "make":
        return any(words.forms[i].lemmas & FIRST for i in range(initiative.first, initiative.head + 1))
    if spot.name == "launch" and words.forms[spot.index].lemmas & {"начать", "начинать"}:
        after = words.forms[spot.index + 1 : spot.index + 3]
        if any(form.pos == "INFN" and not form.lemmas & {"работать", "действовать", "строить"} for form in after):
            return False  # «предприятия начали воплощать»
        if any("строить" in form.lemmas for form in after) and initiative.first < spot.index:
            return False  # «предприятие начало строить цех»
        between = words.forms[spot.index + 1 : initiative.first]
        if any(form.pos == "NOUN" and not form.lemmas & {"работа", "деятельность"} for form in between):
            return False  # «начала поездку с павильона станков»
    if spot.name == "vanish" and not initiative.strong:
        return False
    if initiative.kind == "programme" and head & {"фонд", "фрп"}:
        return bool(words.forms[spot.index].lemmas & FOUNDING)
    return True


def _by_how_much(words: Words, index: int) -> bool:
    """«производство выросло на шесть процентов»: statistics."""
    near = range(max(0, index - 6), min(len(words), index + 7))
    return any(words.forms[i].lemmas & {"процент", "%", "раз", "тонна", "вдвое", "втрое", "полтора"} for i in near)


def link_cost(words: Words, spot: Spot, initiative: Initiative) -> float:
    """What speaks against the link; COSTLIEST or more is too much."""
    if initiative.first <= spot.index < initiative.stop:
        inside = spot.shape == "participle" and spot.index < initiative.head
        return 0.5 if inside else IMPOSSIBLE
    fit = _fit(words, spot, initiative)
    if fit >= IMPOSSIBLE:
        return fit
    return fit + _distance(words, spot.index, initiative)


def _fit(words: Words, spot: Spot, initiative: Initiative) -> float:
    right = spot.index < initiative.first
    cases = initiative.cases
    counted = quantified(words, initiative)
    preposition = words.lower[initiative.first - 1] if initiative.first else ""
    governed = bool(preposition) and words.forms[initiative.first - 1].pos == "PREP"
    if spot.name in ("join", "leave"):
        if words.forms[spot.index].lemmas & FILLING and "nomn" in cases and not governed and spot.shape == "finite":
            return 0.0 if _concord(words, spot, initiative) else IMPOSSIBLE
        return _join_fit(spot, cases, preposition, governed, right)
    if spot.companion is not None and initiative.first <= spot.companion < initiative.stop and spot.name == "launch":
        return IMPOSSIBLE  # «выйдет на проектную мощность»
    if spot.companion is not None and spot.shape == "participle" and spot.name == "create":
        return _participle_fit(words, spot, initiative, right)  # «фонд, составивший 1,5 млн»
    if spot.companion is not None:
        return 1.0 if not governed or preposition in ("под", "в", "во", "о", "об", "из", "к", "на") else 4.0
    if words.forms[spot.index].lemmas & REFUSING:
        if initiative.first > 1 and words.forms[initiative.first - 1].lemmas & IDEAS:
            preposition = words.lower[initiative.first - 2]  # «от идеи хартии отказались»
        return 0.0 if preposition in ("от", "в") else IMPOSSIBLE
    if preposition in ("с", "со") and "ablt" in cases and words.forms[spot.index].lemmas & {"помочь", "помогать"}:
        return 0.5
    if spot.name == "vanish":
        case = "nomn" if words.lower[spot.index].startswith("состоял") else "gent"
        return 0.0 if case in cases and not governed else IMPOSSIBLE
    if not right and "gent" in cases and initiative.plural and not governed and _number_after(words, spot):
        return 0.0  # «контрактов заключено четыре»
    if spot.name == "agree":
        return 0.0 if preposition in ("о", "об") else IMPOSSIBLE
    if words.forms[spot.index].lemmas & {"воспользоваться", "пользоваться"}:
        return 0.0 if "ablt" in cases and not governed else IMPOSSIBLE
    if spot.name == "receive" and preposition in ("на", "к"):
        return 0.5
    if spot.name == "give" and preposition == "на" and initiative.strong and "accs" in cases and _of_money(words):
        return 2.0  # «дадим 300 млн на льготный лизинг»
    if spot.shape == "participle":
        return _participle_fit(words, spot, initiative, right)
    if spot.shape == "noun" and not right and _readied(words, spot.index):
        return 1.0 if cases & {"accs", "nomn"} and not governed else IMPOSSIBLE
    if preposition == "виде" and spot.name in ("give", "receive"):
        return 0.5
    if preposition == "к" and words.forms[spot.index].lemmas & TOWARDS:
        return 0.0
    if preposition == "за" and words.forms[spot.index].lemmas & TAKING_UP:
        return 0.0
    if governed and preposition not in ("до", "около", "порядка", "свыше", "более", "за"):
        return IMPOSSIBLE
    if spot.shape == "noun":
        if not right or _noun_between(words, spot.index, initiative.first):
            return IMPOSSIBLE
        return 0.0 if "gent" in cases else (4.0 if "ablt" in cases else IMPOSSIBLE)
    if spot.shape == "short":
        if counted:
            return 0.0
        return 0.0 if "nomn" in cases and _concord(words, spot, initiative) else IMPOSSIBLE
    if spot.shape == "finite":
        return _finite_fit(words, spot, initiative, right, counted)
    if "accs" in cases or counted:
        return 0.0 if right else 1.5
    if spot.name in ("cancel", "stop"):
        return IMPOSSIBLE
    return 3.0 if "ablt" in cases or ("gent" in cases and right and "не" in words.lower[: spot.index]) else IMPOSSIBLE


def _of_money(words: Words) -> bool:
    return any(form.lemmas & MONEY for form in words.forms)


def _number_after(words: Words, spot: Spot) -> bool:
    if spot.shape not in ("finite", "short") or spot.index + 1 >= len(words):
        return False
    after = spot.index + 1
    return words.tokens[after].text[0].isdigit() or words.forms[after].pos == "NUMR"


def _readied(words: Words, index: int) -> bool:
    """«завод готовят к запуску»."""
    if not index or words.lower[index - 1] != "к":
        return False
    near = range(max(0, index - 5), index)
    return any(words.forms[i].lemmas & {"готовить", "готовиться", "подготовить"} for i in near)


APPOSED = frozenset(["документ", "бумага", "пакет", "церемония"])  # «подписание документа – меморандума»


def _noun_between(words: Words, index: int, first: int) -> bool:
    """Whether a verbal noun governs another noun before the phrase: «создание инфраструктуры парка»."""
    governed = False
    for i in range(index + 1, first):
        if words.forms[i].pos == "PREP":
            governed = True
        elif words.forms[i].pos == "NOUN":
            if not governed and not words.tokens[i].text[0].isupper() and not words.forms[i].lemmas & APPOSED:
                return True
            governed = words.lower[i + 1 : i + 2] == ["и"]
    return False


def _finite_fit(words: Words, spot: Spot, initiative: Initiative, right: bool, counted: bool) -> float:
    """A finite verb: the subject of an intransitive one, the object of a transitive one."""
    cases = initiative.cases
    if words.forms[spot.index].lemmas & TAKING_HOLD:
        return 0.0 if cases & {"ablt", "gent"} else IMPOSSIBLE
    if words.lower[spot.index].endswith(("ся", "сь")) or words.forms[spot.index].lemmas & INTRANSITIVE:
        if counted:
            return 0.0
        return 0.0 if "nomn" in cases and _concord(words, spot, initiative) else IMPOSSIBLE
    if counted or "accs" in cases:
        if right or "nomn" not in cases or _impersonal(words, spot):
            return 0.0 if right else 1.0
        if initiative.family != "support" and _has_object(words, spot.index):
            return IMPOSSIBLE  # «кластер запустит общий центр раскроя»
        return 4.0  # «завод запустил»: likelier its subject
    if "ablt" in cases and words.forms[spot.index].lemmas & {
        "заняться",
        "обменяться",
        "закрепить",
        "скрепить",
        "оформить",
    }:
        return 0.0
    return 3.0 if "gent" in cases and spot.index and words.lower[spot.index - 1] == "не" else IMPOSSIBLE


def _has_object(words: Words, index: int) -> bool:
    """Whether a noun that can be the object stands right after the verb, behind its adjectives."""
    counted = False
    for i in range(index + 1, min(len(words), index + 6)):
        form = words.forms[i]
        if form.pos == "NOUN":
            return "accs" in word(words.tokens[i].text).cases or (counted and not form.lemmas & TIMES)
        if words.lower[i] == "до" and not words.tokens[i + 1].text[0].isdigit() and words.forms[i + 1].pos != "NUMR":
            return False
        counted = counted or form.pos == "NUMR" or words.tokens[i].text[0].isdigit()
        between = form.pos in ("ADJF", "PRTF", "ADVB", "NUMR", "ANUM", "NPRO") or words.lower[i] in (
            "до",
            "около",
            "более",
        )
        if not between and not words.tokens[i].text[0].isdigit():
            return False
    return False


def _impersonal(words: Words, spot: Spot) -> bool:
    """«построят», «запустили»: a plural with no subject of its own, likely."""
    return any(r.pos == "VERB" and r.number == "plur" for r in words.forms[spot.index].readings)


def _concord(words: Words, spot: Spot, initiative: Initiative) -> bool:
    """Whether a predicate agrees with the phrase in number and gender."""
    for reading in words.forms[spot.index].readings:
        if reading.pos not in ("VERB", "PRTS"):
            continue
        if not reading.number or _fixed(words, initiative):
            return True
        head = word(words.tokens[initiative.head].text)
        subjects = [n for n in (*head.nouns, *head.adjectives) if n.case == "nomn"]
        if any(
            n.number == reading.number and (not reading.gender or not n.gender or n.gender == reading.gender)
            for n in subjects
        ):
            return True
        return reading.number == "plur" and _listed(words, initiative)  # «открыты цех и склад»
    return True


def _fixed(words: Words, initiative: Initiative) -> bool:
    return word(words.tokens[initiative.head].text).fixed or words.tokens[initiative.head].text.isupper()


def _listed(words: Words, initiative: Initiative) -> bool:
    """Whether the phrase may be one of several coordinated ones."""
    around = range(max(0, initiative.first - 3), min(len(words), initiative.stop + 8))
    return any(words.lower[i] in ("и", ",") for i in around)


def _join_fit(spot: Spot, cases: frozenset[str], preposition: str, governed: bool, right: bool) -> float:
    if spot.companion is not None:
        return 0.0 if not governed or preposition in ("в", "во", "к") else 5.0
    if spot.name == "leave":
        return 0.0 if preposition in ("из", "с") or ("accs" in cases and not governed) else IMPOSSIBLE
    if (preposition in ("к", "ко") and "datv" in cases) or (preposition in ("в", "во") and "accs" in cases):
        return 0.0
    if not governed and "gent" in cases:
        return 3.0  # «вошёл в состав кластера»
    if spot.name == "join" and not governed and "accs" in cases:
        return 1.0 if right else 2.0
    return IMPOSSIBLE


CALLING = frozenset(["признать", "признавать", "считать", "считаться", "объявить", "оказаться", "быть", "стать"])


def _participle_fit(words: Words, spot: Spot, initiative: Initiative, right: bool) -> float:
    of_term = words.tokens[max(initiative.head, initiative.core - 1)].text  # «в состав ТОР, созданной в 2020 году»
    abbreviated = word(words.tokens[initiative.head].text).fixed or words.tokens[initiative.head].text.isupper()
    follows = not right and words.lower[initiative.stop : initiative.stop + 1] == [","]
    if abbreviated and follows and spot.index - initiative.stop <= 3:
        return 0.0  # «ОЭЗ «Восток», созданная в 2020 году»
    agrees = agreement(words.tokens[spot.index].text, words.tokens[initiative.head].text) or (
        initiative.name > initiative.head and (agreement(words.tokens[spot.index].text, of_term) or word(of_term).fixed)
    )
    if agrees:
        return 0.0
    if right and "accs" in initiative.cases:
        return 4.0
    called = any(form.lemmas & CALLING for form in words.forms[max(0, spot.index - 3) : spot.index + 3])
    predicative = called and "nomn" in initiative.cases and word(words.tokens[spot.index].text).adjective_in("ablt")
    return 1.0 if predicative and not right else IMPOSSIBLE  # «соглашение признано расторгнутым»


def quantified(words: Words, initiative: Initiative) -> bool:
    """Whether a number stands before the phrase, which then is in the genitive."""
    i = initiative.first - 1
    return i >= 0 and (
        words.tokens[i].text[0].isdigit()
        or "NUMR" in words.forms[i].poses
        or words.lower[i] in ("тыс", "несколько", "ряд")
    )


def _distance(words: Words, index: int, initiative: Initiative) -> float:
    """Tokens and clause borders between a trigger and a phrase."""
    low, high = (index + 1, initiative.first) if index < initiative.first else (initiative.stop, index)
    cost, i = 0.0, low
    while i < high:
        text = words.lower[i]
        if text in OPENING and text != "(":
            cost += 0.5
            i += 1
            continue
        cost += BORDERS.get(text, 0.35)
        if i != index and words.forms[i].finite:
            cost += 4.0 if words.forms[i].pos == "VERB" else 2.0
        elif words.forms[i].lemmas & RELATIVE and words.forms[i].pos in ("ADJF", "CONJ", "NPRO", "ADVB"):
            cost += 3.0
        i += 1
    return cost
