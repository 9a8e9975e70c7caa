"""Where a noun of the lexicon stands in a sentence, with other adjectives between its words or without."""

from __future__ import annotations

from typing import NamedTuple

from nlp.agreement import word
from nlp.events.lexicon import Term, terms_of
from nlp.events.text import Words

NOMINAL = frozenset({"NOUN", "ADJS", ""})  # «парков» is likeliest a short adjective to pymorphy
FURTHEST = 5  # tokens between two lemmas of a term


class Match(NamedTuple):
    """A term in its sentence. Positions are token indices, ends exclusive."""

    term: Term
    first: int
    head: int  # the noun that takes the case
    stop: int


def term_at(words: Words, first: int) -> Match | None:
    """The longest term that starts at a token."""
    for term in terms_of(words.tokens[first].text):
        position, head = first, -1
        for i, lemma in enumerate(term.lemmas):
            if i:
                position = _next(words, position, lemma)
                if position < 0:
                    break
            if head < 0 and (len(term.lemmas) == 1 or _is_head(words, position, lemma)):
                head = position
        else:
            head = head if head >= 0 else position
            written = words.lower[head] == term.lemmas[-1] and "NOUN" in words.forms[head].poses  # «заем», «стан»
            if term.lemmas[0].isupper() or words.forms[head].pos in NOMINAL or written:
                return Match(term, first, head, position + 1)
    return None


def _is_head(words: Words, position: int, lemma: str) -> bool:
    return any(r.lemma == lemma and r.pos == "NOUN" for r in words.forms[position].readings)


def _next(words: Words, position: int, lemma: str) -> int:
    """Where the next lemma of a term stands: at once, or behind adjectives and their conjunctions."""
    for i in range(position + 1, min(position + 1 + FURTHEST, len(words))):
        if lemma in words.forms[i].lemmas or lemma == words.lower[i]:
            return i
        if not (word(words.tokens[i].text).adjectives or words.lower[i] in ("и", ",", "-")):
            return -1
    return -1
