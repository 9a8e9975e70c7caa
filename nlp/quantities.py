"""How many of what: the counts of a release, with their nouns.

    «более 250 предприятий», «двести восемь заводов», «предприятий – 386», «число участников достигло 227»,
    «сейчас их семь», «порядка 30 свердловских и двенадцать курганских заводов», «18, из них 15 …»

Ordinals, dates, times, sums of money and the numbers of names are no counts. What is counted is told by class
(lexicons/units.yaml), so that a reader of events can leave visitors, hectares and jobs alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from nlp.analysis import Analysis, Sentence, Token
from nlp.lexicon import load
from nlp.money import MoneyMention
from nlp.morphology import parses
from nlp.numerals import Number, numbers
from nlp.schema import Comparator


@dataclass(frozen=True, slots=True)
class CountMention:
    """A count as written at `[start, stop)` of `Analysis.text`, comparing words and noun included.

    `unit` is the lemma of the counted noun, None where none is near; `unit_class` its class in lexicons/units.yaml.
    `elided` says that the noun does not follow the number but was taken from before it («сейчас их семь»).
    """

    start: int
    stop: int
    number: tuple[int, int]  # the number alone
    value: int  # of a range its lower bound, of a growth («с 130 до 146») what it grew to
    comparator: Comparator
    unit: str | None
    unit_class: str
    noun: tuple[int, int] | None  # where the noun stands
    elided: bool = False
    part: bool = False  # of a total named before it in the sentence («из них 15»), or of a set («первые два»)
    upper: int | None = None  # the other end of a range
    previous: int | None = None  # what a growth began with


class _Noun(NamedTuple):
    token: Token
    lemma: str
    unit_class: str


UNITS = {noun: kind for kind, nouns in load("units").items() for noun in nouns}
MONTHS = frozenset(
    ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"]
)
# Counted things that can be understood when their noun is left out.
ELIDABLE = frozenset({"enterprise", "production", "project", "park", "agreement", "support"})
ROLES = frozenset({"резидент", "участник", "подписант", "член"})
_MODIFIERS = frozenset({"ADJF", "PRTF", "ADJ", "ADVB", "PRCL", "NUMR", "NPRO"})
_PARTITIVE = frozenset({"них", "которых", "числе", "включая", "среди"})
_SETS = frozenset({"первый", "последний", "другой", "остальной", "следующий"})
_JOINTS = frozenset({",", "и", "или", "либо", "-", "–", "—", "«", "»", '"', "/"})
_YEARS = range(1900, 2101)
_MEMORY = 20  # counts back among which a total is looked for
_ODD = re.compile(r"[-–—:/.№°]")  # glued to a number: a telephone, a time, a name


def find_counts(analysis: Analysis, sums: list[MoneyMention]) -> list[CountMention]:
    """The counts of a release in order of position; `sums` are its sums of money, which are no counts."""
    starts = [sum_.start for sum_ in sums]
    found: list[CountMention] = []
    context: _Noun | None = None  # the countable noun named last
    for sentence in analysis.sentences:
        here: list[CountMention] = []
        nouns = _nouns(sentence)
        for number in numbers(sentence.tokens):
            if number.ordinal or _paid(number, sums, starts) or not _counts(analysis.text, sentence.tokens, number):
                continue
            earlier = bisect_right(nouns, number.start, key=lambda noun: noun.token.start) - 1
            mention = _mention(sentence.tokens, number, nouns[earlier] if earlier >= 0 else context, here)
            if mention:
                here.append(mention)
        found += here
        context = nouns[-1] if nouns else context or _role(sentence)
    return found


def _paid(number: Number, sums: list[MoneyMention], starts: list[int]) -> bool:
    index = bisect_right(starts, number.start) - 1
    return index >= 0 and number.start < sums[index].stop


def _counts(text: str, tokens: list[Token], number: Number) -> bool:
    """Whether a number can count anything: no date, time, telephone or part of a name."""
    if number.value != int(number.value) or not number.value:
        return False
    before = text[number.start - 1 : number.start]
    after = text[number.stop : number.stop + 1]
    if not number.spelled and (
        _ODD.match(before) or (_ODD.match(after) and text[number.stop + 1 : number.stop + 2].isdigit())
    ):
        return False
    if number.last < len(tokens):
        following = tokens[number.last]
        if following.text == "%" or following.lemma == "процент" or following.lemma in MONTHS:
            return False
        if (
            number.scale == 1
            and int(number.value) in _YEARS
            and (following.lemma == "год" or following.text.startswith("г"))
        ):
            return False
    return not (
        not number.spelled
        and number.scale == 1
        and int(number.value) in _YEARS
        and " " not in text[number.start : number.stop]
        and (number.last >= len(tokens) or tokens[number.last].pos not in ("NOUN", "ADJF"))
    )


def _lemma(token: Token) -> str:
    """The token's lemma, as a noun where the dictionary prefers a short adjective: «парков» is of «парк»."""
    if token.pos != "ADJS":
        return token.lemma
    nouns = (p.normal_form.replace("ё", "е") for p in parses(token.text.lower()) if p.tag.POS == "NOUN")
    return next((noun for noun in nouns if noun in UNITS), token.lemma)


