"""Numbers as a release writes them: digits, words, magnitudes, ranges and what is said around them.

    «не менее семи», «1 млрд 200 млн», «двести восемь», «от четырёх до шести», «с 130 до 146», «полтора десятка», «3-х»

What is counted or paid is for `nlp.quantities` and `nlp.money` to find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from nlp.analysis import Token
from nlp.comparators import comparator_after, comparator_before
from nlp.lexicon import load
from nlp.schema import Comparator

DASHES = frozenset("-–—")


@dataclass(frozen=True, slots=True)
class Number:
    """A number among the tokens of its sentence: `tokens[first:last]`, all offsets in `Analysis.text`."""

    start: int
    stop: int
    first: int
    last: int
    value: Decimal  # of a range its lower bound, of a growth («с 130 до 146») what it grew to
    ordinal: bool = False
    scale: int = 1  # the largest magnitude it names: 1_000_000 for «млн»
    spelled: bool = False  # in words
    upper: Decimal | None = None  # the other end of a range
    previous: Decimal | None = None  # what a growth began with
    comparator: Comparator = "eq"
    lead: int = -1  # index of the first token of the words before it that compare


class _Read(NamedTuple):
    value: Decimal
    last: int
    ordinal: bool
    scale: int
    spelled: bool


def _forms(kind: str) -> dict[str, Decimal]:
    return {form: Decimal(str(value)) for value, forms in load("numerals")[kind].items() for form in forms}


def _ordinals() -> dict[str, Decimal]:
    table = load("numerals")["ordinal"]
    words = {stem + ending: Decimal(v) for v, stem in table["stems"].items() for ending in table["endings"]}
    return words | {form: Decimal(v) for v, forms in table["forms"].items() for form in forms}


CARDINALS = _forms("cardinal")
COLLECTIVES = _forms("collective")
FRACTIONS = _forms("fraction")
NOUNS = _forms("noun")
MULTIPLIERS = {form: int(value) for form, value in _forms("multiplier").items()}
ORDINALS = _ordinals()
WORDS = frozenset({*CARDINALS, *COLLECTIVES, *FRACTIONS, *NOUNS, *MULTIPLIERS, *ORDINALS})
_WRITTEN = WORDS | {word.capitalize() for word in WORDS}  # most tokens are dismissed by this one look
_FIGURES = frozenset("0123456789")
ABBREVIATED = frozenset({"тыс", "млн", "млрд", "млд", "трлн"})
# A lone plural is no number («тысячи компаний»); after «более» the same form is the genitive singular.
INDEFINITE = frozenset({"тысячи", "сотни", "пары", "дюжины"})
ALONE = frozenset(
    form
    for form, value in MULTIPLIERS.items()
    if value >= 1000 and form not in ABBREVIATED and not re.search(r"(?:ов|ы|ам|ами|ах|яч)$", form)
)
_FRACTIONS = {"половиной": Decimal("0.5"), "четвертью": Decimal("0.25")}

_PLAIN = r"\d+(?:[.,]\d+)?"
_DIGITS = re.compile(
    rf"({_PLAIN}|\d{{1,3}}(?:\.\d{{3}}){{2,}})(?:[-–—]({_PLAIN}))?(?:-?([а-яё]+))?[,.]?"
)  # the tokenizer may leave a comma on
_LONGEST = 18  # digits; what is longer is an account, not a number
_GROUP = re.compile(r"\d{3}(?:,\d+)?[,.]?")
_CARDINAL_ENDINGS = frozenset({"х", "ти", "ми", "мя", "и", "ю", "ух", "ех", "ёх"})
_ORDINAL_ENDINGS = frozenset(
    {"й", "го", "ого", "му", "ому", "м", "ым", "ом", "я", "ая", "ой", "ую", "ю", "е", "ое", "ые", "ых", "ый", "ий"}
)


def numbers(tokens: list[Token]) -> Iterator[Number]:
    """The numbers of one sentence in order, each read once; ranges are one number."""
    done = 0
    for index, token in enumerate(tokens):
        text = token.text
        if index >= done and (text in _WRITTEN or text[0] in _FIGURES or _is_numeral(text)):
            number = _number(tokens, index)
            if number is not None:
                yield number
                done = number.last


def _fold(word: str) -> str:
    return word.lower().replace("ё", "е")


def _is_numeral(word: str) -> bool:
    """Whether a word is a numeral in some unusual writing: with ё, in capitals, or two of them («пять-шесть»)."""
    if "-" in word:
        return _fold(word.partition("-")[0]) in CARDINALS
    return ("ё" in word or word[-1].isupper()) and _fold(word) in WORDS


def _number(tokens: list[Token], index: int) -> Number | None:
    if index and tokens[index - 1].text in ("№", "N"):
        return None
    pair = _hyphenated(tokens, index)
    read = pair[0] if pair else _single(tokens, index)
    if read is None:
        return None
    first = Number(
        tokens[index].start, _stop(tokens, read.last), index, read.last, read.value, read.ordinal, read.scale,
        read.spelled,
    )  # fmt: skip
    number = _ranged(first, tokens, pair[1] if pair else None)
    word = _fold(tokens[index].text)
    number = _compared(number, tokens)
    if word in INDEFINITE and read.last == index + 1 and number.comparator == "eq":
        return None
    return number


def _stop(tokens: list[Token], last: int) -> int:
    """Where a number ends whose last token is the one before `last`: without the sentence's own mark."""
    token = tokens[last - 1]
    return token.stop - (
        (len(token.text) > 1 and token.text[-1] in ",.") or (token.text == "." and last == len(tokens))
    )


