"""One clause, several agreements: «подписаны соглашения с «А» – о строительстве завода, с «Б» – о выпуске насосов».

Each partner told with a preposition of its own has an agreement of its own; whoever stands outside of these groups
is a party to all of them.
"""

from __future__ import annotations

from dataclasses import replace

from nlp.agreement import word
from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.scene import Scene
from nlp.schema import Money, Party

WITH = frozenset({"с", "со"})
ENDS = frozenset({",", ";", ".", ":", "(", ")"})


def split_partners(analysis: Analysis, scenes: list[Scene]) -> None:
    """Split the agreements of a release that are told together."""
    for scene in scenes:
        for draft in list(scene.drafts):
            if draft.type == "agreement_signing" and draft.status != "cancelled" and (draft.plural or draft.count):
                parts = _split(analysis, scene, draft)
                if parts:
                    at = scene.drafts.index(draft)
                    scene.drafts[at : at + 1] = parts


def _split(analysis: Analysis, scene: Scene, draft: Draft) -> list[Draft]:
    groups = _groups(scene, draft)
    if len(groups) < 2 or (draft.count and draft.count.value != len(groups)):
        return []
    inside = {id(p) for _, _, parties in groups for p in parties}
    common = [p for p in draft.parties if id(p) not in inside]
    found = []
    for first, stop, parties in groups:
        about = _about(analysis, scene, first, stop)
        sums = [s for s in scene.sums if first <= scene.words.at(s.start) < stop]
        money = Money(sums[0].value, sums[0].currency, sums[0].comparator) if sums else None
        found.append(
            replace(
                draft,
                parties=(*common, *parties),
                count=None,
                money=money,
                plural=False,
                initiative=f"соглашение {about}" if about and draft.kind == "agreement" else draft.initiative,
                notes=draft.notes | {"split"},
                told=set(),
            )
        )
    return found


def _groups(scene: Scene, draft: Draft) -> list[tuple[int, int, list[Party]]]:
    """(first token, end, parties) of each «с …» with someone to sign."""
    words = scene.words
    starts = [
        i for i, text in enumerate(words.lower[:-1]) if text in WITH or (text == "и" and _another_person(scene, i))
    ]
    groups = []
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(words)
        parties = [
            p for p in draft.parties if p.start is not None and start < words.at(p.start) <= min(stop, start + 12)
        ]
        if parties and draft.trigger < start:
            groups.append((start, stop, parties))
    return groups


def _another_person(scene: Scene, index: int) -> bool:
    """«с губернатором Авдеевым и губернатором Малковым»: the second of two people in the instrumental."""
    words = scene.words
    after = words.tokens[index + 1]
    return any(m.office and m.office[0] == after.start and "ablt" in word(after.text).cases for m in scene.people)


def _about(analysis: Analysis, scene: Scene, first: int, stop: int) -> str:
    words = scene.words
    for i in range(first, min(stop, len(words) - 1)):
        if words.lower[i] in ("о", "об"):
            end = next((j for j in range(i + 1, stop) if words.lower[j] in ENDS), stop)
            return analysis.text[words.tokens[i].start : words.tokens[min(end, i + 9) - 1].stop]
    return ""
