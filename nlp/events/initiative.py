"""The initiatives a sentence names: nouns of the lexicon with their adjectives, complement and name."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.agreement import word
from nlp.events.grammar import agreement
from nlp.events.lexicon import Family, Term, terms_of
from nlp.events.text import OPENING, Words
from nlp.lexicon import load
from nlp.morphology import Case
from nlp.schema import Kind


@dataclass(frozen=True, slots=True)
class Initiative:
    """A noun phrase that names an initiative. Positions are token indices of its sentence, ends exclusive."""

    family: Family
    kind: Kind
    strong: bool
    first: int  # the phrase, from its first adjective
    head: int  # the noun that takes the case
    stop: int  # after complement and name
    core: int  # after the term itself
    named: bool  # a name in quotation marks belongs to it
    generic: bool  # nothing but the term: «кластер», «ОЭЗ»
    plural: bool
    gender: str  # of the head
    telling: bool  # says enough without a mention before it
    name: int  # where its name begins: after «границы», «вторая очередь»
    cases: frozenset[Case]  # that the head can stand in here


POINTERS = frozenset(
    {
        "самый",
        "этот",
        "тот",
        "данный",
        "такой",
        "какой",
        "каждый",
        "весь",
        "сам",
        "свой",
        "наш",
        "их",
        "его",
        "ее",
        "данных",
        "один",
        "некий",
        "любой",
        "который",
    }
)
GENITIVE: frozenset[Case] = frozenset({"gent"})
NOMINAL = frozenset({"NOUN", "ADJS", ""})  # «парков» is likeliest a short adjective to pymorphy
# prepositions whose complement belongs to the noun, by family
COMPLEMENT = {
    "charter": frozenset({"о", "об", "между"}),
    "agreement": frozenset({"о", "об", "по", "между", "на"}),
    "site": frozenset({"по", "в"}),
    "production": frozenset({"по", "для"}),
    "support": frozenset({"на", "по", "для", "под"}),
}
GOVERNED: dict[str, Case] = {
    "о": "loct",
    "об": "loct",
    "по": "datv",
    "между": "ablt",
    "на": "accs",
    "для": "gent",
    "в": "loct",
    "под": "accs",
}
SPHERES = frozenset(["сфера", "область", "отрасль", "направление"])


def initiatives(words: Words) -> list[Initiative]:
    """Every noun phrase of the sentence that names an initiative, in order."""
    found: list[Initiative] = []
    position = 0
    while position < len(words):
        match = _term(words, position)
        if match is None:
            position += 1
            continue
        term, head, core = match
        start, position = position, core
        inside = bool(found) and found[-1].family == term.family and head < found[-1].stop
        if inside and "проект" not in words.forms[found[-1].head].lemmas:
            continue  # of the complement: «субсидия на возмещение затрат»
        found.append(_phrase(words, term, start, head, core))
    return found


def _term(words: Words, start: int) -> tuple[Term, int, int] | None:
    """The longest term that starts at a token: the term, its head, and where it ends."""
    for term in terms_of(words.tokens[start].text):
        position, head = start, -1
        for i, lemma in enumerate(term.lemmas):
            if i:
                position = _next(words, position, lemma)
                if position < 0:
                    break
            if head < 0 and (len(term.lemmas) == 1 or _is_head(words, position, lemma)):
                head = position
        else:
            head = head if head >= 0 else position
            written = words.lower[head] == term.lemmas[-1] and "NOUN" in words.forms[head].poses  # «заем», «стан»
            if term.lemmas[0].isupper() or words.forms[head].pos in NOMINAL or written:
                return term, head, position + 1
    return None


def _is_head(words: Words, position: int, lemma: str) -> bool:
    return any(r.lemma == lemma and r.pos == "NOUN" for r in words.forms[position].readings)


def _next(words: Words, position: int, lemma: str) -> int:
    """Where the next lemma of a term stands: at once, or behind adjectives and their conjunctions."""
    for i in range(position + 1, min(position + 6, len(words))):
        if lemma in words.forms[i].lemmas or lemma == words.lower[i]:
            return i
        if not (word(words.tokens[i].text).adjectives or words.lower[i] in ("и", ",", "-")):
            return -1
    return -1


def _phrase(words: Words, term: Term, start: int, head: int, core: int) -> Initiative:
    cases = word(words.tokens[head].text).cases
    for i in range(start, head):  # the adjectives of the term itself
        cases = (agreement(words.tokens[i].text, words.tokens[head].text) & cases) or cases
    first = start
    position = start - 1
    while position >= 0:
        text = words.lower[position]
        fits = agreement(words.tokens[position].text, words.tokens[head].text)
        if not fits and word(words.tokens[head].text).fixed and position == first - 1:
            fits = frozenset(slot.case for slot in word(words.tokens[position].text).adjectives)
        if fits and fits & cases:
            cases = fits & cases
            first = position
            position -= 1
        elif (
            text in ("и", ",")
            and position > 0
            and first < start
            and agreement(words.tokens[position - 1].text, words.tokens[head].text)
        ):
            position -= 1
        else:
            break
    if (
        first > 0
        and "gent" in cases
        and words.forms[first - 1].pos == "NOUN"
        and word(words.tokens[first - 1].text).nouns
        and not _in_prepositional(words, first - 1)
    ):
        cases = GENITIVE  # «участников хартии»: of the noun before it
    while first < start and (words.forms[first].lemmas & POINTERS or words.forms[first].pos not in ("ADJF", "PRTF")):
        first += 1
    stop, named = _right(words, term, core)
    plural = all(n.number == "plur" for n in word(words.tokens[head].text).nouns if n.case in cases) and bool(
        word(words.tokens[head].text).nouns
    )
    gender = next((n.gender for n in word(words.tokens[head].text).nouns if n.case in cases and n.gender), "masc")
    counted = first > 0 and (words.tokens[first - 1].text[0].isdigit() or "NUMR" in words.forms[first - 1].poses)
    name = first
    part = _part_of(words, term, first)
    if part is not None:
        first, head, cases = part
    generic = name == start and stop == core
    own = part is not None or (name < start and not plural and term.lemmas[-1] not in ("очередь", "продукция"))
    telling = (
        term.strong
        or named
        or (term.family == "site" and not plural)
        or (term.family == "production" and (stop > core or counted or own))
    )
    if term.family == "production" and core < len(words) and words.lower[core] in MEASURES:
        telling = True  # «установка производительностью 900 тонн»
    if term.family == "production" and plural and not (named or counted or stop > core or part):
        telling = False  # «новых производств»: none in particular
    if "совместный" in words.forms[name].lemmas and term.lemmas == ("предприятие",) and stop == core:
        telling = False  # a joint venture is a firm, no plant
    if term.family == "agreement" and not term.strong:
        about = stop > core and words.lower[core] in ("о", "об") and not plural
        telling = about or term.lemmas[-1] != "документ"
    if term.family == "support" and not term.strong and any(f.lemmas & GRANTS for f in words.forms[core:stop]):
        telling = True  # «кредит по программе промышленной ипотеки»
    elif term.family == "support" and not term.strong and term.lemmas[-1] in HELP:
        telling = any(form.lemmas & INDUSTRY for form in words.forms)
    return Initiative(
        term.family,
        term.kind,
        term.strong,
        first,
        head,
        stop,
        core,
        named,
        generic,
        plural,
        gender,
        telling,
        name,
        cases,
    )


MEASURES = frozenset(["мощностью", "производительностью", "стоимостью", "площадью"])


def _in_prepositional(words: Words, noun: int) -> bool:
    """«со всеми тремя компаниями соглашения»: the noun before belongs to its own preposition."""
    for i in range(noun - 1, max(-1, noun - 5), -1):
        if words.forms[i].pos == "PREP":
            return True
        if words.forms[i].pos not in ("ADJF", "NUMR", "PRTF", "NPRO"):
            return False
    return False


PARTS = {
    "site": frozenset(
        [
            "граница",
            "территория",
            "площадь",
            "инфраструктура",
            "очередь",
            "сеть",
            "здание",
            "ядро",
            "корпус",
            "проект",
            "концепция",
            "режим",
            "состав",
            "статус",
            "идея",
            "затея",
            "замысел",
        ]
    ),
    "production": frozenset(["очередь", "корпус", "здание", "мощность", "камень", "фундамент"]),
    "agreement": frozenset(["пакет", "ряд", "серия", "блок", "редакция", "проект", "текст"]),
    "charter": frozenset(["редакция", "проект", "текст"]),
    "support": frozenset(
        [
            "действие",
            "прием",
            "объем",
            "размер",
            "выдача",
            "срок",
            "лимит",
            "сумма",
            "программа",
            "мера",
            "капитал",
            "капитализация",
        ]
    ),
}
HELP = frozenset(["поддержка", "помощь", "финансирование", "рассрочка", "гарантия", "вычет", "каникулы"])
GRANTS = frozenset(["ипотека", "промипотека", "субсидия", "грант", "лизинг", "фрп", "заем", "льготный"])
INDUSTRY = frozenset(load("support")["industry"])


def _part_of(words: Words, term: Term, first: int) -> tuple[int, int, frozenset[Case]] | None:
    """«границы зоны», «вторая очередь парка»: where the part's own phrase begins, and its cases."""
    noun = first - 1
    if noun < 0 or not words.forms[noun].lemmas & PARTS.get(term.family, frozenset()):
        return None
    cases = word(words.tokens[noun].text).cases
    position = noun
    while position > 0:
        fits = agreement(words.tokens[position - 1].text, words.tokens[noun].text) & cases
        if not fits:
            break
        cases = fits
        position -= 1
    return position, noun, cases