def _hyphenated(tokens: list[Token], index: int) -> tuple[_Read, Decimal] | None:
    """A range inside one token: «16-17», «2,5–3 млрд», «пять-шесть»."""
    word = _fold(tokens[index].text)
    if word[0].isdigit():
        found = _DIGITS.fullmatch(word)
        if not found or found[2] is None or found[3] or len(word) > 2 * _LONGEST:
            return None
        low, high, spelled = _decimal(found[1]), _decimal(found[2]), False
    else:
        left, dash, right = word.partition("-")
        if not dash or left not in CARDINALS or right not in CARDINALS:
            return None
        low, high, spelled = CARDINALS[left], CARDINALS[right], True
    if high <= low:
        return None
    scale, last = _multiplier(tokens, index + 1)
    return _Read(low * scale, last, False, scale, spelled), high * scale


def _ranged(number: Number, tokens: list[Token], upper: Decimal | None) -> Number:
    """The number with the other end of its range, if it has one."""
    if upper is not None:
        return replace(number, upper=upper, comparator="ge")
    last, size = number.last, len(tokens)
    if number.ordinal or last + 1 >= size:
        return number
    joint = _fold(tokens[last].text)
    before = _fold(tokens[number.first - 1].text) if number.first else ""
    dashed = joint in DASHES and len(joint) == 1
    if not dashed and not (joint == "до" and before in ("от", "с", "со")):
        return number
    second = _single(tokens, last + 1)
    if second is None or second.ordinal:
        return number
    low = number.value
    if second.scale > number.scale and low < second.value / second.scale:
        low *= second.scale / Decimal(number.scale)
    if dashed and second.value <= low:
        return number
    number = replace(number, stop=_stop(tokens, second.last), last=second.last, scale=max(number.scale, second.scale))
    if dashed or before == "от":
        return replace(number, value=low, upper=second.value, comparator="ge")
    return replace(number, value=second.value, previous=low)


def _compared(number: Number, tokens: list[Token]) -> Number:
    """The number with its comparator, as the words around it say."""
    if number.previous is not None:
        return number
    if number.upper is not None:
        return replace(number, comparator="ge", lead=number.first)
    after = comparator_after(tokens, number.last)
    if after:
        sign, last = after
        return replace(number, comparator=sign, last=last, stop=tokens[last - 1].stop, lead=number.first)
    before = comparator_before(tokens, number.first)
    return replace(number, comparator=before[0], lead=before[1]) if before else number


def _decimal(digits: str) -> Decimal:
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    return Decimal(digits.replace(",", "."))


def _single(tokens: list[Token], index: int) -> _Read | None:
    """One number without its range: digits or words, with its magnitudes."""
    if tokens[index].text[0].isdigit():
        return _digits(tokens, index)
    return _words(tokens, index)


