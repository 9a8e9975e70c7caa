"""Names of people: found, taken apart, put into the nominative, and told which are one person's.

«Натальей Комаровой» -> Наталья Комарова; «М. В. Медведев», «Медведев М.В.» -> М. В. Медведев; «Хоценко», «Черных»
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nlp.inflection import like
from nlp.morphology import CASES, Case, analyzer, parses
from nlp.phrases import Frame
from nlp.surnames import name_form

UNKNOWN = 0.02  # likelihood of a form that only its ending speaks for
UNLIKELY = 25.0  # a reading so many times less likely than the best is none
PARTICLES = frozenset({"аль", "фон", "де", "ван", "ибн", "бен", "да", "ди", "дер", "ла", "оглы", "кызы", "эль"})
PATRONYMICS = (
    "вич",
    "вна",
    "чна",
    "вича",
    "вичу",
    "вичем",
    "виче",
    "вны",
    "вне",
    "вну",
    "вной",
    "чны",
    "чной",
    "чне",
    "чну",
)


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a person's name, tokens [first, last) of its sentence."""

    first: int
    last: int
    start: int
    stop: int
    surname: str  # as in the text; "" where only a first name and patronymic are given
    given: str  # first name as in the text, or an initial with its dot, or ""
    patronymic: str
    words: tuple[str, ...]  # in the order of the text, initials with dots
    cases: frozenset[Case]  # in which the name may stand
    governed: bool = False  # a noun or a preposition stands right before

    def nominative(self, case: Case | None = None) -> str:
        """Given name first, surname last."""
        return " ".join(_reordered(self, nominative_name(self.words, case)))


def read_names(frame: Frame) -> list[Name]:
    """The names of people in one sentence, left to right."""
    found: list[Name] = []
    tokens, n, i = frame.tokens, len(frame.tokens), 0
    while i < n:
        if frame.labels[i] == "PER":
            first, last = _trimmed(frame, i, frame.entity_end(i))
            i = frame.entity_end(i)
        elif "Name" in tokens[i].tag and _unseen(frame, i):
            first, last = i, i + 2
            i += 2
        else:
            i += 1
            continue
        if first < last:
            first, last = _with_initials(frame, first, last)
            name = taken_apart(frame, first, last)
            if name:
                found.append(name)
                i = max(i, last)
    return found


def _unseen(frame: Frame, i: int) -> bool:
    """A first name of the dictionary and a surname, which the network did not see."""
    tokens = frame.tokens
    if i + 1 >= len(tokens) or frame.labels[i] in ("ORG", "LOC") or not tokens[i].text[0].isupper():
        return False
    following = tokens[i + 1]
    return (
        following.text[0].isupper()
        and not following.text.isupper()
        and frame.labels[i + 1] == ""
        and any("Surn" in p.tag for p in parses(following.text)[:3])
    )


def _trimmed(frame: Frame, first: int, last: int) -> tuple[int, int]:
    """An entity without what is no part of a name: a verb before it, marks around it."""
    tokens = frame.tokens
    last = next((k for k in range(first + 1, last) if tokens[k].text in "()[],;:«»"), last)
    while first < last and (
        not tokens[first].text[0].isalpha()
        or (tokens[first].text.islower() and tokens[first].text not in PARTICLES)
        or (last - first > 2 and parses(tokens[first].text)[0].tag.POS in ("VERB", "PREP"))
    ):
        first += 1
    while last > first and not tokens[last - 1].text[0].isalpha() and tokens[last - 1].text != ".":
        last -= 1
    if last > first and tokens[last - 1].text == "." and not (last - first > 1 and len(tokens[last - 2].text) == 1):
        last -= 1
    return first, last


def _with_initials(frame: Frame, first: int, last: int) -> tuple[int, int]:
    """The entity with the initials, and the surname or patronymic, that the network left outside."""
    tokens, n = frame.tokens, len(frame.tokens)
    while first >= 2 and tokens[first - 1].text == "." and _initial(tokens[first - 2].text):
        first -= 2
    while last + 1 < n and _initial(tokens[last].text) and tokens[last + 1].text == ".":
        last += 2
    if last < n and last - first == 1 and frame.labels[last] == "":
        text = tokens[last].text
        if text.istitle() and any("Surn" in p.tag or "Patr" in p.tag for p in parses(text)[:2]):
            last += 1
    return first, last


def _initial(text: str) -> bool:
    return len(text) == 1 and text.isupper() and text.isalpha()


