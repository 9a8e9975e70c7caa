"""What the network of sentences sees of each word besides its meaning: its form, and what was read there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from nlp.analysis import Analysis, Token
from nlp.events.scene import Mention, Scene

GRAMMEMES = frozenset(
    ("nomn", "gent", "datv", "accs", "ablt", "loct", "past", "pres", "futr", "plur", "Name", "Surn")
)  # fmt: skip
NEGATIONS = frozenset({"не", "нет", "пока"})
QUOTES = frozenset('«"“„')
TURNS = frozenset(":—–-")


def marks(analysis: Analysis, scene: Scene) -> list[set[str]]:
    """The names of the marks of each token of a sentence."""
    found = [set(_of_token(token)) for token in scene.words.tokens]
    for token, names in zip(scene.words.tokens, found, strict=True):
        place = bisect_right(analysis.entities, token.start, key=lambda entity: entity.start) - 1
        if place >= 0 and token.start < analysis.entities[place].stop:
            names.add(f"entity {analysis.entities[place].type}")
    for spot in scene.spots:
        found[spot.index].add(f"trigger {spot.name}")
    for initiative in scene.initiatives:
        name = f"initiative {initiative.family} {'telling' if initiative.telling else 'vague'}"
        for index in range(initiative.first, initiative.stop):
            found[index].add(name)
    for count in scene.counts:
        _mark(scene, found, [count], f"count {count.unit_class}")
    for name, mentions in (
        ("sum", scene.sums),
        ("date", scene.dates),
        ("organisation", scene.organisations),
        ("person", scene.people),
    ):
        _mark(scene, found, mentions, name)
    return found


def _of_token(token: Token) -> Iterator[str]:
    tag = token.tag.replace(" ", ",").split(",")
    yield tag[0]
    yield from GRAMMEMES.intersection(tag)
    if token.text[0].isdigit():
        yield "digit"
    elif token.text[0].isupper():
        yield "capital"
    elif token.text in QUOTES:
        yield "quote"
    elif token.text in TURNS:
        yield "turn"
    elif token.text in NEGATIONS:
        yield "negation"


def _mark(scene: Scene, found: list[set[str]], mentions: Iterable[Mention], name: str) -> None:
    for mention in mentions:
        last = min(scene.words.at(mention.stop - 1), len(found) - 1)  # one may go on into the next sentence
        for index in range(scene.words.at(mention.start), last + 1):
            found[index].add(name)