def _digits(tokens: list[Token], index: int) -> _Read | None:
    found = _DIGITS.fullmatch(tokens[index].text.lower())
    if not found or found[2] is not None:
        return None
    digits, ending = found[1], found[3]
    if len(digits) > _LONGEST:
        return None
    last = index + 1
    if ending in MULTIPLIERS:
        scale = MULTIPLIERS[ending]
        return _Read(_decimal(digits) * scale, last, False, scale, False)
    if ending:
        value = _decimal(digits)
        if ending in _CARDINAL_ENDINGS and not (ending == "ю" and value < 5):
            return _Read(value, last, False, 1, False)
        return _Read(value, last, True, 1, False) if ending in _ORDINAL_ENDINGS else None
    if len(digits) <= 3 and digits.isdigit() and tokens[index].text == digits:  # «1 200», «12 345 678,9»
        while last < len(tokens) and tokens[last].start == tokens[last - 1].stop + 1 and len(digits) < _LONGEST:
            if not _GROUP.fullmatch(tokens[last].text) or not digits.isdigit():
                break
            digits += tokens[last].text
            last += 1
        digits = digits.rstrip(",.")
    value = _decimal(digits)
    scale, last = _multiplier(tokens, last)
    value *= scale
    if scale > 1000:  # «1 млрд 200 млн»
        value, last = _smaller(tokens, last, value, scale)
    return _Read(value, last, False, scale, False)


def _smaller(tokens: list[Token], index: int, value: Decimal, scale: int) -> tuple[Decimal, int]:
    """Adds what follows a magnitude with a smaller one of its own."""
    if index < len(tokens) and (tokens[index].text[0].isdigit() or _fold(tokens[index].text) in CARDINALS):
        rest = _single(tokens, index)
        if rest and not rest.ordinal and 1 < rest.scale < scale and rest.value < scale:
            return value + rest.value, rest.last
    return value, index


def _multiplier(tokens: list[Token], index: int) -> tuple[int, int]:
    """The magnitude at `index`, and where what follows it begins; (1, index) if there is none."""
    if index >= len(tokens):
        return 1, index
    word = _fold(tokens[index].text)
    scale = MULTIPLIERS.get(word, 1)
    if scale < 1000:
        return 1, index
    last = index + 1
    if word in ABBREVIATED and last < len(tokens) and tokens[last].text == ".":
        last += 1
    return scale, last


def _words(tokens: list[Token], index: int) -> _Read | None:
    total, group, scale = Decimal(0), Decimal(0), 1
    limit = Decimal(1000)  # the next word must be smaller than this
    last = index
    while last < len(tokens):
        word = _fold(tokens[last].text)
        if word in ORDINALS:
            if last > index and ORDINALS[word] >= limit:
                break
            return _Read(total + group + ORDINALS[word], last + 1, True, scale, True)
        value = CARDINALS.get(word, COLLECTIVES.get(word))
        if value is not None:
            if value >= limit or (word == "семью" and not _instrumental(tokens, last + 1)):
                break
            group += value
            limit = Decimal(1) if value < 20 else Decimal(10) if value < 100 else Decimal(100)
            last += 1
        elif word in FRACTIONS and not group and last == index:
            group, limit, last = FRACTIONS[word], Decimal(0), last + 1
        elif word in MULTIPLIERS and group:
            factor = MULTIPLIERS[word]
            if total and factor >= scale:
                break
            scale = max(scale, factor)
            total, group, limit = total + group * factor, Decimal(0), Decimal(min(factor, 1000))
            last += 1
            if word in ABBREVIATED and last < len(tokens) and tokens[last].text == ".":
                last += 1
        elif word == "с" and group and last + 1 < len(tokens) and _fold(tokens[last + 1].text) in _FRACTIONS:
            group, limit = group + _FRACTIONS[_fold(tokens[last + 1].text)], Decimal(0)
            last += 2
        elif last == index and word in NOUNS:
            value = NOUNS[word]
            return _Read(value, last + 1, False, 1 if value < 1000 else int(value) * 2, True)
        elif last == index and (word in ALONE or word == "тысячи"):
            factor = MULTIPLIERS[word]
            total, scale, limit, last = Decimal(factor), factor, Decimal(min(factor, 1000)), last + 1
        else:
            break
    if last == index:
        return None
    value = total + group
    if scale > 1000 and not group:
        value, last = _smaller(tokens, last, value, scale)
    return _Read(value, last, False, scale, True)


def _instrumental(tokens: list[Token], index: int) -> bool:
    """Whether plural instrumentals follow: «семью» is a number there and a family elsewhere."""
    return index < len(tokens) and tokens[index].text.lower().endswith(("ами", "ями", "ими", "ыми"))
