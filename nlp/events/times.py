"""When an event happens: the date of its own clause that goes with its status."""

from __future__ import annotations

from datetime import date

from nlp.dates import DateMention
from nlp.events.draft import Draft
from nlp.events.scene import Scene
from nlp.events.text import Words
from nlp.lexicon import load

FAR = 18  # cost beyond which a date of the sentence is another happening's
EARLIER = frozenset(load("times")["earlier"])
BORDERS = {",": 1.5, ";": 8.0, ":": 3.0, "—": 2.0, "–": 2.0, "(": 3.0, "»": 1.0}


def give_dates(scenes: list[Scene], published: date | None) -> None:
    """Give each event of a release its date."""
    for scene in scenes:
        for draft in scene.drafts:
            if draft.date is None:
                draft.date = _date(scene, draft, published)


def give_day(drafts: list[Draft], scenes: list[Scene], published: date | None) -> None:
    """Let what was signed, with no date of its own, have the day that the lead gives."""
    day = _day_of_release(scenes, published)
    for draft in drafts:
        signed = draft.type in ("agreement_signing", "charter_signing") and draft.status == "done"
        if signed and draft.date is None and not EARLIER & set(draft.words.lower):
            draft.date = day


LEAD = 3  # sentences that say what the release is about
FRESH = 7  # days before publication that are still its news


def _day_of_release(scenes: list[Scene], published: date | None) -> str | None:
    """The day that the lead gives for what the release tells."""
    if published is None:
        return None
    for scene in scenes[:LEAD]:
        for mention in scene.dates:
            if mention.precision == "day" and mention.kind == "point":
                iso = mention.resolved(False)
                if 0 <= (published - date.fromisoformat(iso)).days <= FRESH:
                    return iso
    return None


def _date(scene: Scene, draft: Draft, published: date | None) -> str | None:
    best: tuple[float, str] | None = None
    for mention in scene.dates:
        first, last = scene.words.at(mention.start), scene.words.at(mention.stop - 1)
        if draft.first_of_name < first < draft.stop_of_name and draft.type != "enterprise_count":
            continue  # of the name: «план мероприятий на 2017–2021 годы»
        iso = mention.resolved(draft.status == "planned")
        if not _fits(iso, draft, mention, published):
            continue
        cost = _cost(scene, draft, first, last)
        if cost <= FAR and (best is None or cost < best[0]):
            best = cost, iso
    return best[1] if best else None


def _fits(iso: str, draft: Draft, mention: DateMention, published: date | None) -> bool:
    """Whether the date is on the right side of the publication for the event's status."""
    if published is None:
        return True
    today = published.isoformat()[: len(iso)]
    if draft.status == "done":
        return iso <= today
    if draft.status == "ongoing":
        return iso >= today
    if draft.status == "planned":
        return (iso >= today and mention.kind != "since") or iso > today
    return True


def _cost(scene: Scene, draft: Draft, first: int, last: int) -> float:
    words = scene.words
    if last < draft.trigger:
        low, high = last + 1, draft.trigger
    else:
        low, high = draft.trigger + 1, first
    cost = _between(words, low, high)
    others = [d for d in scene.drafts if d is not draft and d.trigger != draft.trigger]
    for other in others:
        if low <= other.trigger < high:
            cost += 5.0
    return cost


def _between(words: Words, low: int, high: int) -> float:
    cost = 0.0
    for i in range(low, high):
        cost += BORDERS.get(words.lower[i], 0.35)
        if words.forms[i].pos == "VERB":
            cost += 2.5
    return cost
