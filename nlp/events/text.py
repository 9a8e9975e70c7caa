"""A release as the event rules walk it: its sentences with lower-case words, mentions and triggers by token."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.analysis import Sentence, Token
from nlp.events.grammar import Form, form

OPENING = frozenset('«"“„(')
CLOSING = frozenset('»"”)')


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
