"""The triggers of a sentence: words that tell an event, with the shape they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nlp.events.lexicon import triggers_of
from nlp.events.text import Words
from nlp.lexicon import load

Shape = Literal["finite", "short", "infinitive", "participle", "gerund", "noun"]
SHAPES: dict[str, Shape] = {
    "VERB": "finite",
    "PRTS": "short",
    "ADJS": "short",
    "INFN": "infinitive",
    "PRTF": "participle",
    "GRND": "gerund",
    "NOUN": "noun",
}
VANISHING = frozenset(load("government")["vanishing"])
COMPANION_WINDOW = 9  # tokens either side: «поставили сегодня в Омске свои подписи»


@dataclass(frozen=True, slots=True)
class Spot:
    """A trigger in its sentence."""

    name: str  # the class of triggers.yaml
    index: int  # of its token
    shape: Shape
    companion: int | None  # the token that completes a phrase («подпись» of «поставил подпись»)


def spots(words: Words) -> list[Spot]:
    """Every trigger of the sentence, in order; a phrase before the bare word."""
    found: list[Spot] = []
    for i, lower in enumerate(words.lower):
        if lower in VANISHING and i and words.lower[i - 1] == "не" and not _governs(words, i):
            found.append(Spot("vanish", i, "finite", None))
        if lower.startswith("готов") and _by_a_share(words, i):
            shape: Shape = "noun" if words.forms[i].pos == "NOUN" else "short"
            found.extend(Spot(name, i, shape, None) for name in ("launch", "create"))
        if lower in ("будет", "будут") and _will_be(words, i):
            found.extend(Spot(name, i, "finite", None) for name in ("launch", "create"))
        readings = triggers_of(lower)
        if not readings:
            continue
        pos = words.forms[i].pos
        shapes = {p for p, _ in readings}
        best = {pos} if pos in shapes else {next(iter(p for p, _ in readings))}
        if pos == "ADJF" and best == {"NOUN"}:
            continue
        if _no_event(words, i):
            continue
        best |= shapes & {"VERB"}  # «начала выпуск»
        for reading, trigger in readings:
            if reading not in best or (trigger.name == "join" and _into_force(words, i)):
                continue
            companion = None
            if trigger.companions:
                companion = _companion(words, i, trigger.companions)
                if companion is None:
                    continue
            spot = Spot(trigger.name, i, SHAPES[reading], companion)
            if spot not in found:
                found.append(spot)
    return found


def _by_a_share(words: Words, index: int) -> bool:
    """«готов на две трети», «готовность завода – 70 процентов»."""
    form = words.forms[index]
    if not form.lemmas & {"готовый", "готовность"} or form.pos not in ("ADJS", "NOUN"):
        return False
    near = range(index + 1, min(len(words), index + 9))
    return any(
        words.lower[i] == "%" or words.forms[i].lemmas & {"процент", "треть", "половина", "четверть"} for i in near
    )


def _will_be(words: Words, index: int) -> bool:
    """«Будет в Слободском и свой парк»: «будет» opens the clause and governs no verb."""
    opens = index == 0 or words.lower[index - 1] in (",", ":", "–", "—", ";")
    return opens and not _governs(words, index)


def _into_force(words: Words, index: int) -> bool:
    """«вступит в строй», «вступил в силу»: no one joins anything."""
    after = words.forms[index + 1 : index + 4]
    return any(form.lemmas & {"строй", "сила", "эксплуатация", "действие", "должность", "право"} for form in after)


def _no_event(words: Words, index: int) -> bool:
    """«с начала года», «общественная организация», «день открытых дверей»: trigger words that tell nothing."""
    lower, before = words.lower[index], words.lower[index - 1] if index else ""
    after = words.forms[index + 1] if index + 1 < len(words) else None
    if lower in ("начала", "начале", "началом") and before in ("с", "со", "в", "от", "до", "перед"):
        return True
    if lower.startswith("организаци"):
        return (
            not index or words.forms[index - 1].pos in ("ADJF", "PRTF", "NUMR") or lower.endswith(("ями", "ях", "ям"))
        )
    if lower.startswith("открыт") and words.forms[index].poses & {"ADJF", "PRTF"} and after is not None:
        return after.pos == "NOUN" and (not index or words.forms[index - 1].pos not in ("ADVB", "PREP"))
    return False


def _governs(words: Words, index: int) -> bool:
    """Whether «не будет» goes on: «не будет построен», «не будет строить»."""
    near = range(max(0, index - 4), min(len(words), index + 3))
    return any(words.forms[i].pos in ("INFN", "PRTS", "ADJS") for i in near if i != index)


def _companion(words: Words, index: int, lemmas: frozenset[str]) -> int | None:
    for distance in range(1, COMPANION_WINDOW + 1):
        for i in (index + distance, index - distance):
            if 0 <= i < len(words) and not words.forms[i].lemmas.isdisjoint(lemmas):
                return i
    return None