def _nouns(sentence: Sentence) -> list[_Noun]:
    """The nouns of the sentence that can be counted and then left out."""
    found = []
    for token in sentence.tokens:
        lemma = _lemma(token)
        kind = UNITS.get(lemma)
        if kind in ELIDABLE and ("plur" in token.tag or lemma != token.lemma):
            found.append(_Noun(token, lemma, kind))
    return found


def _role(sentence: Sentence) -> _Noun | None:
    """A lone member, where no plural has been named yet: «седьмой резидент», then «сейчас их семь»."""
    roles = [token for token in sentence.tokens if token.lemma in ROLES]
    return _Noun(roles[-1], roles[-1].lemma, "enterprise") if roles else None


def _mention(
    tokens: list[Token], number: Number, antecedent: _Noun | None, earlier: list[CountMention]
) -> CountMention | None:
    """The count that a number makes with the noun after it, or with the one it leaves to be understood."""
    noun = _following(tokens, number)
    elided = noun is None
    one = number.value == 1
    if noun is None:
        if one or number.scale > 1000:
            return None
        noun = antecedent
    elif one and (number.spelled or noun.unit_class == "other"):
        return None
    start = tokens[number.lead].start if number.lead >= 0 else number.start
    stop = number.stop if elided or noun is None else noun.token.stop
    return CountMention(
        start=start,
        stop=max(stop, number.stop),
        number=(number.start, number.stop),
        value=int(number.value),
        comparator=number.comparator,
        unit=noun.lemma if noun else None,
        unit_class=noun.unit_class if noun else "other",
        noun=(noun.token.start, noun.token.stop) if noun else None,
        elided=elided,
        part=_part(tokens, number, earlier[-_MEMORY:]),
        upper=None if number.upper is None else int(number.upper),
        previous=None if number.previous is None else int(number.previous),
    )


def _following(tokens: list[Token], number: Number) -> _Noun | None:
    """The noun after the number: past its adjectives, and past a second number that shares it."""
    previous: Token | None = None
    index = number.last
    if index < len(tokens) and tokens[index].lemma == "из" and index + 1 < len(tokens):  # «восемь из 12 резидентов»
        index += 1
        if tokens[index].pos in ("NPRO", "CONJ"):
            return None
    if tokens[index - 1].text.endswith(",") or (index < len(tokens) and tokens[index].text == ","):
        return None
    for position, token in enumerate(tokens[index : index + 9], index):
        if token.pos == "NOUN" or _lemma(token) in UNITS:
            return _classed(tokens, position)
        if token.text in _JOINTS and token.text not in ("«", "»", '"'):
            previous = token
            continue
        if not (token.pos in _MODIFIERS or token.text[0].isdigit() or token.lemma == "такой"):
            return None
        if token.pos == "ADJF" and "nomn" in token.tag and previous and previous.text in ("–", "—"):
            return None
        previous = token
    return None


def _classed(tokens: list[Token], index: int) -> _Noun:
    """The noun at `index`, or the one after it where the two are one term («рабочее место»)."""
    token, lemma = tokens[index], _lemma(tokens[index])
    if index + 1 < len(tokens) and (kind := UNITS.get(f"{lemma} {tokens[index + 1].lemma}")):
        return _Noun(tokens[index + 1], tokens[index + 1].lemma, kind)
    kind = UNITS.get(f"{tokens[index - 1].lemma} {lemma}")
    return _Noun(token, lemma, kind or UNITS.get(lemma, "other"))


def _part(tokens: list[Token], number: Number, recent: list[CountMention]) -> bool:
    """Whether the number is a part of a total named before it, or the first few of a set."""
    edge = number.lead if number.lead >= 0 else number.first
    if edge and tokens[edge - 1].lemma in _SETS:
        return True
    if not any(count.value >= number.value for count in recent):
        return False
    return any(token.text.lower() in _PARTITIVE for token in tokens[max(0, edge - 4) : edge])
