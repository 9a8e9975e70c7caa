"""The noun phrases of a sentence, each in the extents that can be a name.

«участок брони для мельниц» can be called so, or «участок брони», or «участок». A phrase need not be of the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.agreement import word
from nlp.events.grammar import agreement
from nlp.events.initiative import POINTERS, Initiative
from nlp.events.scene import Scene
from nlp.events.text import OPENING, Words, quoted
from nlp.lexicon import load

PREPOSITIONS = frozenset(load("wordings")["prepositions"])
ADJECTIVAL = frozenset({"ADJF", "PRTF"})
NOMINAL = frozenset({"NOUN", "ADJS", ""})  # as what pymorphy may read a noun
NO_NOUN = frozenset({"VERB", "INFN", "PREP", "CONJ", "PRCL", "ADVB"})
UNITS = 4  # complements after a noun that are looked at
CLIPPED = 2  # of them, those that a phrase without its adjectives may keep
ADJECTIVES = 6  # tokens before a noun that are looked at


@dataclass(frozen=True, slots=True)
class Extent:
    """Tokens [first, stop) of a sentence as a name."""

    first: int
    stop: int
    label: str  # which adjectives and how many complements it takes: «all 1», «none 0»


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, or a name alone. Positions are token indices of its sentence, ends exclusive."""

    initiative: Initiative | None  # where it is one of the lexicon
    first: int  # from its first adjective
    head: int  # the noun that takes the case; of a name alone, its first word
    core: int  # after the noun
    plural: bool
    few: bool  # the genitive after a numeral: «два индустриальных парка»
    extents: tuple[Extent, ...]


def phrases(scene: Scene) -> list[Phrase]:
    """Every noun phrase of a sentence and every name in quotation marks: those of the lexicon first, then the rest."""
    words = scene.words
    found = [_of_lexicon(words, initiative) for initiative in scene.initiatives]
    taken = {i for phrase in scene.initiatives for i in (*range(phrase.name, phrase.core), phrase.head)}
    position = 0
    while position < len(words):
        stop = quoted(words, position)
        if stop > position + 2:
            alone = Extent(position, stop, "name")
            found.append(Phrase(None, position, position + 1, stop, False, False, (alone,)))
            position = stop
            continue
        if position not in taken and _is_noun(words, position):
            found.append(_of_noun(words, position))
        position += 1
    return found


def _is_noun(words: Words, position: int) -> bool:
    text, form = words.tokens[position].text, words.forms[position]
    if not text[0].isalpha() or len(text) < 2:
        return False
    return form.pos == "NOUN" or ("NOUN" in form.poses and form.pos in NOMINAL) or word(text).fixed


def _of_lexicon(words: Words, initiative: Initiative) -> Phrase:
    first, name, core, stop = initiative.first, initiative.name, initiative.core, initiative.stop
    if core == name:  # called by its name alone
        return Phrase(initiative, first, initiative.head, stop, False, False, (Extent(first, stop, "name"),))
    stops = _stops(words, core)
    if stop not in stops:
        stops.append(stop)
    starts = dict.fromkeys([first, *_starts(words, name, core)])
    few = _few(words, first, initiative.head)
    extents = tuple(_extents(list(starts), stops, stop))
    return Phrase(initiative, first, initiative.head, core, initiative.plural or few, few, extents)


def _of_noun(words: Words, head: int) -> Phrase:
    first, position, noun = head, head - 1, words.tokens[head].text
    while position >= max(0, head - ADJECTIVES):
        form = words.forms[position]
        if form.pos in ADJECTIVAL and not form.lemmas & POINTERS and agreement(words.tokens[position].text, noun):
            first = position
        elif not (words.lower[position] in ("и", ",") and first == position + 1 and first < head):
            break
        position -= 1
    reading = next((r for r in words.forms[head].readings if r.pos == "NOUN"), None)
    few = _few(words, first, head)
    extents = tuple(_extents(_starts(words, first, head + 1), _stops(words, head + 1), -1))
    plural = few or (reading is not None and reading.number == "plur")
    return Phrase(None, first, head, head + 1, plural, few, extents)


def _few(words: Words, first: int, head: int) -> bool:
    if not first or not (words.tokens[first - 1].text[-1] in "234" or words.forms[first - 1].pos == "NUMR"):
        return False
    return any(slot == ("gent", "sing") for slot in ((n.case, n.number) for n in word(words.tokens[head].text).nouns))


def _starts(words: Words, first: int, core: int) -> list[int]:
    """Where a name can begin: with all adjectives, with the last of them, with the noun."""
    noun = first
    while noun < core - 1 and (words.forms[noun].pos in ADJECTIVAL or words.lower[noun] in ("и", ",")):
        noun += 1
    return list(dict.fromkeys([first, max(first, noun - 1), noun]))


def _extents(starts: Sequence[int], stops: Sequence[int], full: int) -> Iterator[Extent]:
    """`full` is where the rules end the phrase."""
    for i, first in enumerate(starts):
        adjectives = "no" if len(starts) == 1 else "all" if not i else "none" if i == len(starts) - 1 else "last"
        for complements, stop in enumerate(stops if not i else stops[: CLIPPED + 1]):
            yield Extent(first, stop, f"{adjectives} {complements}{' full' if stop == full else ''}")


def _stops(words: Words, core: int) -> list[int]:
    """Where a name can end: after the noun, after its first complement, the second and so on."""
    stops = [core]
    while len(stops) <= UNITS:
        stop = _unit(words, stops[-1])
        if stop == stops[-1]:
            break
        stops.append(stop)
    return stops


def _unit(words: Words, start: int) -> int:
    """Where the complement that begins at a token ends: a name, a genitive, a preposition with its noun."""
    if start >= len(words):
        return start
    if words.lower[start] in OPENING:
        return quoted(words, start)
    position = start
    governed = words.lower[start] in PREPOSITIONS
    if governed:
        position += 1
        while position < len(words) and words.tokens[position].text[0].isdigit():
            position += 1  # «под 1 процент годовых»
    noun = _noun_after(words, position, governed)
    return _joined(words, noun + 1) if noun >= 0 else start


def _noun_after(words: Words, position: int, governed: bool) -> int:
    """The noun of a complement, behind its adjectives: in the genitive, or as its preposition wants it; else -1."""
    while position < len(words) and words.tokens[position].text[0].isalpha():
        form, pos = word(words.tokens[position].text), words.forms[position].pos
        adjective = bool(form.adjectives) if governed else form.adjective_in("gent")
        noun = form.fixed or (governed and bool(form.nouns)) or "gent" in form.cases
        if noun and not (adjective and pos in ADJECTIVAL):
            return -1 if pos in NO_NOUN else position
        if not adjective:
            return -1
        position += 1
        if position < len(words) - 1 and words.lower[position] in ("и", ","):
            position += bool(word(words.tokens[position + 1].text).adjectives)
    return -1


def _joined(words: Words, stop: int) -> int:
    """«брони и колец»: the end of a complement with the noun that «и» joins to it."""
    if stop < len(words) - 1 and words.lower[stop] == "и" and _is_noun(words, stop + 1):
        before, after = word(words.tokens[stop - 1].text), word(words.tokens[stop + 1].text)
        if {n.case for n in before.nouns} & {n.case for n in after.nouns} - {"nomn"}:
            return stop + 2
    return stop