def quoted(words: Words, position: int) -> int:
    """Where a name in quotation marks that opens at a token ends, or the token itself."""
    if position >= len(words) or words.lower[position] not in OPENING - {"("}:
        return position
    depth = 0
    opening = words.lower[position]
    for i in range(position, min(position + 16, len(words))):
        text = words.lower[i]
        if text == "«" or (text == opening and i == position) or (text in "„“" and i == position):
            depth += 1
        elif text in ("»", "”") or (text == '"' and i > position):
            depth -= 1
            if depth <= 0:
                return i + 1
    return position


def _right(words: Words, term: Term, core: int) -> tuple[int, bool]:
    """How far the complement goes: a name, a chain of genitives, one prepositional complement."""
    position = core
    stop = quoted(words, position)
    if stop > position:
        return stop, True
    named = False
    case: Case = "gent"
    taken_preposition = False
    while position < len(words):
        text = words.lower[position]
        if text in OPENING:
            stop = quoted(words, position)
            if stop == position:
                break
            named = named or position == core
            position = stop
            continue
        if _is_noun_phrase_word(words, position, case) or (
            text in (",", "и") and position + 1 < len(words) and position > core and _coordinates(words, position, case)
        ):
            position += 1
        elif not taken_preposition and text in COMPLEMENT[term.family]:
            if text == "в" and not _sphere(words, position):
                break
            case = GOVERNED[text]
            if position + 1 >= len(words) or not _is_noun_phrase_word(words, position + 1, case):
                break
            if text == "на" and _is_time(words, position + 1):
                break
            taken_preposition = True
            position += 1
        elif text in ("в", "во") and _sphere(words, position):
            case = "loct"
            position += 1
        else:
            break
        if position - core > 14:
            break
    while position > core and (
        words.lower[position - 1] in (",", "и", "в", "о", "об", "по") or words.lower[position - 1] in OPENING
    ):
        position -= 1
    return position, named


