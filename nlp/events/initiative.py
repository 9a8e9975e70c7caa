"""The initiatives a sentence names: nouns of the lexicon with their adjectives, complement and name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nlp.agreement import word
from nlp.events.complement import complement
from nlp.events.grammar import agreement
from nlp.events.lexicon import Family
from nlp.events.terms import Match, term_at
from nlp.events.text import Words
from nlp.lexicon import load
from nlp.morphology import Case
from nlp.schema import Kind

Cases = frozenset[Case]

_TABLE = load("phrases")
POINTERS = frozenset(_TABLE["pointers"])
PARTS = {family: frozenset(nouns) for family, nouns in _TABLE["parts"].items()}
MEASURES = frozenset(_TABLE["measures"])
HELP = frozenset(_TABLE["help"])
GRANTS = frozenset(_TABLE["grants"])
INDUSTRY = frozenset(load("support")["industry"])
GENITIVE: Cases = frozenset({"gent"})


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


def initiatives(words: Words) -> list[Initiative]:
    """Every noun phrase of the sentence that names an initiative, in order."""
    found: list[Initiative] = []
    position = 0
    while position < len(words):
        match = term_at(words, position)
        if match is None:
            position += 1
            continue
        position = match.stop
        inside = bool(found) and found[-1].family == match.term.family and match.head < found[-1].stop
        if inside and "проект" not in words.forms[found[-1].head].lemmas:
            continue  # of the complement: «субсидия на возмещение затрат»
        found.append(_phrase(words, match))
    return found


def _phrase(words: Words, match: Match) -> Initiative:
    """The phrase around a term."""
    term, core = match.term, match.stop
    name, cases = _adjectives(words, match)
    nouns = word(words.tokens[match.head].text).nouns
    fitting = [noun for noun in nouns if noun.case in cases]
    stop, named = complement(words, term.family, core)
    first, head, outer = _part_of(words, term.family, name) or (name, match.head, cases)
    found = Initiative(
        family=term.family,
        kind=term.kind,
        strong=term.strong,
        first=first,
        head=head,
        stop=stop,
        core=core,
        named=named,
        generic=name == match.first and stop == core,
        plural=bool(nouns) and all(noun.number == "plur" for noun in fitting),
        gender=next((noun.gender for noun in fitting if noun.gender), "masc"),
        telling=False,
        name=name,
        cases=outer,
    )
    return replace(found, telling=_tells(words, match, found))


def _adjectives(words: Words, match: Match) -> tuple[int, Cases]:
    """Where the adjectives before a term begin, and the cases that they leave its head."""
    start, head = match.first, match.head
    noun = words.tokens[head].text
    cases = word(noun).cases
    for i in range(start, head):  # the adjectives of the term itself
        cases = (agreement(words.tokens[i].text, noun) & cases) or cases
    first = start
    position = start - 1
    while position >= 0:
        fits = agreement(words.tokens[position].text, noun)
        if not fits and word(noun).fixed and position == first - 1:
            fits = frozenset(slot.case for slot in word(words.tokens[position].text).adjectives)
        if fits & cases:
            cases = fits & cases
            first = position
        elif not (
            words.lower[position] in ("и", ",")
            and position > 0
            and first < start
            and agreement(words.tokens[position - 1].text, noun)
        ):
            break
        position -= 1
    if "gent" in cases and _of_noun_before(words, first):
        cases = GENITIVE
    while first < start and (words.forms[first].lemmas & POINTERS or words.forms[first].pos not in ("ADJF", "PRTF")):
        first += 1
    return first, cases


def _of_noun_before(words: Words, first: int) -> bool:
    """«участников хартии»: a phrase that depends on the noun before it."""
    return (
        first > 0
        and words.forms[first - 1].pos == "NOUN"
        and bool(word(words.tokens[first - 1].text).nouns)
        and not _in_prepositional(words, first - 1)
    )


def _in_prepositional(words: Words, noun: int) -> bool:
    """«со всеми тремя компаниями соглашения»: the noun before belongs to its own preposition."""
    for i in range(noun - 1, max(-1, noun - 5), -1):
        if words.forms[i].pos == "PREP":
            return True
        if words.forms[i].pos not in ("ADJF", "NUMR", "PRTF", "NPRO"):
            return False
    return False


def _part_of(words: Words, family: Family, first: int) -> tuple[int, int, Cases] | None:
    """«границы зоны», «вторая очередь парка»: where the part's own phrase begins, and its cases."""
    noun = first - 1
    if noun < 0 or not words.forms[noun].lemmas & PARTS[family]:
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


def _tells(words: Words, match: Match, found: Initiative) -> bool:
    """Whether the phrase says enough without a mention before it."""
    term = match.term
    if term.family == "production":
        return _tells_of_production(words, match, found)
    if term.family == "agreement" and not term.strong:
        about = found.stop > found.core and words.lower[found.core] in ("о", "об") and not found.plural
        return about or term.lemmas[-1] != "документ"
    if term.family == "support" and not term.strong:
        if any(form.lemmas & GRANTS for form in words.forms[found.core : found.stop]):
            return True  # «кредит по программе промышленной ипотеки»
        if term.lemmas[-1] in HELP:
            return any(form.lemmas & INDUSTRY for form in words.forms)
    return term.strong or found.named or (term.family == "site" and not found.plural)


def _tells_of_production(words: Words, match: Match, found: Initiative) -> bool:
    term, name = match.term, found.name
    part = found.first < name
    longer = found.stop > found.core
    if "совместный" in words.forms[name].lemmas and term.lemmas == ("предприятие",) and not longer:
        return False  # a joint venture is a firm, no plant
    counted = name > 0 and (words.tokens[name - 1].text[0].isdigit() or "NUMR" in words.forms[name - 1].poses)
    if found.plural:
        return found.named or counted or longer or part  # «новых производств»: none in particular
    measured = found.core < len(words) and words.lower[found.core] in MEASURES
    described = name < match.first and term.lemmas[-1] not in ("очередь", "продукция")
    return term.strong or found.named or counted or longer or part or measured or described
