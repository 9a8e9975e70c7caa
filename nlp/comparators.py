"""The words around a number that compare: «не менее семи», «до 300 мест», «20 и более», «превысит десяток»."""

from __future__ import annotations

from nlp.analysis import Token
from nlp.lexicon import load
from nlp.schema import Comparator


def _comparators(place: str) -> dict[str, Comparator]:
    return {phrase: sign for sign, phrases in load("comparators")[place].items() for phrase in phrases}


BEFORE = _comparators("before")
AFTER = _comparators("after")
_LAST = frozenset(phrase.rpartition(" ")[2] for phrase in BEFORE)
EXCEED: dict[str, Comparator] = load("comparators")["verbs"]
GROWTH = frozenset(load("comparators")["growth"])
SENDERS = frozenset(load("comparators")["senders"])
_SIGNS = frozenset("$€₽¥£")
_BETWEEN = frozenset({"чем", "на", "в", "во", "у", "с", "со", "из", "для", "по", "к", "о", "об", "за"})


def comparator_after(tokens: list[Token], index: int) -> tuple[Comparator, int] | None:
    """The comparing words that begin at `index`, and where they end."""
    if index < len(tokens) and tokens[index].text == "+" and tokens[index - 1].stop == tokens[index].start:
        return "gt", index + 1
    for length in (2, 1):
        if index + length <= len(tokens):
            phrase = " ".join(token.text for token in tokens[index : index + length]).lower()
            if phrase in AFTER:
                return AFTER[phrase], index + length
    return None


def comparator_before(tokens: list[Token], index: int) -> tuple[Comparator, int] | None:
    """The comparing words that end at `index` or before its prepositions, and where they begin."""
    if index and tokens[index - 1].text in _SIGNS:  # «более $5 млн»
        index -= 1
    end = index
    if end > 1 and tokens[end - 1].text == "до" and tokens[end - 2].text == "чем":
        end -= 1  # «довести не менее чем до пятидесяти»
    for _ in range(2):  # «более чем в 300 точках»
        if end and tokens[end - 1].text.lower() in _BETWEEN:
            end -= 1
    for stop in dict.fromkeys((end, index)):
        last = tokens[stop - 1] if stop else None
        if last is None or not (last.text.lower() in _LAST or last.lemma in EXCEED):
            continue
        for length in (3, 2, 1):
            phrase = " ".join(token.text for token in tokens[max(0, stop - length) : stop]).lower()
            sign = BEFORE.get(phrase) or (EXCEED.get(last.lemma) if length == 1 else None)
            if sign is None:
                continue
            begin = stop - length
            if phrase == "до" and _grows(tokens, begin):
                return "eq", begin
            if phrase == "от" and _is_from(tokens, begin):
                return None
            return sign, begin
    return None


def _grows(tokens: list[Token], index: int) -> bool:
    return any(token.lemma in GROWTH for token in tokens[max(0, index - 12) : index])


def _is_from(tokens: list[Token], index: int) -> bool:
    return any(token.lemma in SENDERS for token in tokens[max(0, index - 6) : index])
