"""From the case a phrase stands in to the nominative: «губернатором Омской области Виталием Хоценко» →
«губернатор Омской области Виталий Хоценко». Complements of the head («Омской области») stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from nlp import morphology
from nlp.morphology import CASES, Case, Tag
from nlp.surnames import is_name, may_be_surname, name_form

PIECE = re.compile(
    r"(?P<quote>«[^»]*»*|\"[^\"]*\"|“[^”]*”|„[^“”]*[“”])"
    r"|(?P<short>\b(?:вр\.?\s?)?и\.?\s?о\.?(?=\s)|\b[А-ЯЁ]\.)"
    r"|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)"
    r"|(?P<dash>\s[-–—]\s)|(?P<comma>,)|(?P<gap>\s+)|(?P<other>.)",
    re.DOTALL,
)
ADJECTIVAL = ("ADJF", "PRTF")
ATTRIBUTES = (*ADJECTIVAL, "ADVB")
GOVERNED: dict[str, frozenset[str]] = {
    word: frozenset(cases.split())
    for words, cases in {
        "о об обо при": "loct",
        "в во на": "loct accs",
        "по к ко согласно благодаря": "datv loct accs",
        "с со": "ablt gent accs",
        "между над перед под за": "ablt accs",
        "для от до из у без около после против среди вокруг вместо имени": "gent",
        "про через": "accs",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of pieces in one case: the pieces to replace and what by."""

    case: Case
    score: float
    forms: tuple[tuple[int, str], ...]  # (index of the piece, its nominative)
    animate: bool = False
    number: str = "sing"
    gender: str | None = None
    stop: int = 0  # index after the last piece


@dataclass(frozen=True, slots=True)
class Piece:
    kind: str
    text: str

    @property
    def capital(self) -> bool:
        return self.kind == "word" and self.text[0].isupper()


@lru_cache(maxsize=20_000)
def to_nominative(phrase: str, case: Case | None = None) -> str:
    """The noun phrase in the nominative, its number kept; `case` says which case it stands in, where known.

    Words in quotation marks, complements and what follows a preposition stay as they are. A phrase that may be
    a singular nominative already, or that starts with no noun, is returned as it is.

    >>> to_nominative("хартию технологического суверенитета")
    'хартия технологического суверенитета'
    >>> to_nominative("временно исполняющего обязанности губернатора Дмитрия Демешина")
    'временно исполняющий обязанности губернатора Дмитрий Демешин'
    """
    pieces = [Piece(str(match.lastgroup), match[0]) for match in PIECE.finditer(phrase)]
    head = _best(_head(pieces, 0), pieces, case)
    if head is None or head.case == "nomn":
        return phrase
    forms = dict(head.forms)
    forms.update(_following(pieces, head))
    return "".join(like(piece.text, forms[i]) if i in forms else piece.text for i, piece in enumerate(pieces))


def cases(phrase: str) -> frozenset[Case]:
    """The cases in which the phrase's head, with its attributes, may stand; none where it has no noun.

    >>> sorted(cases("соглашением о сотрудничестве"))
    ['ablt']
    """
    pieces = [Piece(str(match.lastgroup), match[0]) for match in PIECE.finditer(phrase)]
    return frozenset(reading.case for reading in _head(pieces, 0))


def _best(readings: list[Reading], pieces: list[Piece], case: Case | None) -> Reading | None:
    """The likeliest reading of the head, a name further on considered."""
    if case is not None:
        readings = [reading for reading in readings if reading.case == case] or readings
    if not readings:
        return None
    names: list[Reading] = []
    if any(reading.animate for reading in readings):
        names = _first_name(pieces, max(reading.stop for reading in readings))

    def likelihood(reading: Reading) -> float:
        agreement = 1.0
        if names:
            agreement = max((n.score for n in names if n.case == reading.case), default=0.001)
        return reading.score * agreement

    best = max(readings, key=likelihood)
    for reading in readings:
        if reading.case == "nomn" and reading.number == "sing" and likelihood(reading) > 0.1 * likelihood(best):
            return reading
    return best