def _is_noun_phrase_word(words: Words, position: int, case: Case) -> bool:
    text = words.tokens[position].text
    if not text[0].isalpha():
        return False
    reading = words.forms[position]
    if (
        words.lower[position] in VERBS_TOO
        or reading.finite
        or reading.pos in ("INFN", "GRND", "ADVB", "PREP", "CONJ", "PRCL", "NPRO")
    ):
        return False
    w = word(words.tokens[position].text)
    if text.isupper() and len(text) > 1:
        return True
    if w.adjectives:
        if w.adjective_in(case):
            return True
        return w.adjective_in("gent")
    return case in w.cases or "gent" in w.cases


VERBS_TOO = frozenset(["начала", "стали", "дали", "вела"])  # likelier verbs after a noun phrase


def _coordinates(words: Words, position: int, case: Case) -> bool:
    """Whether a comma or «и» joins two adjectives of one noun."""
    before, after = word(words.tokens[position - 1].text), word(words.tokens[position + 1].text)
    return (any(slot in after.adjectives for slot in before.adjectives) and after.adjective_in(case)) or (
        words.lower[position] == "и"
        and bool(before.nouns)
        and bool(after.nouns)
        and bool({n.case for n in before.nouns} & {n.case for n in after.nouns} & {case})
    )


def _sphere(words: Words, position: int) -> bool:
    return any(words.forms[i].lemmas & SPHERES for i in range(position + 1, min(position + 4, len(words))))


TIME = frozenset(
    {
        "год",
        "месяц",
        "неделя",
        "день",
        "квартал",
        "период",
        "срок",
        "сумма",
        "встреча",
        "заседание",
        "форум",
        "совещание",
        "территория",
        "площадка",
        "база",
    }
)


def _is_time(words: Words, position: int) -> bool:
    return any(words.forms[i].lemmas & TIME for i in range(position, min(position + 2, len(words))))
