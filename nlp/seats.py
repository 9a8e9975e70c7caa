"""Where an office is held when its mention does not say, or says only «компании», «страны», «российский»."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from nlp.analysis import Analysis
from nlp.offices import Office, kind_of
from nlp.phrases import Frame, lowered

if TYPE_CHECKING:
    from nlp.people import Occupation

PREFIX = 5  # letters by which «российский» and «Россия» are one


class Seats:
    """The places and bodies that the offices of one release are held in."""

    def __init__(self, analysis: Analysis, offices: list[tuple[Frame, Office]]) -> None:
        self.text = analysis.text
        self.places = [(e.start, e.stop) for e in analysis.entities if e.type == "LOC"]
        self.by_prefix: dict[str, tuple[int, int]] = {}
        for span in self.places:
            self.by_prefix.setdefault(self._prefix(span), span)
        self.most = max(Counter(map(self._prefix, self.places)).items(), key=lambda item: item[1], default=("", 0))[0]
        self.own: dict[tuple[int, str], tuple[int, int]] = {}  # (person, office) -> where
        self.said: dict[str, list[tuple[int, int]]] = {}  # office -> where it is said to be held
        for frame, office in offices:
            if office.where:
                first, last = office.where
                span = frame.tokens[first].start, frame.tokens[last - 1].stop
                if self._is_named(span):
                    self.said.setdefault(office.lemma, []).append(span)

    def learn(self, occupation: Occupation) -> None:
        """Remember where this person holds this office, and any office."""
        if occupation.where and self._is_named(occupation.where):
            self.own.setdefault((occupation.person, occupation.lemma), occupation.where)
            self.own.setdefault((occupation.person, ""), occupation.where)
            if not occupation.organization:
                self.own.setdefault((occupation.person, "state"), occupation.where)

    def of(self, occupation: Occupation) -> tuple[int, int] | None:
        """Where the office is held.

        As said; else as the same person's; else as the same office's elsewhere; else, an office of state, as the
        place the release speaks of most.
        """
        if occupation.where:
            if self._is_named(occupation.where):
                return occupation.where
            noun = self.by_prefix.get(self._prefix(occupation.where))
            if noun:
                return noun
        if kind_of(occupation.lemma) == "trade":  # a trade is held nowhere unless said
            return occupation.where
        same = self.own.get((occupation.person, occupation.lemma))
        if same:
            return same
        said = self.said.get(occupation.lemma, [])
        if said:
            return said[max(bisect_left(said, occupation.quote) - 1, 0)]
        of_state = kind_of(occupation.lemma) in ("ruler", "authority")
        where = self.own.get((occupation.person, "state" if of_state else ""))
        if where is None and of_state and self.places:
            where = self.by_prefix[self.most]
        return where or occupation.where

    def _is_named(self, span: tuple[int, int]) -> bool:
        """Whether a place is more than a generic noun or an adjective: capitalised, or several words."""
        words = self.text[span[0] : span[1]]
        return any(map(str.isupper, words)) or " " in words

    def _prefix(self, span: tuple[int, int]) -> str:
        return lowered(self.text[span[0] : span[1]])[:PREFIX]
