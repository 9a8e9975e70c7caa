"""Canonical names: in the nominative, with «ёлочки», without what only points or places."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.agreement import Slot, word
from nlp.inflection import like, to_nominative
from nlp.morphology import analyzer, case_of, parses
from nlp.morphology import nominative as nominative_of
from nlp.organisations.lexicon import ENDINGS, GENDERS, KIND_ADJECTIVES, LEVELS, POINTERS
from nlp.phrases import Frame, lowered

DECLINED = re.compile(rf"([\w-]+(?:{'|'.join(ENDINGS)}))(?:а|у|ом|е)")
ABBREVIATION_ENDING = re.compile(r"(.*[А-ЯЁ]{2})(?:а|у|ом|е|ы|и|ов|ам|ами|ах)")


def nominative(phrase: str) -> str:
    """`to_nominative` for names: an abbreviation has no cases, or takes an ending (РУСАЛом); a capital is no name."""
    first, _, rest = phrase.partition(" ")
    abbreviation = ABBREVIATION_ENDING.fullmatch(first)
    if abbreviation:
        return f"{abbreviation[1]} {rest}".strip()
    if word(first).fixed and not first.islower():
        return phrase
    if rest and first[1:].islower() and analyzer().word_is_known(first.lower()):
        inflected = to_nominative(phrase[0].lower() + phrase[1:])
        return (inflected[0].upper() if phrase[0].isupper() else inflected[0]) + inflected[1:]
    return to_nominative(phrase)


def undeclined(name: str) -> str:
    """An unknown name of one word that ends as firms do, in the nominative: «Арктикгаза» -> «Арктикгаз»."""
    match = DECLINED.fullmatch(name)
    return match[1] if match else name


def named_part(frame: Frame, first: int, last: int) -> str:
    """The name in «ёлочки» where it is quoted, as it is otherwise."""
    if first in frame.quotes:
        return f"«{inside_marks(frame, first, last - 1)}»"
    return frame.text(first, last)


def inside_marks(frame: Frame, start: int, close: int) -> str:
    """What is between the marks, inner marks as «ёлочки»; one shared closing mark is not doubled."""
    text = frame.text(start + 1, close)
    for mark in '„“”"':
        text = text.replace(mark, "«" if mark == "„" else "»" if mark in "“”" else mark)
    parts = text.split('"')
    if len(parts) > 1:
        text = parts[0] + "".join(("«" if k % 2 == 0 else "»") + part for k, part in enumerate(parts[1:]))
    return text.strip()


def headed(frame: Frame, first: int, h: int, last: int, head: str) -> str:
    """A noun phrase with a known head in the nominative: «Минпромторга России» -> «Минпромторг России»."""
    token = frame.tokens[h].text
    if first == h and lowered(token) == head:
        return frame.text(first, last)
    if first == h and all(slot.number == "sing" for slot in frame.word(h).nouns):
        return f"{like(token, head)} {frame.text(h + 1, last)}".strip()
    return nominative(frame.text(first, last))


def generic_part(frame: Frame, first: int, h: int, last: int, head: str) -> str:
    """The noun before a name, in the nominative: «тутаевское предприятие» -> «предприятие»."""
    while first < h and not frame.tokens[first].text[0].isupper():
        lemma = frame.tokens[first].lemma
        if not (is_place(lemma) or lemma in LEVELS):
            break
        first += 1
    return headed(frame, first, h, last, head)


def before_abbreviation(frame: Frame, first: int, h: int, slots: tuple[Slot, ...]) -> str:
    """The adjectives [first, h) before an abbreviation, in the nominative: «Сыктывкарским» of «… ЛПК»."""
    gender = GENDERS.get(frame.tokens[h].text, "masc")
    best = min(slots, key=lambda s: (s.gender != gender, s.case != "nomn", s.number != "sing", s), default=None)
    return " ".join(_adjective(token.text, best) if best else token.text for token in frame.tokens[first:h])


def _adjective(text: str, slot: Slot) -> str:
    """An adjective that stands in this slot, in the nominative."""
    for parse in parses(text):
        tag = parse.tag
        if tag.POS in ("ADJF", "PRTF") and case_of(tag) == slot.case and tag.number == slot.number:
            return like(text, nominative_of(parse))
    return text


def past_pointers(frame: Frame, first: int, h: int) -> int:
    """Index after the words that only point («этот», «новый») and the participles («возрождённый») before a head."""
    for k in range(h - 1, first - 1, -1):
        if frame.tokens[k].lemma in POINTERS:
            return k + 1
    while first < h and frame.tokens[first].text.islower() and "PRTF" in frame.tokens[first].tag:
        first += 1
    return first


@lru_cache(maxsize=20_000)
def is_place(lemma: str) -> bool:
    """An adjective of a place: «читинский», «китайский», but not «химический» or «морской»."""
    return lemma.endswith(("ский", "цкий")) and not lemma.endswith("ческий") and lemma not in KIND_ADJECTIVES
