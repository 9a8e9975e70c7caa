"""In which cases, numbers and genders a word form can stand: what noun phrases are put together by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

from nlp.morphology import CASES, FORMS, Case, tags

FUNCTION_WORDS = frozenset({"CONJ", "PREP", "PRCL", "INTJ", "NPRO"})
VERBS = frozenset({"VERB", "INFN", "GRND", "PRTS", "ADJS", "PRED"})


class Slot(NamedTuple):
    """One place in the paradigm. The gender is "" in the plural and of words that have any."""

    case: Case
    number: str
    gender: str

    def agrees(self, other: Slot) -> bool:
        """Whether an adjective and a noun, or two nouns in apposition, may stand together so."""
        return (
            self.case == other.case
            and self.number == other.number
            and (not self.gender or not other.gender or self.gender == other.gender)
        )


@dataclass(frozen=True, slots=True)
class Word:
    """A word form in all its readings."""

    nouns: tuple[Slot, ...]  # likeliest first, as the dictionary has them; a set's order would differ by run
    adjectives: tuple[Slot, ...]  # participles and ordinals among them
    cases: frozenset[Case]  # of the noun readings; of a word without a paradigm, all
    fixed: bool  # has no paradigm: an abbreviation, a foreign word, a number
    verb: bool  # likeliest a verb
    animate: bool  # some noun reading is a person's

    def adjective_in(self, case: Case) -> bool:
        return any(slot.case == case for slot in self.adjectives)


NOTHING = Word((), (), frozenset(), False, False, False)


@lru_cache(maxsize=FORMS)
def word(text: str) -> Word:
    """All readings of a word form as it is written.

    >>> sorted(word("области").cases)
    ['accs', 'datv', 'gent', 'loct', 'nomn']
    """
    nouns: dict[Slot, None] = {}
    adjectives: dict[Slot, None] = {}
    animate = fixed = False
    found = tags(text.partition("-на-")[0])  # «Комсомольский-на-Амуре»
    if found[0].pos in FUNCTION_WORDS and not (len(text) > 1 and text.isupper()):
        return NOTHING
    for tag in found:
        if tag.pos is None:
            fixed = text[0].isalnum() and not text.islower()
            continue
        if tag.pos not in ("NOUN", "ADJF", "PRTF"):
            continue
        slot = Slot(
            cast(Case, tag.case or "nomn"),
            tag.number or "sing",
            "" if tag.number == "plur" else tag.gender or "",
        )
        if tag.pos == "NOUN":
            nouns.setdefault(slot)
            animate = animate or tag.animacy == "anim"
            fixed = fixed or tag.fixed
        else:
            adjectives.setdefault(slot)
    fixed = (fixed and not adjectives) or _is_abbreviation(text)
    return Word(
        tuple(nouns),
        tuple(adjectives),
        frozenset(CASES) if fixed else frozenset(slot.case for slot in nouns),
        fixed,
        found[0].pos in VERBS,
        animate,
    )


def _is_abbreviation(text: str) -> bool:
    """ОЭЗ, УрФУ, ВЭБ, Siemens: two capitals or more, the last letter one of them, or not Cyrillic."""
    if not text[:1].isalpha():
        return text[:1].isdigit()
    return (sum(map(str.isupper, text)) >= 2 and text[-1].isupper()) or not ("а" <= text[0].lower() <= "ё")
