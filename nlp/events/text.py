"""A release as the event rules walk it: its sentences with lower-case words, mentions and triggers by token."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.analysis import Sentence, Token
from nlp.events.grammar import Form, form

OPENING = frozenset('«"“„(')
CLOSING = frozenset('»"”)')
DASHES = frozenset("–—-")
BREAKS = frozenset(",—–(:")  # what may part a clause
LONGEST_NAME = 16  # tokens with the quotation marks


@dataclass(slots=True)
class Words:
    """The tokens of one sentence with what is looked up for each of them."""

    sentence: Sentence
    index: int  # of the sentence in the release
    tokens: list[Token]
    lower: list[str]
    forms: list[Form] = field(repr=False)

    def __len__(self) -> int:
        return len(self.tokens)

    def at(self, offset: int) -> int:
        """The index of the token that holds or follows an offset of the text."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].stop <= offset:
                low = middle + 1
            else:
                high = middle
        return low


def words(sentence: Sentence, index: int) -> Words:
    lower = [t.text.lower() for t in sentence.tokens]
    return Words(sentence, index, sentence.tokens, lower, [form(w) for w in lower])


def quoted(words: Words, position: int) -> int:
    """Where a name in quotation marks that opens at a token ends, or the token itself."""
    if position >= len(words) or words.lower[position] not in OPENING - {"("}:
        return position
    depth = 0
    opening = words.lower[position]
    for i in range(position, min(position + LONGEST_NAME, len(words))):
        text = words.lower[i]
        if text == "«" or (text == opening and i == position) or (text in "„“" and i == position):
            depth += 1
        elif text in ("»", "”") or (text == '"' and i > position):
            depth -= 1
            if depth <= 0:
                return i + 1
    return position
