"""Whether an initiative stands as a trigger's shape asks: in its case, after its preposition, in concord with it.

`fit` is the cost of how they stand to each other, 0 where grammar is plain, IMPOSSIBLE where it forbids the link.
"""

from __future__ import annotations

from nlp.agreement import word
from nlp.events.grammar import agreement
from nlp.events.initiative import Initiative
from nlp.events.takers import quantified
from nlp.events.text import Words
from nlp.events.triggers import Spot
from nlp.lexicon import load

_TABLE = load("government")
REFUSING = frozenset(_TABLE["refusing"])
IDEAS = frozenset(_TABLE["ideas"])
INTRANSITIVE = frozenset(_TABLE["intransitive"])
MONEY = frozenset(_TABLE["money"])
FAVOURING = frozenset(_TABLE["favouring"])
FILLING = frozenset(_TABLE["filling"])
TIMES = frozenset(_TABLE["times"])
TAKING_UP = frozenset(_TABLE["taking_up"])
TAKING_HOLD = frozenset(_TABLE["taking_hold"])
TOWARDS = frozenset(_TABLE["towards"])
APPOSED = frozenset(_TABLE["apposed"])
CALLING = frozenset(_TABLE["calling"])
UNITING = frozenset(_TABLE["uniting"])
SEALING = frozenset(_TABLE["sealing"])
LAWS = frozenset(_TABLE["laws"])
ABOUT = frozenset(_TABLE["about"])
IMPOSSIBLE = 100.0


def fit(words: Words, spot: Spot, initiative: Initiative) -> float:
    """What speaks against the way both stand; IMPOSSIBLE where they cannot belong together."""
    right = spot.index < initiative.first
    cases = initiative.cases
    counted = quantified(words, initiative)
    preposition = words.lower[initiative.first - 1] if initiative.first else ""
    governed = bool(preposition) and words.forms[initiative.first - 1].pos == "PREP"
    before = initiative.first - 2 if counted else -1
    if before >= 0 and words.forms[before].pos == "PREP" and words.lower[before] not in ABOUT:
        governed, preposition = True, words.lower[before]  # «в шесть парков»
    if spot.name in ("join", "leave"):
        if words.forms[spot.index].lemmas & FILLING and "nomn" in cases and not governed and spot.shape == "finite":
            return 0.0 if _concord(words, spot, initiative) else IMPOSSIBLE
        return _join_fit(words, spot, cases, preposition, governed, right)
    if spot.companion is not None and initiative.first <= spot.companion < initiative.stop and spot.name == "launch":
        return IMPOSSIBLE  # «выйдет на проектную мощность»
    if spot.companion is not None and spot.shape == "participle" and spot.name == "create":
        return _participle_fit(words, spot, initiative, right)  # «фонд, составивший 1,5 млн»
    if spot.companion is not None and "действие" in words.forms[spot.companion].lemmas:
        return 1.0 if ("gent" in cases and right) or ("nomn" in cases and not right) else IMPOSSIBLE
    if initiative.first and words.forms[initiative.first - 1].lemmas & {"реестр", "перечень", "список"}:
        return IMPOSSIBLE  # «в реестр кластеров включён кластер «Ивушка»»
    if spot.companion is not None:
        return 1.0 if not governed or preposition in ("под", "в", "во", "о", "об", "из", "к", "на") else 4.0
    if words.forms[spot.index].lemmas & REFUSING:
        if initiative.first > 1 and words.forms[initiative.first - 1].lemmas & IDEAS:
            preposition = words.lower[initiative.first - 2]  # «от идеи хартии отказались»
        return 0.0 if preposition in ("от", "в") else IMPOSSIBLE
    if preposition in ("с", "со") and "ablt" in cases and words.forms[spot.index].lemmas & {"помочь", "помогать"}:
        return 0.5
    if spot.name == "exist" and "располагать" in words.forms[spot.index].lemmas:
        return 0.0 if "ablt" in cases and not governed else IMPOSSIBLE
    if spot.name == "vanish":
        case = "nomn" if words.lower[spot.index].startswith("состоял") else "gent"
        return 0.0 if case in cases and not governed else IMPOSSIBLE
    if not right and "gent" in cases and initiative.plural and not governed and _number_after(words, spot):
        return 0.0  # «контрактов заключено четыре»
    if spot.name == "sign" and words.forms[spot.index].lemmas & SEALING:
        return 0.0 if "ablt" in cases and not governed else IMPOSSIBLE
    if words.forms[spot.index].lemmas & {"перейти", "переходить"}:
        making = words.forms[initiative.head].lemmas & {"выпуск", "производство", "сборка"}
        return 0.0 if preposition == "на" and making else IMPOSSIBLE
    if spot.name == "allot":
        return 0.5 if preposition == "под" and "accs" in cases else IMPOSSIBLE
    if spot.name == "agree":
        return 0.0 if preposition in ("о", "об") else IMPOSSIBLE
    if words.forms[spot.index].lemmas & {"воспользоваться", "пользоваться"}:
        return 0.0 if "ablt" in cases and not governed else IMPOSSIBLE
    if spot.name == "receive" and (
        preposition in ("на", "к") or (preposition == "по" and initiative.kind == "programme")
    ):
        return 0.5
    if "остаться" in words.forms[spot.index].lemmas:
        return 0.5 if preposition == "без" and spot.name == "cancel" else IMPOSSIBLE
    if spot.name == "give" and (given := _support_fit(words, spot, initiative, preposition)) is not None:
        return given
    if spot.shape == "participle":
        return _participle_fit(words, spot, initiative, right)
    if spot.shape == "noun" and not right and _readied(words, spot.index):
        return 1.0 if cases & {"accs", "nomn"} and not governed else IMPOSSIBLE
    if preposition == "виде" and spot.name in ("give", "receive"):
        return 0.5
    if preposition == "к" and words.forms[spot.index].lemmas & TOWARDS:
        return 0.0
    if preposition in ("в", "во") and "accs" in cases and words.forms[spot.index].lemmas & UNITING:
        return 0.5  # «объединяют в кластер»
    if preposition == "за" and words.forms[spot.index].lemmas & TAKING_UP:
        return 0.0
    if governed and preposition not in ABOUT:
        return IMPOSSIBLE
    if spot.shape == "noun":
        if not right or _noun_between(words, spot.index, initiative.first):
            return IMPOSSIBLE
        return 0.0 if "gent" in cases else (4.0 if "ablt" in cases else IMPOSSIBLE)
    if spot.shape == "short":
        if counted:
            return 0.0 if _of_number(words, spot) else IMPOSSIBLE
        return 0.0 if "nomn" in cases and _concord(words, spot, initiative) else IMPOSSIBLE
    if spot.shape == "finite":
        return _finite_fit(words, spot, initiative, right, counted)
    if "accs" in cases or counted:
        return 0.0 if right else 1.5
    if spot.name in ("cancel", "stop"):
        return IMPOSSIBLE
    return 3.0 if "ablt" in cases or ("gent" in cases and right and "не" in words.lower[: spot.index]) else IMPOSSIBLE


