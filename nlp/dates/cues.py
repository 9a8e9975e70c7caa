"""What the words around a date say of it: its preposition and the tense of its verb."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from nlp.analysis import Sentence, Token
from nlp.dates.mention import DateKind, DateMention
from nlp.dates.vocabulary import LASTING, PART, PLANNED, SAYING
from nlp.morphology import parses

_PREPOSITIONS = re.compile(
    rf"(?:^|[^а-я])(?:(?P<deadline>до|к|ко|не позднее|не позже)|(?P<since>с|со|начиная с|после|не раньше|не ранее)"
    rf"|(?P<as_of>на)|(?P<point>в|во|за|по|от))\s+(?:{PART}\s+|самого\s+)*$"
)
_SET_FOR = re.compile(
    r"(?:намеч|запланир|назнач|перенес|перенос|отлож|сдвин|план|ориентир|договор|назнач)[а-я]*\s+на\s+$"
)


def preposition(low: str, start: int) -> DateKind | None:
    """What the preposition before a date makes of it."""
    found = _PREPOSITIONS.search(low[max(0, start - 32) : start])
    return cast("DateKind", found.lastgroup) if found else None


def with_kind(mention: DateMention, low: str) -> DateMention:
    if mention.kind != "point":
        return mention
    kind = preposition(low, mention.start)
    if kind == "deadline" or kind == "since":
        return replace(mention, kind=kind)
    if (
        kind == "as_of"
        and _stands(mention, low)
        and not _SET_FOR.search(low[max(0, mention.start - 32) : mention.start])
    ):
        return replace(mention, kind="as_of")
    return mention


def _stands(mention: DateMention, low: str) -> bool:
    """Whether «на» can mean the state on that date: «на 1 января», «на конец 2024 года», not «на 2024 год»."""
    if mention.relative:
        return False
    return mention.precision == "day" or low[: mention.start].rstrip().endswith(("конец", "начало", "середину"))


def sentence_at(sentences: list[Sentence], position: int) -> Sentence | None:
    index = bisect_right(sentences, position, key=lambda sentence: sentence.start) - 1
    return sentences[index] if index >= 0 else None


def tense(sentences: list[Sentence], start: int, stop: int) -> bool | None:
    """The tense of the verb nearest to `[start, stop)`: True ahead, False behind, None untold."""
    sentence = sentence_at(sentences, start)
    if sentence is None:
        return None
    tokens = sentence.tokens
    first = bisect_left(tokens, start, key=lambda token: token.start)
    last = bisect_left(tokens, stop, lo=first, key=lambda token: token.start)
    sides = (tokens[last : last + _WINDOW], reversed(tokens[max(0, first - _WINDOW) : first]))
    told = [verb for verb in (_verb(side, start, stop) for side in sides) if verb]
    return min(told, key=lambda verb: verb[0])[1] if told else None


def _verb(tokens: Iterable[Token], start: int, stop: int) -> tuple[int, bool | None] | None:
    """How far the first verb of the tokens is, and what its tense says."""
    breaks = 0
    for token in tokens:
        if token.text in _BREAKS:
            breaks += 1
        elif token.lemma in PLANNED or (token.tag.startswith(_VERBS) and token.lemma not in SAYING):
            distance = token.start - stop if token.start >= stop else start - token.stop
            return distance + breaks * _BREAK, _ahead(token)
    return None


_WINDOW = 60  # tokens either side in which a verb is looked for
_BREAK = 60  # characters that a comma or dash between the date and the verb counts for
_BREAKS = frozenset({",", ";", ":", "–", "—", "(", ")", "«", "»"})
_VERBS = ("VERB", "PRTF", "PRTS")


def _ahead(token: Token) -> bool | None:
    if token.lemma in PLANNED:
        return True
    if "futr" in token.tag:
        short = any(parse.tag.POS == "PRTS" for parse in parses(token.text.lower()))
        return None if short else True  # «договор расторгнут» is no «они расторгнут»
    return False if "past" in token.tag else None


def governs(sentences: list[Sentence], position: int) -> bool:
    """Whether a genitive follows: «накануне форума» is no day."""
    sentence = sentence_at(sentences, position)
    if sentence is None:
        return False
    index = bisect_left(sentence.tokens, position, key=lambda token: token.start)
    following = sentence.tokens[index : index + 1]
    return any("gent" in token.tag and token.pos in ("NOUN", "ADJF") for token in following)


def lasts(sentences: list[Sentence], position: int) -> bool:
    """Whether the words around say how long something goes on: «льгота действует в течение трёх лет»."""
    sentence = sentence_at(sentences, position)
    if sentence is None:
        return True
    index = bisect_left(sentence.tokens, position, key=lambda token: token.start)
    return any(token.lemma in LASTING for token in sentence.tokens[max(0, index - _WINDOW) : index + _WINDOW])
