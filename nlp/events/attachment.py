"""Which trigger takes which initiative: by case, word order and what lies between them.

No parser: a trigger and a noun phrase belong together when the phrase stands in the case that the trigger's shape
asks for (government.py), and few clause borders lie between. The cost of a link is what speaks against it.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp.events.government import IMPOSSIBLE, fit
from nlp.events.initiative import Initiative
from nlp.events.takers import takes
from nlp.events.text import OPENING, Words
from nlp.events.triggers import Spot
from nlp.lexicon import load

_TABLE = load("government")
SHORTENED = frozenset(_TABLE["shortened"])
RELATIVE = frozenset(_TABLE["relative"])
COSTLIEST = 20.0
BORDERS = {",": 1.5, ";": 14.0, ":": 8.0, "—": 3.0, "–": 3.0, "-": 3.0, "(": 3.0, ")": 1.0, ".": 20.0}


@dataclass(frozen=True, slots=True)
class Link:
    spot: Spot
    initiative: Initiative
    cost: float
    by_signature: bool = False  # «поддержали своими подписями»


def links(words: Words, spots: list[Spot], found: list[Initiative]) -> list[Link]:
    """The links of a sentence, cheapest first: an initiative to its best trigger of each class, a trigger to its
    best initiative of each family and those coordinated with it."""
    best: dict[tuple[int, str], Link] = {}
    for initiative in found:
        for spot in spots:
            if not takes(words, spot, initiative):
                continue
            cost = link_cost(words, spot, initiative)
            key = (initiative.head, spot.name)
            if cost <= COSTLIEST and (key not in best or cost < best[key].cost):
                best[key] = Link(spot, initiative, cost, by_signature(words, spot))
    kept: list[Link] = []
    for link in sorted(best.values(), key=lambda link: link.cost):
        rivals = [k for k in kept if k.spot.index == link.spot.index and k.initiative.head != link.initiative.head]
        if not rivals or any(_coordinated(words, k.initiative, link.initiative) for k in rivals):
            kept.append(link)
    return kept


def by_signature(words: Words, spot: Spot) -> bool:
    """«поддержали инициативу своими подписями»: signing, not joining."""
    return "поддержать" in words.forms[spot.index].lemmas and any("подпись" in form.lemmas for form in words.forms)


def _coordinated(words: Words, a: Initiative, b: Initiative) -> bool:
    """Whether two phrases are equals in a list: «рудник и завод», «парки, технопарки»."""
    first, second = (a, b) if a.first < b.first else (b, a)
    between = words.lower[first.stop : second.first]
    if not a.cases & b.cases or len(between) > 12:
        return False
    return any(text in ("и", ",", "а", "также") for text in between) and not any(
        words.forms[i].finite and words.forms[i].pos == "VERB" for i in range(first.stop, second.first)
    )


def link_cost(words: Words, spot: Spot, initiative: Initiative) -> float:
    """What speaks against the link; COSTLIEST or more is too much."""
    if initiative.first <= spot.index < initiative.stop:
        inside = spot.shape == "participle" and spot.index < initiative.head
        return 0.5 if inside else IMPOSSIBLE
    stands = fit(words, spot, initiative)
    if stands >= IMPOSSIBLE:
        return stands
    return stands + _distance(words, spot.index, initiative)


def _distance(words: Words, index: int, initiative: Initiative) -> float:
    """Tokens and clause borders between a trigger and a phrase."""
    low, high = (index + 1, initiative.first) if index < initiative.first else (initiative.stop, index)
    cost, i = 0.0, low
    while i < high:
        text = words.lower[i]
        if text in OPENING and text != "(":
            cost += 0.5
            i += 1
            continue
        shortened = text == "." and i > 0 and words.lower[i - 1] in SHORTENED  # «в апреле 2023 г.»
        cost += 0.35 if shortened else BORDERS.get(text, 0.35)
        if i != index and words.forms[i].finite:
            cost += 4.0 if words.forms[i].pos == "VERB" else 2.0
        elif words.forms[i].lemmas & RELATIVE and words.forms[i].pos in ("ADJF", "CONJ", "NPRO", "ADVB"):
            cost += 3.0
        i += 1
    return cost