def _support_fit(words: Words, spot: Spot, initiative: Initiative, preposition: str) -> float | None:
    """Support in the instrumental, or after «на»; None where nothing of the kind is told."""
    right = spot.index < initiative.first
    governed = initiative.first > 0 and words.forms[initiative.first - 1].pos == "PREP"
    favoured = words.forms[spot.index].lemmas & FAVOURING
    if favoured and right and not governed and "ablt" in initiative.cases:
        return 0.5  # «поддержали завод субсидией»
    if preposition in ("о", "об") and initiative.first > 1 and words.forms[initiative.first - 2].lemmas & LAWS:
        return 1.0  # «внесли закон о льготах»
    if preposition != "на" or "accs" not in initiative.cases:
        return None
    if initiative.first > 1 and words.forms[initiative.first - 2].lemmas & {"сертификат", "право"}:
        return 1.0
    if initiative.strong and any(form.lemmas & MONEY for form in words.forms):
        return 2.0  # «дадим 300 млн на льготный лизинг»
    return None


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
            return 0.0 if _of_number(words, spot) else IMPOSSIBLE
        return 0.0 if "nomn" in cases and _concord(words, spot, initiative) else IMPOSSIBLE
    if counted or "accs" in cases:
        if right or "nomn" not in cases or _impersonal(words, spot):
            return 0.0 if right else 1.0
        if initiative.family in ("site", "production") and _has_object(words, spot.index):
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


def _of_number(words: Words, spot: Spot) -> bool:
    """Whether a predicate can agree with a number: «открыто два завода», «открыты два завода»."""
    found = [r for r in words.forms[spot.index].readings if r.pos in ("VERB", "PRTS")]
    return any(r.number == "plur" or r.gender in ("neut", "") for r in found)


def _fixed(words: Words, initiative: Initiative) -> bool:
    return word(words.tokens[initiative.head].text).fixed or words.tokens[initiative.head].text.isupper()


def _listed(words: Words, initiative: Initiative) -> bool:
    """Whether the phrase may be one of several coordinated ones."""
    around = range(max(0, initiative.first - 3), min(len(words), initiative.stop + 8))
    return any(words.lower[i] in ("и", ",") for i in around)


def _join_fit(words: Words, spot: Spot, cases: frozenset[str], preposition: str, governed: bool, right: bool) -> float:
    if spot.companion is not None:
        return 0.0 if not governed or preposition in ("в", "во", "к") else 5.0
    if spot.name == "leave":
        left_behind = words.forms[spot.index].lemmas & {"покинуть", "покидать"}
        object_ = left_behind and "accs" in cases and not governed
        return 0.0 if preposition in ("из", "с") or object_ else IMPOSSIBLE
    if (preposition in ("к", "ко") and "datv" in cases) or (preposition in ("в", "во") and "accs" in cases):
        return 0.0
    if not governed and "gent" in cases:
        return 3.0  # «вошёл в состав кластера»
    if spot.name == "join" and not governed and "accs" in cases:
        return 1.0 if right else 2.0
    return IMPOSSIBLE


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
