"""Names taken apart: which words of a name tell its bearer from others, and when two such words are one.

Words are compared by their common beginning, since a rewrite says «насосы», «насосный» and «насосное» of one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml
from rapidfuzz import fuzz

WORD = re.compile(r"[А-ЯЁа-яёA-Za-z0-9]+(?:-[А-ЯЁа-яёA-Za-z0-9]+)*")
QUOTES = str.maketrans({"„": "«", "”": "»", "“": '"'})  # “ opens in English and closes in Russian
ACRONYM = re.compile(r"[А-ЯЁ]{2,6}")
DEEDS = frozenset({"PRTF", "PRTS", "VERB", "INFN", "GRND", "ADVB"})  # соответствующая, обновлённая: tell nothing apart


@cache
def lexicon() -> dict[str, Any]:
    text = (files(__package__) / "lexicon.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def dull() -> frozenset[str]:
    """Lemmas that tell nothing apart."""
    words = lexicon()
    return frozenset(w for group in words["heads"].values() for w in group) | frozenset(words["generic"])


@cache
def _analyzer() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


@lru_cache(maxsize=100_000)
def _parse(word: str) -> tuple[str, str, bool, bool]:
    """Lemma, part of speech, whether it may name a place, whether it may be a surname."""
    parses = _analyzer().parse(word)
    lemma = str(parses[0].normal_form).replace("ё", "е")
    tags = [p.tag for p in parses]
    return lemma, str(tags[0].POS or "UNKN"), any("Geox" in t for t in tags), any("Surn" in t for t in tags)


def lemma(word: str) -> str:
    """Dictionary form, lower case, ё as е."""
    return _parse(word.lower())[0]


@cache
def _synonyms() -> dict[str, str]:
    return {word: group[0] for group in lexicon()["synonyms"] for word in group}


def part_of_speech(word: str) -> str:
    """As pymorphy has it: NOUN, ADJF, PREP, …"""
    return _parse(word.lower())[1]


def stem(noun: str) -> str:
    """The beginning that a noun keeps in all its cases: хартия -> харт."""
    return re.sub(r"[аеийоуьыюя]+$", "", noun)[:7]


def is_known(word: str) -> bool:
    """Whether the dictionary has a word, in any form."""
    return bool(_analyzer().word_is_known(word.lower()))


@lru_cache(maxsize=20_000)
def is_genitive(word: str) -> bool:
    """Whether a word is, as it is likeliest read, a noun or adjective in the genitive: (хартия) наставников."""
    tag = _analyzer().parse(word.lower())[0].tag
    return tag.POS in {"NOUN", "ADJF"} and tag.case == "gent"


def is_function_word(word: str) -> bool:
    return part_of_speech(word) in {"PREP", "CONJ", "PRCL", "NPRO", "INTJ"}


def is_place(word: str) -> bool:
    """Whether a word names a place: Чувашия, Прикамье, омский; by form, for no list holds every town's adjective."""
    base, pos, geox, _ = _parse(word.lower())
    if pos in {"ADJF", "ADJS"} or base.endswith(("ский", "цкий")):
        return (
            base.endswith(("ский", "цкий", "ской"))
            and not base.endswith(("ческий", "йский-"))
            and base not in lexicon()["not_places"]
        )
    return (geox or (base.startswith(("при", "за")) and base.endswith(("ье", "ие")))) and word[:1].isupper()


def alike(a: str, b: str) -> bool:
    """Whether two lemmas are of one root, as far as their beginnings tell."""
    if a == b:
        return True
    shorter = min(len(a), len(b))
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), shorter)
    return common >= 4 and (common / shorter >= 0.7 or shorter - common <= 2)  # плёнка, плёночный


IMPLIED = ("промышленность", "строительство")


def shortened(word: str, full: Iterable[str], implied: Iterable[str] = IMPLIED) -> bool:
    """Whether a word is made of the beginnings of others: техсуверенитет, судпром, минпромторг."""
    rest, used = word, 0
    for other in (*full, *implied):
        take = next((n for n in range(min(len(rest), len(other)), 2, -1) if rest[:n] == other[:n]), 0)
        if take:
            rest, used = rest[take:], used + 1
    return used >= 2 and len(rest) <= 3


def initials(text: str) -> str:
    """The first letters of the words, as an acronym has them: Камский насосный завод -> КНЗ."""
    return "".join(w[0] for w in WORD.findall(text) if not is_function_word(w)).upper()


def guillemets(text: str) -> str:
    """The text with all its quotation marks as «»; positions stay."""
    return re.sub(r'(?<![\w.!?»])"(?=\w)', "«", text.translate(QUOTES)).replace('"', "»")


def quoted(text: str) -> list[str]:
    """Names in quotation marks; of nested ones the innermost: «УК «Технопарк «Сухона» -> Сухона."""
    pieces = re.split(r"([«»])", guillemets(text))
    opened = [i for i, p in enumerate(pieces) if p == "«"]
    return [pieces[i + 1].strip() for i in opened if i + 2 not in opened and pieces[i + 1].strip()]


