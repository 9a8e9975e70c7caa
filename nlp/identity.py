"""Who is who: which mentions of a name are of one person, and which form of the name is theirs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from nlp.morphology import Case, parses
from nlp.names import Name, is_surname, taken_apart
from nlp.phrases import Frame
from nlp.surnames import may_be_surname

NAMESAKES = 20  # people of one surname that a mention is compared with, at most
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
            if stem(text) in known and frame.entity_end(i) == i + 1 and may_be_surname(text) and is_surname(text):
                name = taken_apart(frame, i, i + 1)
                if name:
                    found.append(name)
    return sorted([*names, *found], key=lambda name: name.first) if found else names
