"""Finds the names of regions and places in a release and settles which region each means.

Exact forms only, the longest first, on whole words; nothing is ever matched by likeness. A name of several regions
is settled by what else the release says, by the region of its source, by its being a capital or a city ten times
larger, or left open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from nlp.analysis import Analysis, Token
from nlp.gazetteer.mention import Basis, Found, RegionMention
from nlp.gazetteer.names import Name, by_number, names
from nlp.gazetteer.settling import own_kind, settled
from nlp.lexicon import load
from nlp.morphology import lemma_and_tag
from nlp.tokens import tokenise

_W = load("places")
HEADS = frozenset(_W["heads"])
BETWEEN = frozenset(_W["between"])
NOT_AFTER = frozenset(_W["not_after"])
NOT_BEFORE = frozenset(_W["not_before"])
BREEDS = frozenset(_W["breeds"])
DISTRICTS = frozenset(_W["districts"])
TOWNS = frozenset(_W["towns"])
PREPOSITIONS = frozenset(_W["prepositions"])
NEVER = frozenset(_W["never"])
VENUES = frozenset(_W["venues"])
WEAKER = frozenset(_W["weaker"])
_RANK: dict[str, Basis] = {
    "official": "official", "nickname": "nickname", "abbreviation": "nickname", "adjective": "adjective",
    "demonym": "demonym", "capital": "capital", "place": "place", "town": "place",
}  # fmt: skip
_QUOTED = re.compile(r"«[^«»\n]{1,60}»|\"[^\"\n]{1,60}\"|“[^“”\n]{1,60}”")
_NUMBERED = re.compile(r"(\d\d)-(?:й|го|му|м)")
_SPEECH = 7  # a quotation of so many words or more is speech, not a name
_LARGER = 10  # how many times larger a namesake must be to be meant
_SURNAMES = ("ова", "ову", "ева", "еву", "ина", "ину", "ына")  # «Иваново» declined is a surname as well
_KNOWN_CITY = 100_000


def find_regions(analysis: Analysis) -> list[RegionMention]:
    """The regions and places of a release in order of position, settled as far as the release allows."""
    people = [(e.start, e.stop) for e in analysis.entities if e.type == "PER"]
    places = {(e.start, e.stop) for e in analysis.entities if e.type == "LOC"}
    quotes = [m.span() for m in _QUOTED.finditer(analysis.text) if m[0].count(" ") + 1 < _SPEECH]
    found: list[Found] = []
    for tokens in [*_datelines(analysis), *(sentence.tokens for sentence in analysis.sentences)]:
        found += _Matcher(tokens, people, places, quotes).mentions()
    found.sort(key=lambda each: each.mention.start)
    return settled(found, analysis.source_region, own_kind(analysis))


def match(tokens: list[Token]) -> list[RegionMention]:
    """The mentions in tokens that stand by themselves: a hashtag, a line of furniture."""
    return settled(list(_Matcher(tokens, [], set(), []).mentions()), None, None)


def _datelines(analysis: Analysis) -> Iterator[list[Token]]:
    """The lines that say where a release is from; they stand outside its sentences."""
    inside = {sentence.start for sentence in analysis.sentences}
    for start, stop in analysis.datelines():
        if start not in inside:
            spans = tokenise(analysis.text, start, stop)
            yield [Token(a, b, analysis.text[a:b], *lemma_and_tag(analysis.text[a:b])) for a, b in spans]


def _within(spans: list[tuple[int, int]], position: int) -> bool:
    index = bisect_right(spans, (position, 1 << 60)) - 1
    return index >= 0 and position < spans[index][1]


def _fold(word: str) -> str:
    return word.lower().replace("ё", "е")


class _Matcher:
    """The tokens of one sentence and what is known about its text."""

    def __init__(
        self,
        tokens: list[Token],
        people: list[tuple[int, int]],
        places: set[tuple[int, int]],
        quotes: list[tuple[int, int]],
    ) -> None:
        self.tokens = tokens
        self.words = [_fold(token.text) for token in tokens]
        self.people, self.places, self.quotes = people, places, quotes
        self.last_place = -3  # index of the token after the place found last, for lists of places

    def mentions(self) -> Iterator[Found]:
        table, index, size = names(), 0, len(self.tokens)
        forms, longest = table
        words = self.words
        while index < size:
            length = min(longest.get(words[index], 0), size - index)
            mention = None
            while length and mention is None:
                form = words[index] if length == 1 else " ".join(words[index : index + length])
                if form in forms:
                    mention = self._read(index, index + length, forms[form])
                if mention is None:
                    length -= 1
            if mention is None and index + 3 < size and words[index + 1] in ("и", ","):
                mention, length = self._shared(index), 1
            if mention is None and words[index][0].isdigit():
                mention, length = self._numbered(index), 2
            if mention is None:
                index += 1
            else:
                yield mention
                index += length

    def _shared(self, index: int) -> Found | None:
        """The first of two names with one noun: «Южного и Среднего Урала»."""
        noun = self.words[index + 3]
        second = names().forms.get(f"{self.words[index + 2]} {noun}")
        kept = names().forms.get(f"{self.words[index]} {noun}")
        return self._mention(index, index + 1, list(kept), "nickname") if second and kept else None

    def _numbered(self, index: int) -> Found | None:
        found = _NUMBERED.fullmatch(self.words[index])
        code = by_number().get(found[1]) if found else None
        if code and index + 1 < len(self.tokens) and self.tokens[index + 1].lemma == "регион":
            span = self.tokens[index].start, self.tokens[index + 1].stop
            return Found(RegionMention(*span, (code,), "nickname", code), None)
        return None

    def _read(self, first: int, last: int, candidates: tuple[Name, ...]) -> Found | None:
        """The mention that tokens[first:last] make, if what is around them lets them."""
        token = self.tokens[first]
        official = [n for n in candidates if n.kind in ("official", "head")]
        adjectives = [n for n in candidates if n.kind in ("adjective", "head")]
        if adjectives:
            head = self._head(last)
            if head is not None:
                kept = [n for n in adjectives if n.kind == "head"] or adjectives
                return self._mention(first, head if head >= 0 else last, kept, "official")
        if _within(self.people, token.start) and not official:
            return None
        upper = token.text[0].isupper() or last - first > 1
        described = last < len(self.tokens) and self.tokens[last].pos in ("NOUN", "ADJF")  # «Донской завод»
        for kind in (
            "official",
            "nickname",
            "abbreviation",
            *(("adjective", "town", "capital") if described else ("capital", "adjective", "town")),
            "demonym",
        ):
            kept = [n for n in candidates if n.kind == kind or (n.kind == "place" and kind == "capital")]
            if kept and self._allowed(kind, first, last, kept, upper=upper):
                basis = _RANK[kind]
                if kind == "capital":
                    kept = [n for n in kept if "v" not in n.flags or self._is_place(first, last, n)]
                    basis = "capital" if any(n.kind == "capital" for n in kept) else "place"
                    self.last_place = last
                if official and kind == "nickname":
                    basis = "official"
                return self._mention(first, last, kept, basis)
        return None

    def _allowed(self, kind: str, first: int, last: int, kept: list[Name], *, upper: bool) -> bool:
        token = self.tokens[first]
        before = self.tokens[first - 1].lemma if first else ""
        if kind == "abbreviation":
            return token.text[:2].isupper() and self.words[last : last + 1] not in (["«"], ['"'])  # НАО «Завод»
        if kind in ("adjective", "town"):
            after = self.tokens[last] if last < len(self.tokens) else None
            if before in NOT_BEFORE:
                return False
            other = NOT_AFTER - DISTRICTS if kind == "town" else NOT_AFTER
            named = BREEDS | (other if token.text[0].isupper() else frozenset())  # «калининградские улицы» are in it
            return not (self._surname(first) or (after and (after.lemma in named or self._venue(last))))
        if kind == "demonym":
            return True
        if not upper or before in NOT_BEFORE:
            return False
        if kind == "capital":
            return any(self._is_place(first, last, name) for name in kept)
        return not (before == "южный" and self.words[first].startswith("осети"))

    def _venue(self, index: int) -> bool:
        """Whether an adjective names a forum: «Петербургский международный экономический форум»."""
        for token in self.tokens[index : index + 4]:
            if token.pos not in ("ADJF", "ADJ"):
                return token.lemma in VENUES
        return False

    def _surname(self, index: int) -> bool:
        """Whether a capitalised adjective is a surname: «Игорь Брянский», «М. Курский»."""
        if index == 0 or not self.tokens[index].text[0].isupper():
            return False
        before = self.tokens[index - 1]
        initial = before.text == "." and index > 1 and len(self.tokens[index - 2].text) == 1
        return initial or ("Name" in before.tag and before.text[0].isupper())

    def _is_place(self, first: int, last: int, name: Name) -> bool:
        """Whether what is around a place lets it be one: the more it looks like other words, the more it takes."""
        token = self.tokens[first]
        after = self.tokens[last] if last < len(self.tokens) else None
        if after and (after.lemma in ("вокзал", "проспект", "шоссе") or (last - first == 1 and self._surname(first))):
            return False
        if (
            token.pos == "ADJF"
            and last - first == 1
            and after
            and after.pos in ("NOUN", "ADJF")
            and not self._town(first)
        ):
            return False  # «в Белом доме», «Волжского комбайнового завода»
        if self._town(first):
            return True
        if token.lemma in NEVER or self.words[first] in NEVER:
            return False
        village = "v" in name.flags
        word, surname = "c" in name.flags, "s" in name.flags or self.words[first].endswith(_SURNAMES)
        if not (village or word or surname):
            return True
        if _within(self.quotes, token.start):
            return name.kind == "capital" and not surname
        if village and (word or surname):
            return False
        before = self.words[first - 1] if first else ""
        if before in PREPOSITIONS:
            return True
        if first - self.last_place <= 1 and before in (",", "и", "или", "–", "—"):
            return True  # «Благовещенска, Белогорска и Свободного»
        if surname:
            return False
        if (token.start, self.tokens[last - 1].stop) in self.places or (before in WEAKER and village):
            return True
        dateline = first == 0 and after is not None and after.text in (".", ",") and token.text.isupper()
        return dateline or (first > 0 and name.population >= _KNOWN_CITY)

    def _town(self, index: int) -> bool:
        """Whether the word before says that a town follows: «город Свободный», «г. Мирный»."""
        if index > 1 and self.words[index - 1] == ".":
            return self.words[index - 2] in TOWNS
        return index > 0 and self.tokens[index - 1].lemma in TOWNS

    def _head(self, index: int) -> int | None:
        """Where «область» ends that the adjective before `index` belongs to; -1 if other adjectives come between."""
        direct = True
        for position in range(index, min(index + 12, len(self.tokens))):
            lemma = self.tokens[position].lemma
            if lemma in HEADS:
                if lemma == "округ" and self.tokens[position - 1].lemma != "автономный":
                    return None
                return position + 1 if direct else -1
            if lemma == "автономный":
                continue
            if lemma not in BETWEEN and not self._is_region_adjective(position):
                return None
            direct = False
        return None

    def _is_region_adjective(self, position: int) -> bool:
        return any(name.kind in ("adjective", "head") for name in names().forms.get(self.words[position], ()))

    def _mention(self, first: int, last: int, kept: list[Name], basis: Basis) -> Found:
        start = self.tokens[first].start
        if basis == "official" and first and self.tokens[first - 1].lemma == "республика":
            republics = [name for name in kept if name.code in ("RU-AL",)]
            kept, start = republics or kept, self.tokens[first - 1].start
        kept = sorted(kept, key=lambda n: (n.kind != "capital", "!" not in n.flags, -n.population))
        codes = tuple(dict.fromkeys(name.code for name in kept))
        code = codes[0] if len(codes) == 1 and "?" not in kept[0].flags else None
        quoted = _within(self.quotes, start)
        mention = RegionMention(start, self.tokens[last - 1].stop, codes, basis, code, quoted)
        return Found(mention, codes[0] if code is None and _is_likely(kept) else None)


def _is_likely(kept: list[Name]) -> bool:
    """Whether the first of several namesakes is meant where nothing speaks for another."""
    best = kept[0]
    if best.kind not in ("capital", "place"):
        return "!" in best.flags
    return best.kind == "capital" or len(kept) == 1 or best.population >= _LARGER * kept[1].population
