"""Sentences and tokens of a paragraph, in one pass of a compiled expression each.

Tokens are razdel's, which the networks were trained on. Sentences differ where razdel errs in releases: «в 2024 г.
Губернатор…» ends a sentence, «им. Свиязева» does not, a lost space («слово.Слово») hides no end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.lexicon import load

DASHES = "-‑–—−"
PUNCTUATION = re.escape("\\/!#$%&*+,.:;<=>?@^_`|~№…" + DASHES + "«“‘»”’\"„'" + "([{)]}")
LETTERS = "(?:[а-яё]+|[a-z]+)"
OTHER = rf"[^\s\dа-яёa-z{PUNCTUATION}]+"
RUN = rf"(?:{OTHER}(?:{LETTERS}(?:{OTHER}{LETTERS}?)*)?|{LETTERS}(?:{OTHER}{LETTERS}?)*|\d+)"
TOKEN = re.compile(
    rf"{RUN}(?:[{DASHES}_](?=[^\s{PUNCTUATION}]){RUN}|(?<=\d)[.,/\\]\d+)*|[.?!…]+|--+|\*\*+|\S", re.IGNORECASE
)
# A possible end: a full stop and its like, closing quotes or brackets, then a space (or a lost one).
END = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>[»”\")\]]*+)(?:\s++(?=(?P<next>\S))|(?<=[а-яё]{3}\.)(?=[А-ЯЁ][а-яё]))"
    r"|(?<![.!?…])[.!?…]++[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]++\s++(?=[^а-яёa-z])"
)
LAST_WORD = re.compile(r"(?:[^\W\d_]+\.\s?){0,2}[^\W_]+(?:-[^\W\d_]+)?$")
INITIAL = re.compile(r"(?<![^\W_])(?:[А-ЯЁA-Z]|Дж|Ю[рл]|Ал|Вс)$")
NUMBER_BEFORE = re.compile(r"(?:\d|[XVI])[\s-]*(?:тыс|млн|млрд|трлн|кв|куб|пог)?\.?\s*[^\W\d_]+$")
BULLET = re.compile(r"\s*(?:\d{1,2}|[а-яёa-z]|[IVX]+)(?:\.\d{1,2})*$")
LONGEST = 3_000  # characters; what goes on longer is no sentence, and is cut so that its readers stay quick
DASH_AND_SMALL = re.compile(r"[-–—]\s*[а-яёa-z]")


def tokenise(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Spans of the tokens of `text[start:stop]`.

    >>> [ "В 2024-м 1,5 млн."[a:b] for a, b in tokenise("В 2024-м 1,5 млн.", 0, 17)]
    ['В', '2024-м', '1,5', 'млн', '.']
    """
    return [match.span() for match in TOKEN.finditer(text, start, stop)]


def sentences(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of the paragraph `text[start:stop]`, spaces around them left out, none over LONGEST.

    >>> text = "Форум прошёл в 2024 г. Хартию подписал завод им. Свиязева."
    >>> [text[a:b] for a, b in sentences(text, 0, len(text))]
    ['Форум прошёл в 2024 г.', 'Хартию подписал завод им. Свиязева.']
    """
    begin = start
    for match in END.finditer(text, start, stop):
        if _ends(text, begin, match):
            yield from _cut(text, begin, match.start() + len(match[0].rstrip()))
            begin = match.end()
    yield from _cut(text, begin, stop)


def _cut(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The stretch without spaces around it, in pieces of at most LONGEST characters."""
    while start < stop:
        end = stop
        if stop - start > LONGEST:
            space = text.rfind(" ", start + 1, start + LONGEST)
            end = space if space > 0 else start + LONGEST
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            first = start + piece.index(stripped[0])
            yield first, first + len(stripped)
        start = end


def _ends(text: str, begin: int, match: re.Match[str]) -> bool:
    mark, following = match["mark"], match["next"]
    if mark is None:
        return True
    if following is None:  # a lost space
        word = LAST_WORD.search(text, max(begin, match.start() - 24), match.start())
        return not (word and word[0].lower() in _abbreviations()[0])
    if following.islower() or following in ",;:)»”.!?…":
        return False
    if DASH_AND_SMALL.match(text, match.end()):  # «…», — сказал он
        return False
    if mark != "." or match["close"]:
        return True
    window = max(begin, match.start() - 24)
    if INITIAL.search(text, window, match.start()) and following.isupper():
        return False
    if BULLET.fullmatch(text, begin, match.start()):
        return False
    found = LAST_WORD.search(text, window, match.start())
    if found is None:
        return True
    return not _abbreviated(found[0].lower(), text[window : match.start()], following)


def _abbreviated(word: str, before: str, following: str) -> bool:
    """Whether the full stop after `word` belongs to it and the sentence goes on."""
    names, numbers, general = _abbreviations()
    compact = word.replace(" ", "")
    last = re.split(r"[\s.]", word)[-1]
    if compact in general or last in general:
        return following.isdigit()
    if last in numbers and NUMBER_BEFORE.search(before):
        return following.isdigit()
    return compact in names or last in names or (last in numbers and (following.isdigit() or last == "г"))


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lexicon = load("abbreviations")
    names, numbers, general = (frozenset(lexicon[key]) for key in ("before_name", "after_number", "general"))
    return names, numbers, general