def taken_apart(frame: Frame, first: int, last: int) -> Name | None:
    """The name that stands in tokens [first, last), if one does."""
    tokens = frame.tokens
    words: list[str] = []
    for k in range(first, last):
        text = tokens[k].text
        if text == ".":
            if words and _initial(words[-1]):
                words[-1] += "."
        elif words and (words[-1][-1] in "-’'" or (text in ("-", "’", "'") and k + 1 < last)):
            words[-1] += text
        elif text[0].isalpha():
            words.append(text.capitalize() if text.isupper() and len(text) > 1 and text.isalpha() else text)
    if not words or not any(len(w) > 2 for w in words):
        return None
    initials = [w for w in words if w.endswith(".")]
    full = [w for w in words if not w.endswith(".")]
    patronymic = next((w for w in full if is_patronymic(w)), "")
    given, surname = _split(full, patronymic, bool(initials))
    if initials and not given:
        given = initials[0]
    return Name(
        first,
        last,
        tokens[first].start,
        tokens[last - 1].stop,
        surname,
        given,
        patronymic,
        tuple(words),
        name_cases(tuple(full)),
        first > 0 and _governs(frame, first - 1),
    )


def _governs(frame: Frame, i: int) -> bool:
    """Whether the word before a name keeps it from the nominative.

    A preposition, «подпись …», «губернатора …», or a verb that does not agree with a woman: «назначил Виталия …».
    """
    token, word = frame.tokens[i], frame.word(i)
    if token.pos == "VERB":
        return ("masc" in token.tag or "plur" in token.tag) and not token.text.endswith(("ся", "сь"))
    if token.pos == "NOUN" and token.text.islower():
        return not word.animate or "nomn" not in word.cases
    return token.pos == "PREP"


def _split(full: list[str], patronymic: str, initials: bool) -> tuple[str, str]:
    """(first name, surname) of the words that are not initials."""
    rest = [w for w in full if w != patronymic]
    if initials or not rest:
        return "", " ".join(rest)
    if len(rest) == 1:
        if patronymic or (is_first_name(rest[0]) and not is_surname(rest[0])):
            return rest[0], ""
        return "", rest[0]
    if is_first_name(rest[-1]) and not is_first_name(rest[0]):
        return rest[-1], " ".join(rest[:-1])
    return rest[0], " ".join(rest[1:])


def _reordered(name: Name, words: tuple[str, ...]) -> tuple[str, ...]:
    """«Хоценко Виталий Павлович», «Медведев М. В.» -> given name or initials first."""
    if len(words) < 2 or len(words) != len(name.words):
        return words
    last = name.words[-1]
    surname_first = name.words[0] == name.surname and (last.endswith(".") or last in (name.patronymic, name.given))
    return (*words[1:], words[0]) if surname_first and (last.endswith(".") or is_first_name(name.given)) else words


@lru_cache(maxsize=20_000)
def is_patronymic(word: str) -> bool:
    return word.lower().endswith(PATRONYMICS) and any("Patr" in p.tag for p in parses(word)[:3])


@lru_cache(maxsize=20_000)
def is_first_name(word: str) -> bool:
    return analyzer().word_is_known(word.lower()) and any("Name" in p.tag for p in parses(word)[:4])


@lru_cache(maxsize=20_000)
def is_surname(word: str) -> bool:
    return any("Surn" in p.tag for p in parses(word)[:2])


class Reading(NamedTuple):
    """A name read in one case and gender, with its words in the nominative."""

    score: float
    case: Case
    words: tuple[str, ...]


@lru_cache(maxsize=4_000)
def readings(words: tuple[str, ...]) -> tuple[Reading, ...]:
    """The ways to read a name, likeliest first; unlikely ones are left out. Initials stand in any case."""
    found = []
    for case in CASES:
        for gender in ("masc", "femn"):
            score, forms = 1.0, []
            for text in words:
                if text.endswith(".") or text in PARTICLES:
                    forms.append(text)
                    continue
                form = name_form(text, case, gender)
                if form is None or (form[0] <= UNKNOWN and is_first_name(text)):
                    break
                score *= form[0]
                forms.append(like(text, form[1]))
            else:
                found.append(Reading(score, case, tuple(forms)))
    found.sort(key=lambda reading: -reading.score)
    return tuple(reading for reading in found if reading.score * UNLIKELY >= found[0].score)


def name_cases(words: tuple[str, ...]) -> frozenset[Case]:
    """The cases in which a name may stand; all where it is unknown."""
    return frozenset(reading.case for reading in readings(words)) or frozenset(CASES)


def nominative_name(words: tuple[str, ...], case: Case | None) -> tuple[str, ...]:
    """The words in the nominative: read in `case` if they can be, else as a nominative, else as is likeliest."""
    found = readings(words)
    for wanted in (case, "nomn"):
        for reading in found:
            if reading.case == wanted:
                return reading.words
    return found[0].words if found else words
