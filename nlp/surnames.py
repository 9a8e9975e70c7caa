"""Cases of people's names, also of those that the dictionary does not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from nlp import morphology
from nlp.morphology import FORMS, Case, Tag

# Surnames that the dictionary does not hold, by ending: (ending, gender, case, ending of the nominative).
SURNAMES = [
    (ending + suffix, gender, case, ending + nominative)
    for ending in ("ов", "ев", "ин", "ын")
    for gender, nominative, cases in (
        ("masc", "", {"а": "gent accs", "у": "datv", "ым": "ablt", "е": "loct"}),
        ("femn", "а", {"ой": "gent datv ablt loct", "у": "accs"}),
    )
    for suffix, names in cases.items()
    for case in names.split()
] + [
    (stem + suffix, gender, case, stem + nominative)
    for stem in ("ск", "цк")
    for gender, nominative, cases in (
        ("masc", "ий", {"ого": "gent accs", "ому": "datv", "им": "ablt", "ом": "loct"}),
        ("femn", "ая", {"ой": "gent datv ablt loct", "ую": "accs"}),
    )
    for suffix, names in cases.items()
    for case in names.split()
]
CONSONANT_SURNAME = re.compile(r"(.*[бвгджзклмнпрстфхцчшщ])(а|у|ом|ем|е)$")
CONSONANT_CASES = {"а": ("gent", "accs"), "у": ("datv",), "ом": ("ablt",), "ем": ("ablt",), "е": ("loct",)}
VOWEL_NAME = re.compile(r"(.*[бвгджзклмнпрстфхцчшщ])(ы|и|е|у|ой|ей)$")  # Липа, Мирза
VOWEL_CASES = {"ы": ("gent",), "и": ("gent",), "е": ("datv", "loct"), "у": ("accs",), "ой": ("ablt",), "ей": ("ablt",)}
SOFT_NAME = re.compile(r"(.*[аеиоуыэ])(я|ю|ем|е|и)$")  # Радий, Гайдай
SOFT_CASES = {"я": ("gent", "accs"), "ю": ("datv",), "ем": ("ablt",), "е": ("loct",), "и": ("loct",)}


@lru_cache(maxsize=FORMS)
def is_name(word: str) -> bool:
    """A first name, patronymic or surname by the dictionary; an abbreviation (УрФУ) or a place is none."""
    if not (word.istitle() or word.isupper()) or (word.isupper() and len(word) < 4):
        return False
    parses = morphology.parses(word)
    return "Geox" not in parses[0].tag and any(
        ("Name" in p.tag or "Patr" in p.tag or "Surn" in p.tag) and p.score >= 0.05 for p in parses[:6]
    )


def may_be_surname(word: str) -> bool:
    tag = morphology.parses(word)[0].tag
    return word.istitle() and "Geox" not in tag and "Orgn" not in tag


@lru_cache(maxsize=FORMS)
def _nouns(word: str) -> tuple[Tag, ...]:
    """The singular nouns a word may be, declined before indeclinable: «Анне» is Анна before Анне."""
    singular = [tag for tag in morphology.tags(word) if tag.pos == "NOUN" and tag.number == "sing"]
    return tuple(sorted(singular, key=lambda tag: tag.fixed))


@lru_cache(maxsize=2 * FORMS)
def name_form(word: str, case: Case, gender: str) -> tuple[float, str] | None:
    """(likelihood, nominative) of a name's word in the singular; None where it cannot stand in that case."""
    nouns = _nouns(word)
    common: Tag | None = None
    for noun in nouns:
        if noun.case == case and noun.gender in (None, gender):
            if noun.named:
                return noun.score, morphology.nominative_at(word, noun.place)
            if noun.animacy == "anim" and common is None:
                common = noun
    return _by_ending(word, case, gender, nouns, common)


def _by_ending(
    word: str, case: Case, gender: str, nouns: Sequence[Tag], common: Tag | None
) -> tuple[float, str] | None:
    """The form of a word that the dictionary does not know as a name; `common` is its reading as an animate noun."""
    lower = word.lower()
    for ending, sex, its_case, nominative in SURNAMES:
        if sex == gender and its_case == case and lower.endswith(ending):
            return 0.02, lower[: -len(ending)] + nominative
    if common:
        return 0.02, morphology.nominative_at(word, common.place)
    for tag in morphology.tags(word):  # Белый, Тёмная
        if tag.pos == "ADJF" and tag.number == "sing" and tag.gender == gender and tag.case == case:
            return 0.02, morphology.nominative_at(word, tag.place)
    if lower[-1] in "оеиуюэы" or lower.endswith(("ых", "их")):  # indeclinable
        return 0.02, lower
    consonant = lower[-1] in "бвгджзйклмнпрстфхцчшщь"
    if consonant and (case == "nomn" or gender == "femn"):
        given = any(noun.given and noun.place == 0 for noun in nouns)
        return None if gender == "femn" and given else (0.01, lower)
    if case == "nomn":
        return 0.001, lower
    match = CONSONANT_SURNAME.fullmatch(lower)
    if match and gender == "masc" and case in CONSONANT_CASES[match[2]]:
        return 0.01, match[1]
    match = VOWEL_NAME.fullmatch(lower)
    if match and case in VOWEL_CASES[match[2]]:
        return 0.005, match[1] + "а"
    match = SOFT_NAME.fullmatch(lower)
    if match and gender == "masc" and case in SOFT_CASES[match[2]]:
        return 0.01, match[1] + "й"
    return None
