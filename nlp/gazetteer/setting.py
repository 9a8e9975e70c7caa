"""Mentions where they stand: each with its sentence and the words before, between and after it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.analysis import Analysis, Sentence, Token
from nlp.gazetteer.mention import RegionMention
from nlp.lexicon import load

_W = load("places")
AUTHORITIES = frozenset(_W["authorities"])
BACKGROUND = frozenset(_W["background"])
SPOKESMEN = AUTHORITIES | frozenset(_W["spokesmen"])
JOINTS = frozenset({"и", ",", "–", "—", "-", "с", "со", "а", "также", "или", "(", ")", ";", ":"})
_REACH = 5  # how many words before a name its authority may stand: «комитет экономической и промышленной политики края»
_OPENING = 3  # words by which a sentence says that it speaks of the past
_LONGEST = 40  # words between two names of one list, people and offices included


@dataclass(frozen=True, slots=True)
class Placed:
    """A settled mention, `sentence.tokens[first:last]` of the sentence numbered `index`."""

    mention: RegionMention
    code: str
    sentence: Sentence
    index: int
    first: int
    last: int

    def before(self, length: int) -> list[Token]:
        return self.sentence.tokens[max(0, self.first - length) : self.first]

    def after(self, length: int) -> list[Token]:
        return self.sentence.tokens[self.last : self.last + length]

    @property
    def has_authority(self) -> bool:
        """Whether an authority is named as its: «правительство Хабаровского края»."""
        return any(token.lemma in AUTHORITIES for token in self.before(_REACH))

    @property
    def is_background(self) -> bool:
        """Whether its sentence tells what was before: «Ранее …»."""
        return any(token.lemma in BACKGROUND for token in self.sentence.tokens[:_OPENING])

    @property
    def is_elsewhere(self) -> bool:
        """Whether it says where something comes from or goes: «компания из Тулы», «поставит в Ростовскую область»."""
        preposition = self.before(1)[0].text.lower() if self.first else ""
        if preposition in ("в", "во", "на"):
            tag = self.sentence.tokens[self.last - 1].tag
            return ("accs" in tag or "nomn" in tag) and "Fixd" not in tag
        return preposition == "из"

    def beside(self, other: Placed) -> bool:
        """Whether nothing but joints, authorities and their people stand between it and a later one."""
        if self.index != other.index or other.first - self.last > _LONGEST:
            return False
        return all(
            token.text.lower() in JOINTS
            or token.lemma in SPOKESMEN
            or token.pos in ("ADJF", "PREP")
            or token.text[0].isupper()
            for token in self.sentence.tokens[self.last : other.first]
        )


def placed(analysis: Analysis, mentions: Sequence[RegionMention]) -> Iterator[Placed]:
    """The settled mentions that stand in sentences of the release."""
    for mention in mentions:
        index = bisect_right(analysis.sentences, mention.start, key=lambda sentence: sentence.start) - 1
        if mention.code and index >= 0 and mention.start < analysis.sentences[index].stop:
            sentence = analysis.sentences[index]
            first = bisect_left(sentence.tokens, mention.start, key=lambda token: token.start)
            last = bisect_left(sentence.tokens, mention.stop, lo=first, key=lambda token: token.start)
            yield Placed(mention, mention.code, sentence, index, first, last)


def lists(mentions: Sequence[Placed]) -> Iterator[list[Placed]]:
    """The mentions grouped by the lists they stand in; most stand alone."""
    group: list[Placed] = []
    for mention in mentions:
        if group and not group[-1].beside(mention):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group
