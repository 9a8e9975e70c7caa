"""Characters first: one spelling of each letter, space and hyphen, with a way back to the original offsets.

Sites hide soft hyphens in words, glue them with no-break spaces and replace letters by Greek or Latin twins
against copying. The readers of `nlp` see none of that; quotations are still cut from the original text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
STRESS = "\u0300\u0301"

SAME_LENGTH = {ord(c): " " for c in SPACES} | {ord(c): "\n" for c in LINE_ENDS} | {0x2010: "-", 0x2011: "-"}
# Quick looks, led by a set of characters, which is what `re` scans fast: most texts need nothing more.
ODD = re.compile(f"[{INVISIBLE}\u0300-\u036f\r]")
SAME_LENGTH_PATTERN = re.compile(f"[{SPACES}{LINE_ENDS}\u2010\u2011]")
# A letter with combining marks is composed (at most 30 marks, as Unicode's stream-safe format has it: sorting
# them is quadratic); invisible characters and the CR of CR LF vanish.
CHANGED = re.compile(f"[^\\W\\d_](?:[{INVISIBLE}]*[\u0300-\u036f]){{1,30}}|[{INVISIBLE}]+|\r(?=\n)")

LETTER = r"[^\W\d_]"
CYRILLIC = r"[\u0400-\u04ff]"
FOREIGN = "A-Za-zÀ-ɏͰ-Ͽ"
TWINS = str.maketrans(
    "ABCEHKMOPTXYËacekmopxyëΑΒΕΗΚΜΟΡΤΥΧαβεκοπρτυχϲ",
    "АВСЕНКМОРТХУЁасекморхуёАВЕНКМОРТУХавекопртухс",
)
MIXED = re.compile(f"[{FOREIGN}](?:(?={CYRILLIC})|(?<={CYRILLIC}[{FOREIGN}]))")
WORD = re.compile(f"{LETTER}+")
ALL_CYRILLIC = re.compile(f"{CYRILLIC}+")
# Words spelt by twins alone hold no Cyrillic letter to give them away. These few are common in releases and mean
# nothing in Latin; they are believed only before a Cyrillic word, one letter in upper case only in front.
SHORT_WORD = re.compile(r"[ackoyACKOYHXMαοκΑΟΚΗΧΜϲ](?<![\w-].)[coOCAOMοΟΑΜ]{0,3}(?!\w)")
TWIN_WORD = re.compile(
    rf"(?<![\w-])(?:[ackoyακο]|(?<![^.!?\n»] )[ACKOYΑΚΟ]|[cCϲ][oο]|[kKκΚ][oο]"
    rf"|[OΟ]?[AΑ][OΟ]|[OΟ]{{3}}|[HΗ][AΑ][OΟ]|[XΧ][MΜ][AΑ][OΟ])(?=\s*[«\"“„]?{CYRILLIC})(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text with its characters put right. Offsets are code points."""

    text: str
    length: int  # of the original
    # Where the two texts are out of step: an edit ends at `after[i]` here and at `before[i]` there. Each is
    # preceded by the edit's own beginning, so that between breakpoints 2i+1 and 2i+2 the texts run in step.
    after: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)

    def original(self, start: int, stop: int) -> tuple[int, int]:
        """The span of the original text from which `text[start:stop]` was made.

        >>> normalise("под\\u00adписал").original(3, 8)
        (4, 9)
        """
        if start >= stop:
            position = self._start(start) if start < len(self.text) else self.length
            return position, position
        return self._start(start), self._stop(stop)

    def _start(self, position: int) -> int:
        """Where the character at `position` begins in the original."""
        index = bisect_right(self.after, position) - 1
        if index < 0:
            return position
        if index % 2 == 0:  # inside a replaced stretch: all of it
            return self.before[index]
        return self.before[index] + position - self.after[index]

    def _stop(self, position: int) -> int:
        """Where the character before `position` ends in the original."""
        index = bisect_right(self.after, position - 1) - 1
        if index < 0:
            return position
        if index % 2 == 0:
            return self.before[index + 1]
        return self.before[index] + position - self.after[index]


def normalise(text: str) -> Normalised:
    """Drop invisible characters, unify spaces, line ends and hyphens, compose letters, undo look-alikes.

    Linear in the length of the text; a text with nothing to mend is returned as it is.

    >>> normalise("Хаpтия\\u00a0— это").text
    'Хартия — это'
    """
    length = len(text)
    after: list[int] = []
    before: list[int] = []
    if ODD.search(text):
        text, after, before = _change_lengths(text)
    if SAME_LENGTH_PATTERN.search(text):
        text = text.translate(SAME_LENGTH)
    if MIXED.search(text):
        text = WORD.sub(_untwin_mixed, text)
    if SHORT_WORD.search(text):
        text = TWIN_WORD.sub(lambda match: match[0].translate(TWINS), text)
    return Normalised(text, length, after, before)


def _change_lengths(text: str) -> tuple[str, list[int], list[int]]:
    """Apply CHANGED; give the new text and the breakpoints (see Normalised)."""
    pieces: list[str] = []
    after: list[int] = []
    before: list[int] = []
    done = size = 0
    for match in CHANGED.finditer(text):
        start, stop = match.span()
        replacement = _compose(match[0])
        pieces += (text[done:start], replacement)
        size += start - done
        after.append(size)
        before.append(start)
        size += len(replacement)
        after.append(size)
        before.append(stop)
        done = stop
    pieces.append(text[done:])
    return "".join(pieces), after, before


def _compose(cluster: str) -> str:
    """A letter with its marks in one character where there is one; stress marks on Cyrillic letters are dropped."""
    letter = cluster[0]
    if not letter.isalpha():
        return ""
    marks = "".join(c for c in cluster[1:] if unicodedata.combining(c))
    if "\u0400" <= letter <= "\u04ff":
        marks = marks.translate(dict.fromkeys(map(ord, STRESS)))
    return unicodedata.normalize("NFC", letter + marks)


def _untwin_mixed(match: re.Match[str]) -> str:
    """Cyrillic for the Greek and Latin twins of a word that mixes scripts, if that makes it wholly Cyrillic."""
    word = match[0]
    if not MIXED.search(word):
        return word
    mended = word.translate(TWINS)
    return mended if ALL_CYRILLIC.fullmatch(mended) else word