def _head(pieces: list[Piece], start: int) -> list[Reading]:
    """Readings of the noun group (or name) that begins at `start`."""
    while start < len(pieces) and pieces[start].kind in ("gap", "other"):
        start += 1
    if start >= len(pieces):
        return []
    if pieces[start].kind == "short" and not pieces[start].text[0].isupper():  # и.о.: any case
        return [Reading(case, 1.0, (), True, stop=start + 1) for case in CASES]
    return _name(pieces, start) or _noun_group(pieces, start)


def _noun_group(pieces: list[Piece], start: int) -> list[Reading]:
    """Attributes and the noun they agree with, in each case possible."""
    words: list[int] = []
    index = start
    while index < len(pieces):
        piece = pieces[index]
        if piece.kind == "gap":
            index += 1
            continue
        if piece.kind != "word" or piece.text.lower() in GOVERNED:
            break
        words.append(index)
        if sum(tag.score for tag in morphology.tags(piece.text) if tag.pos in ATTRIBUTES) < 0.15:
            break
        index += 1
    while words:  # the longest group whose last word is a noun that the others agree with
        readings = _agreeing(pieces, words, ("NOUN",)) or _agreeing(pieces, words, ADJECTIVAL)
        if readings:
            return readings
        words.pop()
    return []


def _agreeing(pieces: list[Piece], words: list[int], heads: tuple[str, ...]) -> list[Reading]:
    *attributes, noun = words
    best: dict[str, Reading] = {}
    for tag in morphology.tags(pieces[noun].text):
        if tag.pos not in heads or tag.case is None or (tag.gender == "neut" and tag.pos != "NOUN"):
            continue
        score = tag.score * (1.2 if tag.number == "sing" else 1.0)
        chosen = [(noun, tag.place)]
        for index in attributes:
            agreed = _attribute(pieces[index].text, tag)
            if agreed is None:
                break
            score *= agreed.score
            chosen.append((index, agreed.place))
        else:
            if tag.case not in best or score > best[tag.case].score:
                best[tag.case] = Reading(
                    cast(Case, tag.case),
                    score,
                    tuple((i, _form(pieces[i].text, place)) for i, place in chosen),
                    tag.animacy == "anim" or tag.fixed,
                    tag.number or "sing",
                    tag.gender,
                    noun + 1,
                )
    return [best[case] for case in CASES if case in best]


def _attribute(word: str, noun: Tag) -> Tag | None:
    """How an adjective or participle agrees with the noun; adverbs agree always."""
    for tag in morphology.tags(word):
        if tag.pos == "ADVB":
            return tag
        if tag.pos not in ADJECTIVAL or tag.case != noun.case or tag.number != noun.number:
            continue
        if tag.number == "sing" and noun.gender and tag.gender != noun.gender:
            continue
        if noun.case == "accs" and tag.animacy and tag.animacy != noun.animacy:
            continue
        return tag
    return None


def _form(word: str, place: int) -> str:
    return word if morphology.tags(word)[place].pos == "ADVB" else morphology.nominative_at(word, place)


def _following(pieces: list[Piece], head: Reading) -> dict[int, str]:
    """Nominatives of what stands in the head's case after it: names, appositions, coordinated nouns, participles."""
    forms: dict[int, str] = {}
    taken: set[str] = {"gent"}  # cases that words after the head may have for another reason
    apposition = prepositional = False
    index = _coordinated(pieces, head, forms)
    while index < len(pieces):
        piece = pieces[index]
        if piece.kind in ("dash", "comma"):
            apposition = piece.kind == "dash"
            participle = piece.kind == "comma" and _participle(pieces, index + 1, head)
            if participle:
                forms[participle[0]] = participle[1]
                return forms
        elif piece.kind == "word":
            if piece.text.lower() in GOVERNED:
                taken |= GOVERNED[piece.text.lower()]
                prepositional = True
                index += 1
                continue
            names = _name(pieces, index) if piece.capital else []
            group = names or _noun_group(pieces, index)
            reading = next((r for r in group if r.case == head.case), None)
            if reading:
                possible = {r.case for r in group}
                agrees = bool(names) and head.animate and not prepositional
                if agrees or apposition or not possible & taken:
                    forms.update(reading.forms)
                    apposition = False
            if group:
                index = max(index + 1, max(r.stop for r in group))
                continue
        index += 1
    return forms


