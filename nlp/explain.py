"""Why a release was read as it was: each line's role, what was found in each sentence, the events, the silences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from rich.console import Group
from rich.text import Text

from nlp.analyse import analyse
from nlp.analysis import Analysis
from nlp.characters import normalise
from nlp.events.coreference import resolve
from nlp.events.scene import Scene, scenes
from nlp.events.sphere import outside
from nlp.events.status import standing
from nlp.events.types import event_type
from nlp.extractor import extract
from nlp.gate import may_hold_events
from nlp.gazetteer import find_regions
from nlp.layout import RELEASE
from nlp.people import People
from nlp.schema import Document, Event, Extraction

STYLES = {  # kind of a mark -> (terminal, page)
    "trigger": ("bold white on dark_red", "#f4b6b6"),
    "initiative": ("black on light_goldenrod1", "#fbe7a1"),
    "date": ("cyan", "#bfe6ee"),
    "count": ("green", "#c5ecc5"),
    "money": ("bright_green", "#a9e5b4"),
    "organisation": ("magenta", "#e9cdf2"),
    "person": ("blue", "#cddcf7"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the normalised text and what it was read as."""

    start: int
    stop: int
    kind: str


@dataclass(slots=True)
class Passage:
    """A sentence of the release, or a line that is not of it. `events` were read from it; else `silence` says why."""

    start: int
    stop: int
    role: str
    marks: list[Mark] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    silence: str = ""


@dataclass(slots=True)
class Explanation:
    text: str  # normalised; offsets of passages and marks point into it
    extraction: Extraction
    verdict: str  # of the document gate
    passages: list[Passage]


def explain(document: Document) -> Explanation:
    """Read a release and tell what was seen in it."""
    extraction = extract(document, everyone=True)
    hopeful = may_hold_events(normalise(document.text).text)
    analysis = analyse(document)
    passages = sorted([*_furniture(analysis), *_sentences(analysis, extraction.events)], key=lambda p: p.start)
    verdict = (
        "The gate lets it in." if hopeful else "The gate turns it away: no stem of a topic, nor industry with an act."
    )
    return Explanation(analysis.text, extraction, verdict, passages)


def _furniture(analysis: Analysis) -> Iterator[Passage]:
    for block in analysis.blocks:
        if block.role not in RELEASE:
            yield Passage(block.start, block.stop, block.role, silence="is not the release")


def _sentences(analysis: Analysis, events: Sequence[Event]) -> Iterator[Passage]:
    found = scenes(analysis, People(analysis), find_regions(analysis))
    resolve(found)
    for scene in found:
        sentence = scene.words.sentence
        first, last = analysis.original(sentence.start, sentence.stop)
        passage = Passage(sentence.start, sentence.stop, analysis.blocks[sentence.block].role, _marks(scene))
        passage.events = [event for event in events if first <= event.start < last]
        if not passage.events:
            passage.silence = _silence(scene)
        yield passage


def _marks(scene: Scene) -> list[Mark]:
    """What was found, in order and without overlaps; the first of the kinds wins."""
    tokens = scene.words.tokens
    candidates = [
        *(Mark(tokens[spot.index].start, tokens[spot.index].stop, "trigger") for spot in scene.spots),
        *(Mark(tokens[i.first].start, tokens[i.stop - 1].stop, "initiative") for i in scene.initiatives),
        *(Mark(m.start, m.stop, "money") for m in scene.sums),
        *(Mark(m.start, m.stop, "date") for m in scene.dates),
        *(Mark(m.start, m.stop, "count") for m in scene.counts),
        *(Mark(m.start, m.stop, "person") for m in scene.people),
        *(Mark(m.start, m.stop, "organisation") for m in scene.organisations),
    ]
    marks: list[Mark] = []
    for mark in candidates:
        if all(mark.stop <= other.start or other.stop <= mark.start for other in marks):
            marks.append(mark)
    return sorted(marks, key=lambda mark: mark.start)


