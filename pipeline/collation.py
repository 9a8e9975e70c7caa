"""What lists of names are sorted by: a key whose code points stand in the order of a Russian reader's directory.

It is stored, since SQLite knows no Russian order and PostgreSQL's depends on how the database was made. Case does not
count, nor do quotation marks; ё stands beside е, and a short surname before those that it begins.
"""

from __future__ import annotations

from pipeline.resolve.people import parse
from pipeline.resolve.words import WORD


def person_key(name: str) -> str:
    """By surname, then by given name and patronymic."""
    parts = parse(name)
    return " ".join(filter(None, (parts["surname"], parts["given"], parts["patronymic"]))) or name.lower()


def organization_key(name: str) -> str:
    """By the words of the name."""
    return folded(name)


def folded(text: str) -> str:
    """The words of a text as they stand in keys, so that «ФЕДОРОВ» finds Фёдорова."""
    return " ".join(_plain(word) for word in WORD.findall(text)) or text.lower()


def surname_first(name: str) -> str:
    """A person's name as a directory has it: «Ракитянский Виктор Петрович»."""
    words = name.split()
    surname = parse(name)["surname"]
    at = next((n for n, word in enumerate(words) if _plain(word) == surname), 0)
    return " ".join((*words[at : at + 1], *words[:at], *words[at + 1 :]))


def _plain(word: str) -> str:
    return word.lower().replace("ё", "е")
