"""Noun phrases over one sentence: its quotation marks, its entities, and what a noun governs to its right.

Offices and organisations are both a head noun with agreeing words before it and a complement after it
(«министр промышленности и торговли края», «комитет по промышленной политике»); this is where both find its end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from nlp.agreement import Slot, Word, word
from nlp.analysis import Analysis, Sentence, Token
from nlp.morphology import Case

OPENING, CLOSING = "«„", "»”"
NAME_LENGTH = 9  # words of the longest quoted name; longer quotations are speech
SPEECH_MARKS = frozenset("!?;…")
PLACE_NOUNS = frozenset({"района", "города", "поселка", "села", "деревни", "станицы", "штата", "провинции", "острова"})
NUMERALS = frozenset({"двух", "трех", "трёх", "четырех", "четырёх", "обоих", "обеих", "пяти", "нескольких"})
LONGEST = 40  # tokens of a complement; a longer one is no name, and would cost more than linear time
CREDITS = frozenset({"Фото", "Видео", "Источник", "Автор"})  # glued to the end of a sentence by page furniture


@dataclass(slots=True)
class Frame:
    """A sentence with its tokens labelled."""

    source: str  # the whole analysed text
    sentence: Sentence
    tokens: list[Token]
    labels: list[str]  # PER, LOC, ORG or "" for each token
    entities: list[int]  # index of the token's entity in the analysis, or -1
    quotes: dict[int, int] = field(default_factory=dict)  # opening mark -> its closing mark, token indices
    closers: dict[int, int] = field(default_factory=dict)  # closing mark -> the outermost opening mark it ends

    def word(self, i: int) -> Word:
        return word(self.tokens[i].text)

    def text(self, first: int, last: int) -> str:
        """The tokens [first, last) as they stand in the text, single-spaced."""
        last = min(last, len(self.tokens))
        if first >= last:
            return ""
        return " ".join(self.source[self.tokens[first].start : self.tokens[last - 1].stop].split())

    def entity_end(self, i: int) -> int:
        """Index after the last token of the entity that token i is in; i + 1 where it is in none."""
        entity, j = self.entities[i], i + 1
        while entity >= 0 and j < len(self.tokens) and self.entities[j] == entity:
            j += 1
        return j


def frames(analysis: Analysis) -> Iterator[Frame]:
    """The sentences of a release, labelled. Linear: entities and tokens are walked once."""
    entities, at = analysis.entities, 0
    for sentence in analysis.sentences:
        tokens = sentence.tokens
        labels, owners = [""] * len(tokens), [-1] * len(tokens)
        while at < len(entities) and entities[at].stop <= sentence.start:
            at += 1
        k = at
        for i, token in enumerate(tokens):
            while k < len(entities) and entities[k].stop <= token.start:
                k += 1
            if k < len(entities) and entities[k].start < token.stop:
                labels[i], owners[i] = entities[k].type, k
        frame = Frame(analysis.text, sentence, tokens, labels, owners)
        _pair_quotes(frame)
        yield frame


def _pair_quotes(frame: Frame) -> None:
    """Match opening and closing marks. Of nested names that share one closing mark («УК «Парк»), all end there."""
    stack: list[int] = []
    closes: list[int] = []
    for i, token in enumerate(frame.tokens):
        mark = token.text
        if len(mark) != 1 or mark not in "«»„“”\"'":
            continue
        opens = mark in OPENING or (mark in '“"' and _opens(frame, i, stack))
        if opens:
            stack.append(i)
        elif stack and mark != "'":
            start = stack.pop()
            frame.quotes[start] = i
            frame.closers[i] = start
            closes.append(i)
    for start in reversed(stack):  # never closed: the name ends where the first one inside it does
        k = bisect_right(closes, start)
        if k < len(closes) and frame.closers[closes[k]] > start:
            frame.quotes[start] = closes[k]
            frame.closers[closes[k]] = start


def _opens(frame: Frame, i: int, stack: list[int]) -> bool:
    """A straight mark, or “ which closes in Russian and opens in English: looks at the space around it."""
    tokens = frame.tokens
    glued_left = i > 0 and tokens[i - 1].stop == tokens[i].start and tokens[i - 1].text not in "(«„[—–-"
    glued_right = i + 1 < len(tokens) and tokens[i + 1].start == tokens[i].stop
    if glued_left and not glued_right:
        return False
    if glued_right and not glued_left:
        return True
    return not stack


def is_name(frame: Frame, start: int) -> bool:
    """Whether the quotation that opens at token `start` can be a name: short, capitalised, not a clause."""
    stop = frame.quotes.get(start, -1)
    if stop - start < 2 or stop - start > NAME_LENGTH * 2:
        return False
    tokens = frame.tokens
    first = start + 1
    while first in frame.quotes or tokens[first].text in '«„"“':
        first += 1
        if first >= stop:
            return False
    if not (tokens[first].text[0].isupper() or tokens[first].text[0].isdigit()):
        return False
    words = 0
    for i in range(start + 1, stop):
        text = tokens[i].text
        if text in SPEECH_MARKS or (text == "," and tokens[i + 1].text[:1].islower() and words > 3):
            return False
        if text[0].isalpha():
            words += 1
            if text[0].islower() and tokens[i].pos in ("VERB", "PRCL", "NPRO") and word(text).verb:
                return False
    return 0 < words <= NAME_LENGTH or (words == 0 and tokens[first].text[0].isdigit())


def agreeing_left(frame: Frame, head: int, least: int) -> tuple[int, tuple[Slot, ...]]:
    """Index of the first of the adjectives before `head` that agree with it, and the slots all agree on.

    Adjectives may be coordinated: «чрезвычайный и полномочный посол».
    """
    tokens = frame.tokens
    slots: tuple[Slot, ...] = () if frame.word(head).fixed else frame.word(head).nouns
    first = i = head
    while i > max(least, head - LONGEST):
        i -= 1
        if tokens[i].text == "и" and first < head and i > least and frame.word(i - 1).adjectives:
            continue
        if frame.labels[i] == "PER" or not tokens[i].text[0].isalpha():
            break
        adjectives = frame.word(i).adjectives
        if not adjectives or frame.word(i).verb:
            break
        kept = tuple(s for s in slots if any(a.agrees(s) for a in adjectives)) if slots else adjectives
        if not kept:
            break
        slots, first = kept, i
    return first, slots


def noun_group(frame: Frame, i: int, case: Case) -> int:
    """Index after the adjectives and the noun in `case` that start at token i; i where none do.

    «малого и среднего предпринимательства», «Омской области», «ОЭЗ», «2-го разряда»
    """
    tokens, n = frame.tokens, len(frame.tokens)
    j, modified = i, False
    while j < min(n, i + LONGEST):
        text = tokens[j].text
        if text[0] in '«»„“"()[],;:.—–-' or frame.labels[j] == "PER" or text in CREDITS:
            return i
        if frame.labels[j] == "LOC" and not modified:
            end = frame.entity_end(j)
            if _declines_to(frame, j, end, case):
                return end
            return i
        form = frame.word(j)
        if text[0].isdigit():
            return i
        if form.verb and not form.fixed and not (case in form.cases and text[0].isupper() and j > 0):
            return i
        noun = case in form.cases and (text[0].isupper() or not form.fixed or form.nouns)
        if tokens[j].pos == "NUMR" and text.lower() in NUMERALS:
            modified = True
            j += 1
            continue
        if form.adjective_in(case) and not (noun and not _continues(frame, j + 1, case)):
            modified = True
            j += 1
            if j + 1 < n and tokens[j].text in ("и", ",") and frame.word(j + 1).adjective_in(case):
                j += 1
            continue
        return j + 1 if noun else i
    return i


def _declines_to(frame: Frame, first: int, last: int, case: Case) -> bool:
    """Whether a place name stands in `case`: its first declinable word does."""
    form = frame.word(first)
    return form.fixed or case in form.cases or form.adjective_in(case) or not (form.nouns or form.adjectives)


def _continues(frame: Frame, i: int, case: Case) -> bool:
    """Whether a noun group in `case` goes on at token i."""
    if i >= len(frame.tokens) or frame.labels[i] == "PER":
        return False
    form = frame.word(i)
    return frame.tokens[i].text[0].isalpha() and not form.verb and (case in form.cases or form.adjective_in(case))


def coordinated(frame: Frame, i: int, case: Case, stop_at: frozenset[str]) -> int:
    """Index after a noun group in `case` with its genitive chain and coordinated equals; i where there is none.

    «промышленности, транспорта, связи и энергетики Курганской области». A comma is part of the list only where
    an «и» closes it. `stop_at` are word forms at which an equal may not begin.
    """
    end = _chain(frame, i, case)
    if end == i:
        return i
    tokens, n = frame.tokens, min(len(frame.tokens), i + LONGEST)
    while end < n:
        mark = tokens[end].text
        if mark == "," and not _list_closes(frame, end, case, stop_at):
            break
        if mark not in (",", "и"):
            break
        if mark == "," and end + 1 < n and tokens[end + 1].text == "и":
            break
        if end + 1 >= n or _blocked(frame, end + 1, stop_at):
            break
        if mark == "и" and frame.labels[end - 1] == "LOC" and frame.labels[end + 1] != "LOC":
            break
        after = _chain(frame, end + 1, case)
        if after == end + 1:
            break
        end = after
    return end


def _blocked(frame: Frame, i: int, stop_at: frozenset[str]) -> bool:
    """Whether token i begins something else: «кластеров, технопарков и ОЭЗ России» are equals, «ООО «Б»» is not."""
    text = frame.tokens[i].text
    if text.lower() not in stop_at:
        return False
    if text.isupper():
        return i + 1 >= len(frame.tokens) or frame.labels[i + 1] != "LOC"
    return not any(slot.case == "gent" and slot.number == "plur" for slot in frame.word(i).nouns)


def _chain(frame: Frame, i: int, case: Case) -> int:
    """A noun group in `case` and the genitives that hang on it."""
    end = noun_group(frame, i, case)
    if end == i:
        return i
    while end < min(len(frame.tokens), i + LONGEST):
        after = noun_group(frame, end, "gent")
        if after == end and lowered(frame.tokens[end - 1].text) in PLACE_NOUNS and frame.labels[end] == "LOC":
            after = frame.entity_end(end)  # «района Отрадное»: the name does not decline
        if after == end:
            break
        end = after
    return end


def _list_closes(frame: Frame, comma: int, case: Case, stop_at: frozenset[str]) -> bool:
    """Whether the list whose comma this is ends in «и» and an equal."""
    tokens, n = frame.tokens, len(frame.tokens)
    i = comma
    for _ in range(8):
        if i + 1 >= n or tokens[i].text not in (",", "и") or _blocked(frame, i + 1, stop_at):
            return False
        after = _chain(frame, i + 1, case)
        if after == i + 1:
            return False
        if tokens[i].text == "и":
            return True
        i = after
        if i >= n:
            return False
    return False


@lru_cache(maxsize=20_000)
def lowered(text: str) -> str:
    """Lower case with ё as е: how word lists are looked up."""
    return text.lower().replace("ё", "е")