def _silence(scene: Scene) -> str:
    """Why a sentence gave no event."""
    if not scene.initiatives and not scene.spots:
        return "names no initiative, and no word tells an event"
    if not scene.initiatives:
        return f"«{_word(scene, scene.spots[0].index)}» might tell an event, but no initiative is named"
    name = _word(scene, scene.initiatives[0].head)
    if all(outside(scene.words, initiative) for initiative in scene.initiatives):
        return f"«{name}» is of another sphere"
    if not scene.spots:
        return f"«{name}» is named, but nothing happens to it"
    if not scene.links:
        return f"«{_word(scene, scene.spots[0].index)}» does not take «{name}»"
    link = scene.links[0]
    trigger = _word(scene, link.spot.index)
    if event_type(link) is None:
        return f"«{trigger}» with «{_word(scene, link.initiative.head)}» makes no event"
    if standing(scene.words, link.spot).status is None:
        return f"«{trigger}» is denied, asked about or left open"
    return "tells an event again that is told better elsewhere, or too vaguely"


def _word(scene: Scene, index: int) -> str:
    return scene.words.tokens[index].text


def describe(event: Event) -> str:
    """An event in one line.

    >>> describe(Event("charter_signing", "done", "", 0, 0, (0, 0), date="2024-07", initiative="хартия"))
    'charter_signing, done · хартия · 2024-07 · confidence 1.00'
    """
    parts = [
        event.initiative,
        event.kind,
        event.date,
        ", ".join(event.regions),
        "; ".join(f"{party.name} ({party.position})" if party.position else party.name for party in event.parties),
        f"{event.count.comparator} {event.count.value} {event.count.unit}" if event.count else None,
        f"{event.money.comparator} {event.money.value} {event.money.currency}" if event.money else None,
        f"confidence {event.confidence:.2f}",
    ]
    return " · ".join([f"{event.type}, {event.status}", *filter(None, parts)])


def to_terminal(explanation: Explanation) -> Group:
    """For rich's console."""
    lines = [Text(explanation.verdict, style="bold")]
    for passage in explanation.passages:
        if passage.role not in RELEASE:
            lines.append(Text(f"{passage.role:>10}  {explanation.text[passage.start : passage.stop]}", style="dim"))
            continue
        line = Text(f"{passage.role:>10}  ")
        for stretch, kind in _stretches(explanation.text, passage):
            line.append(stretch, style=STYLES[kind][0] if kind else "")
        lines.append(line)
        lines.extend(Text(f"            → {describe(event)}", style="bold") for event in passage.events)
        if passage.silence:
            lines.append(Text(f"            · {passage.silence}", style="dim italic"))
    return Group(*lines)


def to_html(explanations: Iterable[Explanation]) -> str:
    """A page that stands alone."""
    rules = "\n".join(f".{kind} {{ background: {colour} }}" for kind, (_, colour) in STYLES.items())
    legend = " ".join(f'<mark class="{kind}">{kind}</mark>' for kind in STYLES)
    bodies = "\n<hr>\n".join(_article(explanation) for explanation in explanations)
    return f"""<!doctype html>
<html lang="ru">
<meta charset="utf-8">
<title>What was read</title>
<style>
body {{ max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 sans-serif; color: #222 }}
mark {{ padding: 0 .15em; border-radius: .2em }}
p {{ margin: .4rem 0 }}
.event {{ margin-left: 1.5rem; font-weight: bold }}
.silence {{ margin-left: 1.5rem; color: #595959; font-style: italic }}
.other {{ color: #707070 }}
{rules}
</style>
<p>{legend}</p>
{bodies}
</html>
"""


def _article(explanation: Explanation) -> str:
    rows = [f"<p><b>{escape(explanation.verdict)}</b></p>"]
    for passage in explanation.passages:
        if passage.role not in RELEASE:
            text = escape(explanation.text[passage.start : passage.stop])
            rows.append(f'<p class="other" title="{passage.role}">{text}</p>')
            continue
        marked = "".join(
            f'<mark class="{kind}" title="{kind}">{escape(stretch)}</mark>' if kind else escape(stretch)
            for stretch, kind in _stretches(explanation.text, passage)
        )
        rows.append(f'<p title="{passage.role}">{marked}</p>')
        rows.extend(f'<p class="event">→ {escape(describe(event))}</p>' for event in passage.events)
        if passage.silence:
            rows.append(f'<p class="silence">{escape(passage.silence)}</p>')
    return "<article>\n" + "\n".join(rows) + "\n</article>"


def _stretches(text: str, passage: Passage) -> Iterator[tuple[str, str]]:
    """The passage cut at its marks: (text, kind or "")."""
    position = passage.start
    for mark in passage.marks:
        if position < mark.start:
            yield text[position : mark.start], ""
        yield text[mark.start : min(mark.stop, passage.stop)], mark.kind
        position = min(mark.stop, passage.stop)
    yield text[position : passage.stop], ""
