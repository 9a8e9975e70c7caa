"""Sums of money, in every spelling a release has for them.

«1 млрд 200 млн рублей», «полтора миллиарда», «452,110 миллиона», «226 млрд [рублей. – прим. ред.]», «$5 млн»,
«100, 200, 500 рублей», «2,5–3 млрд», «ещё 900 млн вложит завод»
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from nlp.analysis import Analysis, Sentence, Token
from nlp.lexicon import load
from nlp.numerals import Number, numbers
from nlp.schema import Comparator

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """A sum as written at `[start, stop)` of `Analysis.text`: whole units of an ISO 4217 currency."""

    start: int
    stop: int
    value: int  # of a range its lower bound
    currency: str
    comparator: Comparator
    upper: int | None = None  # the other end of a range
    elided: bool = False  # the currency is not written and was understood


class _Sum(NamedTuple):
    number: Number
    start: int
    stop: int
    currency: str
    elided: bool


_TABLE = load("currencies")
CURRENCIES = {word: code for code, words in _TABLE["currencies"].items() for word in words}
NATIONAL = _TABLE["national"]
IMPLIED = frozenset(_TABLE["implied"])
NOT_MONEY = frozenset(_TABLE["not_money"])
_REACH = 30  # tokens back in which what is counted may be named
_DOTTED = frozenset({"руб", "р", "долл"})
_BRACKETS = frozenset("[(")
_LIST = frozenset({",", "и", "или", "либо", "/"})


def find_money(analysis: Analysis) -> list[MoneyMention]:
    """The sums of a release in order of position."""
    found: list[MoneyMention] = []
    currency = "RUB"  # what an elided unit stands for: that of the sum before
    for sentence in analysis.sentences:
        for sum_ in _sums(sentence, currency):
            number = sum_.number
            found.append(
                MoneyMention(
                    sum_.start,
                    sum_.stop,
                    _whole(number.value),
                    sum_.currency,
                    number.comparator,
                    None if number.upper is None else _whole(number.upper),
                    sum_.elided,
                )
            )
            currency = sum_.currency
    return found


def _whole(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_HALF_UP))


def _sums(sentence: Sentence, currency: str) -> list[_Sum]:
    tokens = sentence.tokens
    sums: list[_Sum] = []
    waiting: list[Number] = []  # numbers of a list whose unit comes after the last of them
    counted = False  # millions of something else were named in this sentence
    for number in numbers(tokens):
        if number.ordinal:
            continue
        if waiting and not _listed(tokens, waiting[-1].last, number.first):
            waiting = []
        written = _written(tokens, number)
        if written:
            code, start, stop = written
            sums += [_Sum(_scaled(early, number), early.start, early.stop, code, True) for early in waiting]
            sums.append(_Sum(number, start, stop, code, False))
            currency, waiting, counted = code, [], False
        elif number.scale >= MILLION:
            if _counts(tokens, number.last):
                counted, waiting = True, []
            elif not counted and not any(
                token.lemma in NOT_MONEY for token in tokens[max(0, number.first - _REACH) : number.first]
            ):
                sums += [_Sum(_scaled(early, number), early.start, early.stop, currency, True) for early in waiting]
                sums.append(_Sum(number, number.start, number.stop, currency, True))
                waiting = []
        else:
            waiting.append(number)
    return sums


def _written(tokens: list[Token], number: Number) -> tuple[str, int, int] | None:
    """The currency written at the number, and where the sum begins and ends with it."""
    if number.first and (code := CURRENCIES.get(tokens[number.first - 1].text.lower())):
        sign = tokens[number.first - 1]
        if not sign.text.isalpha():
            return code, sign.start, number.stop
    index = number.last
    if index < len(tokens) and tokens[index].text in _BRACKETS:
        index += 1
    adjective = None
    if index + 1 < len(tokens) and tokens[index].pos in ("ADJF", "ADJ"):
        adjective = tokens[index].lemma
        index += 1
    if index >= len(tokens):
        return None
    token = tokens[index]
    word = token.text.lower()
    name = word if word in CURRENCIES else token.lemma
    code = CURRENCIES.get(name)
    if code is None or (word == "р" and not (index + 1 < len(tokens) and tokens[index + 1].text == ".")):
        return None
    code = NATIONAL.get(adjective, {}).get(name, code)
    stop = token.stop
    if word in _DOTTED and index + 1 < len(tokens) and tokens[index + 1].text == "." and index + 2 < len(tokens):
        stop = tokens[index + 1].stop
    return code, number.start, stop


def _counts(tokens: list[Token], index: int) -> bool:
    """Whether a noun follows that is counted («10 млн штук») rather than money understood («800 млн займов»)."""
    for token in tokens[index : index + 4]:
        if token.pos == "NOUN" or token.lemma in IMPLIED:
            return token.lemma not in IMPLIED and not token.text[0].isupper()
        if token.pos not in ("ADJF", "PRTF", "ADJ"):
            return token.text == "%" or token.text in ("т", "шт", "кв", "куб", "м", "га")
    return False


def _listed(tokens: list[Token], first: int, last: int) -> bool:
    between = tokens[first:last]
    comma = tokens[first - 1].text.endswith(",")
    return (comma or bool(between)) and all(token.text in _LIST for token in between)


def _scaled(early: Number, late: Number) -> Number:
    """A number of a list with the magnitude that only the last one has: «2,3 и 4,1 млрд»."""
    if early.scale > 1 or late.scale < 1000 or early.value > 999:
        return early
    return replace(early, value=early.value * late.scale)
