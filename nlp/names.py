"""Names of people: found, taken apart, put into the nominative, and told which are one person's.

«Натальей Комаровой» -> Наталья Комарова; «М. В. Медведев», «Медведев М.В.» -> М. В. Медведев; «Хоценко», «Черных»
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nlp.inflection import like
from nlp.morphology import CASES, Case, analyzer, parses
from nlp.phrases import Frame
from nlp.surnames import may_be_surname, name_form

UNKNOWN = 0.02  # likelihood of a form that only its ending speaks for
UNLIKELY = 25.0  # a reading so many times less likely than the best is none
NAMESAKES = 20  # people of one surname that a mention is compared with, at most
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
ENDINGS = (
    "ого",
    "ому",
    "ыми",
    "ими",
    "ую",
    "ой",
    "ей",
    "ый",
    "ий",
    "ым",
    "им",
    "ом",
    "ем",
    "ая",
    "а",
    "я",
    "у",
    "ю",
    "е",
    "ы",
    "и",
    "ь",
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
            name = _taken_apart(frame, first, last)
            if name:
                found.append(name)
                i = max(i, last)
    return found


def known_surnames(names: Iterable[Name]) -> frozenset[str]:
    """Stems of the surnames of those who are named with a first name or initials too."""
    return frozenset(stem(name.surname) for name in names if name.surname and name.given and " " not in name.surname)


def with_surnames(frame: Frame, names: list[Name], known: frozenset[str]) -> list[Name]:
    """The names, and those bare surnames of people named elsewhere in full that the network did not see."""
    if not known:
        return names
    taken = {k for name in names for k in range(name.first, name.last)}
    found = []
    for i, token in enumerate(frame.tokens):
        if token.text[0].isupper() and i not in taken and frame.labels[i] != "PER" and (i - 1) not in frame.quotes:
            text = token.text
            if stem(text) in known and frame.entity_end(i) == i + 1 and may_be_surname(text) and _is_surname(text):
                name = _taken_apart(frame, i, i + 1)
                if name:
                    found.append(name)
    return sorted([*names, *found], key=lambda name: name.first) if found else names


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


def _taken_apart(frame: Frame, first: int, last: int) -> Name | None:
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
        if patronymic or (is_first_name(rest[0]) and not _is_surname(rest[0])):
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
def _is_surname(word: str) -> bool:
    return any("Surn" in p.tag for p in parses(word)[:2])


class Reading(NamedTuple):
    """A name read in one case and gender, with its words in the nominative."""

    score: float
    case: Case
    words: tuple[str, ...]


@lru_cache(maxsize=20_000)
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


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A surname without its case ending, so that its forms compare equal."""
    lower = word.lower().replace("ё", "е")
    for ending in ENDINGS:
        if lower.endswith(ending) and len(lower) - len(ending) >= 2:
            return lower[: -len(ending)]
    return lower


@lru_cache(maxsize=20_000)
def given_stem(word: str) -> str:
    """The same of a first name: by its lemma where the dictionary has it."""
    lemma = next((p.normal_form for p in parses(word)[:4] if "Name" in p.tag), word)
    return stem(lemma)


def compatible(a: Name, b: Name) -> bool:
    """Whether two mentions may be of one person: surnames and first names that do not contradict one another."""
    if a.surname and b.surname:
        if stem(a.surname.rpartition(" ")[2]) != stem(b.surname.rpartition(" ")[2]):
            return False
    elif not (a.given and b.given and a.patronymic) and not (a.given and b.given and b.patronymic):
        return bool(
            a.given and b.given and given_stem(a.given) == given_stem(b.given) and not (a.surname and b.surname)
        )
    if a.given and b.given:
        if a.given.endswith(".") or b.given.endswith("."):
            if a.given[0] != b.given[0]:
                return False
        elif given_stem(a.given) != given_stem(b.given):
            return False
    return not (a.patronymic and b.patronymic and stem(a.patronymic) != stem(b.patronymic))


def merge(names: list[Name]) -> list[int]:
    """For each mention, which person it is of: the index of that person's first mention in `people` order.

    Fuller mentions come first, so that a bare surname joins the nearest full name it fits.
    """
    owner = [-1] * len(names)
    people: list[list[int]] = []
    by_stem: dict[str, list[int]] = {}
    order = sorted(range(len(names)), key=lambda k: (-fullness(names[k]), k))
    for k in order:
        name = names[k]
        keys = {stem(name.surname.rpartition(" ")[2])} if name.surname else set()
        if name.given and not name.given.endswith("."):
            keys.add(given_stem(name.given) + "*")
        candidates = {p for key in keys for p in by_stem.get(key, [])[-NAMESAKES:]}
        fitting = [p for p in candidates if all(compatible(name, names[m]) for m in people[p][:4])]
        if fitting:
            p = min(fitting, key=lambda p: min(abs(names[m].start - name.start) for m in people[p][:8]))
            people[p].append(k)
        else:
            p = len(people)
            people.append([k])
        owner[k] = p
        for key in keys:
            if p not in by_stem.setdefault(key, []):
                by_stem[key].append(p)
    return owner


def fullness(name: Name) -> int:
    """How much of a name a mention gives: a surname before all, then a first name in full, an initial, a patronymic."""
    given = 0 if not name.given else 1 if name.given.endswith(".") else 3
    return 4 * bool(name.surname) + given + bool(name.patronymic)


def likely_case(name: Name, mentions: list[Name], *, governed: bool) -> Case | None:
    """The case of a name that may be a woman's in the nominative or a man's in another case, by its other mentions.

    «Александра Дюкова» is a man's if «Дюков» or «Дюкову» is said too, or if it is `governed`.
    """
    if not {"nomn", "gent"} <= name.cases or "ablt" in name.cases:
        return None
    surname = name.surname.lower()
    for other in mentions if surname else ():
        form = other.surname.lower()
        if form in (surname[:-1], surname[:-1] + "у", surname[:-1] + "ым", surname[:-1] + "е"):
            return "gent"
        if form == surname[:-1] + "ой":
            return "nomn"
    return "gent" if governed else None