def proper(text: str) -> str:
    """A proper name in the form in which it is compared: lemmas in order."""
    return " ".join(lemma(w) for w in WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Name:
    """A name by parts. Words are lemmas."""

    quoted: tuple[str, ...]  # proper names
    words: tuple[str, ...]  # distinctive words
    acronyms: tuple[str, ...]
    places: tuple[str, ...]
    people: tuple[str, ...]  # after whom it is called: хартия Ракитянского
    initials: tuple[str, ...]  # of the whole name and of its distinctive tail

    @property
    def tells(self) -> bool:
        """Whether it says more than what kind of thing is where."""
        return bool(self.quoted or self.words or self.acronyms)


@lru_cache(maxsize=50_000)
def name(text: str) -> Name:
    """Take a name apart."""
    marked = guillemets(text)
    names = tuple(dict.fromkeys(proper(q) for q in quoted(marked)))
    bare = re.sub(r"«[^»]*(?:«[^»]*»?)*»?", " ", marked)
    tokens = [w for w in WORD.findall(bare) if not is_function_word(w)]
    after = re.findall(r"\s(?:в|во|под|на|близ)\s+([А-ЯЁ][\w-]+)", bare)  # технопарк в Строителе
    if len(tokens) > 1 and not names and marked[:1].isupper() and not any(lemma(w) in dull() for w in tokens):
        return Name((proper(text),), (), (), (), (), ())  # a proper name that lost its quotation marks
    words, acronyms, places, people, letters = [], [], [], [], []
    for i, token in enumerate(tokens):
        base = lemma(token)
        if base not in dull() or token.isupper():
            letters.append(token[0].upper())
        if token.isdigit() or base in dull() or len(token) < 3:
            continue
        if ACRONYM.fullmatch(token):
            acronyms.append(token)
            words += [_synonyms()[base]] if base in _synonyms() else []
        elif len(tokens) == 1 and token[:1].isupper() and not names:
            names = (base,)
        elif i and token[:1].isupper() and (i == 1 == len(tokens) - 1 or not is_place(token)) and _eponym(token):
            people.append(base[:6])
        elif is_place(token) or token in after:
            places.append(base)
        elif part_of_speech(token) not in DEEDS:
            words.append(_synonyms().get(base, base))
    return Name(
        names,
        tuple(dict.fromkeys(words)),
        tuple(dict.fromkeys(acronyms)),
        tuple(dict.fromkeys(places)),
        tuple(dict.fromkeys(people)),
        tuple(dict.fromkeys(i for i in (initials(bare), "".join(letters)) if len(i) > 1)),
    )


def _eponym(token: str) -> bool:
    """Whether a capitalised word in the genitive is a surname: хартия Ракитянского."""
    return _parse(token.lower())[3] or bool(re.fullmatch(r"[А-ЯЁ][а-яё]+(?:ова|ева|ёва|ина|ына|[сц]кого)", token))


def likeness(a: Name, b: Name) -> tuple[float, str]:
    """How surely two names are of one bearer, 0 to 1, and the words that say so. Symmetric."""
    if a.quoted and b.quoted:
        twin = next((x for x in a.quoted for y in b.quoted if fuzz.ratio(x, y) >= 90), None)
        return (0.97, f"«{twin}»") if twin else (0.0, "")
    for one, other in ((a, b), (b, a)):
        for letters in one.acronyms:
            if letters in other.acronyms or letters in other.initials:
                return 0.93, letters
        if one.quoted and not other.quoted:
            twin = next((w for q in one.quoted for w in (*other.words, *other.places) if _inflected(q, w)), None)
            if twin:
                return 0.9, twin
        if one.words and other.words and len(one.words) == 1 and shortened(one.words[0], other.words):
            return 0.9, f"{one.words[0]} = {' '.join(other.words)}"
    return _overlap(a.words, b.words)


def _inflected(a: str, b: str) -> bool:
    """Whether one is the other but for its ending: заокская, заокский; обнинск, обнинский."""
    return a[:5] == b[:5] and len(a) > 4 and alike(a, b) and abs(len(a) - len(b)) <= 4


def _overlap(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[float, str]:
    """Of distinctive words: those of one name cover the other's, or most are common."""
    rest, common = list(b), []
    for word in a:
        twin = next((o for o in rest if alike(word, o)), None)
        if twin is not None:
            rest.remove(twin)
            common.append(word)
    if not common:
        return 0.0, ""
    union = len(a) + len(b) - len(common)
    jaccard, cover = len(common) / union, len(common) / min(len(a), len(b))
    longer = max(a, b, key=len)
    telling = len(common) > 1 or any(alike(common[0], w) for w in (longer[0], longer[-1]))
    score = (
        0.95 if jaccard == 1 else 0.6 + 0.3 * jaccard if telling and (cover == 1 or jaccard >= 0.5) else 0.6 * jaccard
    )
    return score, ", ".join(common)


def surname(person: str) -> str:
    """The beginning of a person's surname: the last word of a name that is no initial or patronymic."""
    words = [w for w in WORD.findall(person) if len(w) > 1]
    words = [w for w in words if not (len(words) > 1 and re.search(r"(?:вич|вна|ична|оглы|кызы)[а-я]{0,3}$", w))]
    return lemma(words[-1])[:6] if words else ""
