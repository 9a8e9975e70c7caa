"""Where an office is held when its mention does not say, or says only «компании», «страны», «российский»."""

from __future__ import annotations

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
        self.counts = Counter(map(self._prefix, self.places))
        self.said: dict[str, list[tuple[int, int]]] = {}  # office -> where it is said to be held
        for frame, office in offices:
            if office.where:
                first, last = office.where
                span = frame.tokens[first].start, frame.tokens[last - 1].stop
                if self._is_named(span):
                    self.said.setdefault(office.lemma, []).append(span)

    def of(self, occupation: Occupation, others: list[Occupation]) -> tuple[int, int] | None:
        """Where the office is held: as said; else as the same person's other offices; else as the same office's."""
        if occupation.where:
            if self._is_named(occupation.where):
                return occupation.where
            noun = self.by_prefix.get(self._prefix(occupation.where))
            if noun:
                return noun
        own = [o for o in others if o.person == occupation.person and o.where and self._is_named(o.where)]
        for o in own:
            if o.lemma == occupation.lemma:
                return o.where
        said = self.said.get(occupation.lemma, [])
        before = [span for span in said if span[0] < occupation.quote[0]]
        if said:
            return before[-1] if before else said[0]
        of_state = kind_of(occupation.lemma) in ("ruler", "authority")
        where = next((o.where for o in own if not (of_state and o.organization)), None)
        if where is None and of_state and self.places:
            where = self.by_prefix[max(self.counts, key=lambda prefix: self.counts[prefix])]
        return where or occupation.where

    def _is_named(self, span: tuple[int, int]) -> bool:
        """Whether a place is more than a generic noun or an adjective: capitalised, or several words."""
        words = self.text[span[0] : span[1]]
        return any(map(str.isupper, words)) or " " in words

    def _prefix(self, span: tuple[int, int]) -> str:
        return lowered(self.text[span[0] : span[1]])[:PREFIX]