def _coordinated(pieces: list[Piece], head: Reading, forms: dict[int, str]) -> int:
    """«парков и технопарков»: nouns joined to the head before any complement; gives the index after them."""
    index = head.stop
    while True:
        following = index
        joined = False
        while following < len(pieces) and (pieces[following].kind in ("gap", "comma") or pieces[following].text == "и"):
            joined |= pieces[following].kind != "gap"
            following += 1
        if not joined or following == len(pieces) or pieces[following].kind != "word":
            return index
        reading = next((r for r in _noun_group(pieces, following) if r.case == head.case), None)
        if reading is None:
            return index
        forms.update(reading.forms)
        index = reading.stop


def _participle(pieces: list[Piece], index: int, head: Reading) -> tuple[int, str] | None:
    """«хартию, направленную на…»: the participle after the comma, if it agrees with the head."""
    while index < len(pieces) and pieces[index].kind == "gap":
        index += 1
    if index < len(pieces) and pieces[index].kind == "word":
        for tag in morphology.tags(pieces[index].text):
            agrees = tag.number == head.number and (tag.number == "plur" or tag.gender == head.gender)
            if tag.pos == "PRTF" and tag.case == head.case and agrees:
                return index, morphology.nominative_at(pieces[index].text, tag.place)
    return None


def _first_name(pieces: list[Piece], start: int) -> list[Reading]:
    """Readings of the first person's name after the head, unless a preposition or comma stands before."""
    for index in range(start, len(pieces)):
        piece = pieces[index]
        if piece.kind == "comma" or (piece.kind == "word" and piece.text.lower() in GOVERNED):
            break
        if piece.capital:
            names = _name(pieces, index)
            if names:
                return names
    return []


def _name(pieces: list[Piece], start: int) -> list[Reading]:
    """Readings of a person's name at `start`: capitalised words, one of which at least is a name by dictionary."""
    words: list[int] = []
    index, known = start, False
    while index < len(pieces) and len(words) < 4:
        piece = pieces[index]
        if piece.capital:
            name = is_name(piece.text)
            if not known and not name and (words or not may_be_surname(piece.text)):
                break
            known = known or name
            words.append(index)
        elif piece.kind not in ("gap", "short") or (piece.kind == "short" and not piece.text[0].isupper()):
            break
        index += 1
    if not known:
        return []
    readings = []
    for case in CASES:
        best: Reading | None = None
        for gender in ("masc", "femn"):
            forms = [(i, name_form(pieces[i].text, case, gender)) for i in words]
            if all(form for _, form in forms):
                score = 1.0
                for _, form in forms:
                    score *= form[0] if form else 0
                reading = Reading(
                    case, score, tuple((i, f[1]) for i, f in forms if f), True, gender=gender, stop=words[-1] + 1
                )
                if best is None or reading.score > best.score:
                    best = reading
        if best:
            readings.append(best)
    return readings


def like(original: str, form: str) -> str:
    """`form` with the capitals of `original`, and without a ё that the original has as е."""
    letters = [
        "е" if letter == "ё" and index < len(original) and original[index] in "еЕ" else letter
        for index, letter in enumerate(form)
    ]
    if original.isupper() and len(original) > 1:
        return "".join(letters).upper()
    parts = "".join(letters).split("-")
    models = original.split("-")
    return "-".join(
        part[:1].upper() + part[1:] if i < len(models) and models[i][:1].isupper() else part
        for i, part in enumerate(parts)
    )
