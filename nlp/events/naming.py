"""What the initiative of an event is called: of the phrases told near it, one or none, by a ranking model.

What the rules chose is one thing it weighs. The weights (naming.json) come from the annotated releases;
`python -m benchmarks.training` trains them anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from pathlib import Path

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.names import stems
from nlp.events.naming_traits import Mark, Telling, marks, of_extent, of_general, of_none, of_phrase, of_rule
from nlp.events.proposals import FAMILIES
from nlp.events.scene import Scene
from nlp.events.titles import plural, singular
from nlp.events.wordings import Phrase, phrases
from nlp.inflection import to_nominative
from nlp.learned import learned
from nlp.lexicon import load
from nlp.schema import EventType, Kind

WEIGHTS = Path(__file__).parent / "naming.json"
BACK, AHEAD = 12, 3  # sentences to either side of an event whose initiatives are looked at
UNFIT = ("person", "sum", "date")  # what no name is
GENERAL: dict[EventType, list[str]] = load("wordings")["general"]

Table = Mapping[str, float]  # the weight of each feature


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written in the text. Without text: none."""

    written: str | None
    kind: Kind | None = None  # of the initiative, where the lexicon knows it
    few: bool = False  # after a numeral: «два парка»
    one: bool = False  # of many, the name of one
    worded: bool = False  # by the rules, in the nominative already

    @property
    def text(self) -> str | None:
        if self.written is None or self.worded:
            return self.written
        written = " ".join(self.written.split())
        found = plural(written) if self.few else to_nominative(written)
        return singular(found) if self.one else found


NONE = Name(None)
Option = tuple[Name, list[str]]
Considered = tuple[list[str], list[Option]]  # features that names share, and each name with its own


def weights() -> dict[str, Table]:
    """The model: for all types of event, under "", and for each, what is added to it."""
    found: dict[str, Table] = learned(WEIGHTS)
    return found


def of_type(model: Mapping[str, Table], kind: str) -> Table:
    """The weights of features for events of one type."""
    common = model[""]
    return {**common, **{name: weight + common.get(name, 0.0) for name, weight in model.get(kind, {}).items()}}


@lru_cache
def _table(kind: EventType) -> Table:
    return of_type(weights(), kind)


def choose_names(analysis: Analysis, drafts: Sequence[Draft], scenes: Sequence[Scene]) -> None:
    """Give the initiative of each event its likeliest name, or none; the money of events must be chosen."""
    names = Names(analysis, drafts, scenes)
    chosen = [likeliest(_table(draft.type), names.considered(draft)) for draft in drafts]
    for draft, name in zip(drafts, chosen, strict=True):
        draft.initiative = name.text
        if name.kind and not name.worded:
            draft.kind = name.kind


def likeliest(table: Table, considered: Iterable[Considered]) -> Name:
    """The name that most speaks for; of equals, the first."""
    weigh, zero = table.get, repeat(0.0)
    best, most = NONE, float("-inf")
    for shared, options in considered:
        common = sum(map(weigh, shared, zero))
        for name, own in options:
            odds = common + sum(map(weigh, own, zero))
            if odds > most:
                best, most = name, odds
    return best


class Names:
    """The events of a release and the phrases by which it calls things."""

    def __init__(self, analysis: Analysis, drafts: Sequence[Draft], scenes: Sequence[Scene]) -> None:
        self.text, self.scenes = analysis.text, scenes
        self.often = Counter(
            lemma for scene in scenes for lemma in {f.lemma for f in scene.words.forms if f.pos == "NOUN"}
        )
        self.title = {form.lemma for form in scenes[0].words.forms} if scenes else set()
        self.named = [(draft, stems(draft.initiative)) for draft in drafts if draft.initiative]
        self._read: dict[int, tuple[list[Phrase], list[Mark]]] = {}  # by sentence

    def _of(self, index: int) -> tuple[list[Phrase], list[Mark]]:
        """The phrases of a sentence that can be names, and what else it names."""
        if index not in self._read:
            scene = self.scenes[index]
            read = marks(scene)
            unfit = {i for first, stop, what, _ in read if what in UNFIT for i in range(first, stop)}
            fit = [phrase for phrase in phrases(scene) if phrase.initiative or phrase.head not in unfit]
            self._read[index] = fit, read
        return self._read[index]

    def considered(self, draft: Draft) -> Iterator[Considered]:
        """What an event's initiative could be called: none, phrases the nearest first, what is never named, the rule's.

        Of its own sentences and the one before them every phrase; of the others, the initiatives."""
        yield [], [(NONE, list(of_none(draft)))]
        telling = Telling(draft, [stem for other, stem in self.named if other is not draft], self.often, self.title)
        home = draft.words.index
        around = dict.fromkeys([home, *sorted(draft.told), home - 1])
        far = [*range(home - 2, home - BACK - 1, -1), *range(home + 1, home + AHEAD + 1), 0]
        seen: set[frozenset[str]] = set()
        for index in dict.fromkeys([*around, *far]):
            if not 0 <= index < len(self.scenes):
                continue
            scene = self.scenes[index]
            found, read = self._of(index)
            for phrase in found:
                if phrase.initiative or index in around:
                    options = list(self._options(telling, scene, read, phrase, seen))
                    if options:
                        yield list(of_phrase(telling, scene, read, phrase)), options
            telling.past(scene)
        for name in GENERAL.get(draft.type, ()):
            if stems(name) not in seen and stems(name) != telling.rule:
                yield [], [(Name(name, worded=True), list(of_general(telling, name)))]
        if telling.rule and telling.rule not in seen:
            yield [], [(Name(draft.initiative, worded=True), list(of_rule(draft)))]

    def _options(
        self, telling: Telling, scene: Scene, read: list[Mark], phrase: Phrase, seen: set[frozenset[str]]
    ) -> Iterator[Option]:
        """The extents of a phrase that are not told nearer."""
        tokens, draft, initiative = scene.words.tokens, telling.draft, phrase.initiative
        fits = initiative and FAMILIES.get(draft.type, initiative.family) == initiative.family
        kind = initiative.kind if initiative and fits else None
        for extent in phrase.extents:
            written = self.text[tokens[extent.first].start : tokens[extent.stop - 1].stop]
            key = stems(written)
            if not key or key in seen:
                continue
            seen.add(key)
            features = list(of_extent(telling, scene, read, phrase, extent, key))
            numbers = ("many", "one") if phrase.plural else ("single",)
            for number in numbers:
                own = telling.number(number, scene.words.forms[phrase.head].lemma)
                yield Name(written, kind, phrase.few, number == "one"), [*features, *own]
