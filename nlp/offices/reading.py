"""The offices of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from nlp.agreement import NOTHING
from nlp.morphology import CASES, Case
from nlp.offices.governed import governed
from nlp.offices.lexicon import ACTING, INSTRUMENTAL, POINTERS, kind_of, office_lemma
from nlp.organisations import OrganisationMention
from nlp.phrases import Frame, agreeing_left


@dataclass(frozen=True, slots=True)
class Office:
    """An office as tokens of its frame; all ends are exclusive."""

    first: int
    head: int
    core_first: int  # without adjectives of place («французский») and the acting prefix
    core_last: int  # without where it is held
    where: tuple[int, int] | None
    last: int
    lemma: str  # of the head noun
    kind: str
    cases: frozenset[Case]
    plural: bool
    plural_cases: frozenset[Case]  # «главы» is one head's genitive and several heads' nominative
    acting: bool
    organisation: OrganisationMention | None  # where it is held, if that is one


def find_offices(frame: Frame, organisations: list[OrganisationMention]) -> list[Office]:
    """The offices named in one sentence, left to right; they do not overlap."""
    starts = {mention.start: mention for mention in organisations}
    found: list[Office] = []
    taken = 0
    for i in [k for k, token in enumerate(frame.tokens) if office_lemma(token.text)]:
        if i < taken or frame.labels[i] == "PER" or _no_office(frame, i):
            continue
        office = _read(frame, i, office_lemma(frame.tokens[i].text), taken, starts)
        if office:
            found.append(office)
            taken = max(office.last, i + 1)
    return found


def _no_office(frame: Frame, i: int) -> bool:
    """A word that looks like an office: a preposition («после»), part of a quoted name, «кандидат в президенты»."""
    tokens = frame.tokens
    if tokens[i].pos == "PREP" or frame.word(i) is NOTHING:
        return True
    if i + 1 < len(tokens) and frame.word(i).adjectives and office_lemma(tokens[i + 1].text):
        return True  # «управляющий директор»
    if i == 0:
        return False
    if (i - 1) in frame.quotes and frame.quotes[i - 1] - i <= 4:
        return True
    return tokens[i - 1].text in ("в", "из") and all(slot.number == "plur" for slot in frame.word(i).nouns)


def _read(frame: Frame, h: int, lemma: str, taken: int, starts: dict[int, OrganisationMention]) -> Office | None:
    tokens = frame.tokens
    word = frame.word(h)
    if word.verb and not word.animate:
        return None
    first, slots = agreeing_left(frame, h, taken)
    for k in range(h - 1, first - 1, -1):
        if tokens[k].lemma in POINTERS:
            first = k + 1
            break
    core_first = first
    while core_first < h and (_of_place(tokens[core_first].lemma) or tokens[core_first].lemma in ("бывший", "первый")):
        if tokens[core_first].lemma == "первый" and kind_of(lemma) != "ruler":
            break
        core_first += 1
    core_last, where, last, organisation = governed(frame, h, "ablt" if lemma in INSTRUMENTAL else "gent", starts)
    local = kind_of(lemma) != "trade"  # a German director works anywhere, the German chancellor in Germany
    if where is None and local and core_first > first and _of_place(tokens[core_first - 1].lemma):
        where = (core_first - 1, core_first)
    plural = bool(slots) and all(slot.number == "plur" for slot in slots)
    number = "plur" if plural else "sing"
    cases = frozenset(CASES) if word.fixed else frozenset(slot.case for slot in slots if slot.number == number)
    plural_cases = frozenset(slot.case for slot in slots if slot.number == "plur")
    start = _acting(frame, first, taken)
    acting = start < first
    if acting:
        cases, core_first, first = _acting_cases(frame, start), start, start
    return Office(
        first,
        h,
        core_first,
        core_last,
        where,
        last,
        lemma,
        kind_of(lemma),
        cases,
        plural,
        plural_cases,
        acting,
        organisation,
    )


@lru_cache(maxsize=10_000)
def _of_place(lemma: str) -> bool:
    return lemma.endswith(("ский", "цкий")) and not lemma.endswith(("ческий", "морской", "городской"))


def _acting(frame: Frame, first: int, taken: int) -> int:
    """Index of the first token of «временно исполняющий обязанности» and its like before token `first`."""
    if first == taken:
        return first
    tokens = frame.tokens
    least = max(taken, first - 6)
    before = frame.source[tokens[least].start : tokens[first].start]
    match = ACTING.search(before)
    if not match:
        return first
    offset = tokens[least].start + match.start()
    return next(k for k in range(least, first) if tokens[k].start >= offset)


def _acting_cases(frame: Frame, first: int) -> frozenset[Case]:
    """The case of the participle; of an abbreviation, any."""
    for k in (first, first + 1):
        slots = frame.word(k).adjectives
        if slots:
            return frozenset(slot.case for slot in slots)
    return frozenset(CASES)
