"""What a page says about its region outside the release: its address, hashtags and furniture."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache

from nlp.analysis import Analysis, Token
from nlp.gazetteer.matching import match
from nlp.gazetteer.names import DATA, by_number
from nlp.layout import RELEASE
from nlp.morphology import lemma_and_tag
from nlp.tokens import tokenise

_HASHTAG = re.compile(r"#(\w+)")
_PARTS = re.compile(r"[А-ЯЁ]+(?![а-яё])|[А-ЯЁ]?[а-яё]+|\d+")  # «СделаноВХабаровскомКрае» -> its words
_ADDRESS = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:[\w-]+\.)+(?:ru|рф|org|com|info|net|su)(?:/[\w./-]*)?", re.IGNORECASE
)
_NUMBERED = re.compile(r"[a-zа-яё_]{2,}(\d\d)|(\d\d)(?:gov|reg)[a-z]*", re.IGNORECASE)
HASHTAG, ADDRESS, FURNITURE = 1.5, 1.0, 0.5  # how much each is worth; an official name in the release is worth 3


@cache
def _addresses() -> dict[str, str]:
    with (DATA / "addresses.csv").open(encoding="utf-8") as file:
        return {word: row["code"] for row in csv.DictReader(file) for word in row["words"].split()}


def hints(analysis: Analysis) -> dict[str, float]:
    """Codes of regions by weight."""
    found: dict[str, float] = defaultdict(float)
    for tag in _HASHTAG.findall(analysis.text):
        for mention in match(_tokens(" ".join(_PARTS.findall(tag)))):
            if mention.code:
                found[mention.code] += HASHTAG
        _numbered(tag, found)
    for address in [analysis.url or "", *_ADDRESS.findall(analysis.text)]:
        for word in re.split(r"[/._]", address.lower()):
            for part in {word, *word.split("-")}:
                if code := _addresses().get(part):
                    found[code] += ADDRESS
            _numbered(word, found)
    for block in analysis.blocks:
        if block.role not in RELEASE:
            for mention in match(_tokens(analysis.text[block.start : block.stop])):
                if mention.code and mention.basis in ("official", "nickname"):
                    found[mention.code] += FURNITURE
    return found


def _numbered(word: str, found: dict[str, float]) -> None:
    """«Промышленность27», frp27.ru, 49gov.ru."""
    number = _NUMBERED.fullmatch(word)
    code = by_number().get(number[1] or number[2]) if number else None
    if code:
        found[code] += ADDRESS


def _tokens(text: str) -> list[Token]:
    return [Token(a, b, text[a:b], *lemma_and_tag(text[a:b])) for a, b in tokenise(text, 0, len(text))]
