"""What follows the noun of an initiative and belongs to it: a name, genitives, one prepositional complement."""

from __future__ import annotations

from nlp.agreement import word
from nlp.events.lexicon import Family
from nlp.events.text import OPENING, Words, quoted
from nlp.lexicon import load
from nlp.morphology import Case

_TABLE = load("phrases")
COMPLEMENTS = {family: frozenset(prepositions) for family, prepositions in _TABLE["complements"].items()}
GOVERNED: dict[str, Case] = _TABLE["governed"]
SPHERES = frozenset(_TABLE["spheres"])
CIRCUMSTANCES = frozenset(_TABLE["circumstances"])
VERBS = frozenset(_TABLE["verbs"])
LONGEST = 14  # tokens


def complement(words: Words, family: Family, core: int) -> tuple[int, bool]:
    """Where the complement of a noun that ends at `core` ends itself, and whether it is a name in quotation marks."""
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
        elif not taken_preposition and text in COMPLEMENTS[family]:
            if text == "в" and not _sphere(words, position):
                break
            case = GOVERNED[text]
            if position + 1 >= len(words) or not _is_noun_phrase_word(words, position + 1, case):
                break
            if text == "на" and _is_circumstance(words, position + 1):
                break
            taken_preposition = True
            position += 1
        elif text in ("в", "во") and _sphere(words, position):
            case = "loct"
            position += 1
        else:
            break
        if position - core > LONGEST:
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
        words.lower[position] in VERBS
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


def _is_circumstance(words: Words, position: int) -> bool:
    return any(words.forms[i].lemmas & CIRCUMSTANCES for i in range(position, min(position + 2, len(words))))
