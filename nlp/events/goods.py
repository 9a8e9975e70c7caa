"""First goods: «первую машину завод обязан выпустить в 2023 году», «должны появиться первые аппараты»."""

from __future__ import annotations

from nlp.agreement import word
from nlp.analysis import Analysis
from nlp.events.bygone import bygone
from nlp.events.draft import Draft
from nlp.events.grammar import agreement
from nlp.events.scene import Scene
from nlp.events.status import standing
from nlp.events.text import Words
from nlp.events.triggers import Spot
from nlp.inflection import to_nominative
from nlp.lexicon import load
from nlp.schema import Status

_TABLE = load("goods")
FIRST = frozenset(_TABLE["first"])
NO_GOODS = frozenset(_TABLE["no_goods"])
MAKING = frozenset(_TABLE["making"])
DOING: dict[str, str] = _TABLE["doing"]
INTENDING = frozenset(_TABLE["intending"])
BEGINNING = frozenset(_TABLE["beginning"])
FIRMS = frozenset(load("bystanders")["firms"])
RETELLING = 3  # sentences after a launch that only tell more of it
REACH = 9
COST = 6.0


def read_goods(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the launches that are told by their first goods to the scenes of a release."""
    for scene in scenes:
        if any(d.type == "production_launch" for d in scene.drafts):
            continue
        draft = _goods(analysis, scene) or _plans(analysis, scene, scenes) or _begins(analysis, scene)
        if draft:
            scene.drafts.append(draft)


def _goods(analysis: Analysis, scene: Scene) -> Draft | None:
    words = scene.words
    for i, form in enumerate(words.forms[:-1]):
        if not form.lemmas & FIRST or form.pos not in ("ADJF", "ANUM"):
            continue
        head = _head(scene, i)
        if head is None or words.forms[head].lemmas & NO_GOODS or word(words.tokens[head].text).animate:
            continue
        for spot in scene.spots:
            near = abs(spot.index - head) <= REACH and not (i <= spot.index <= head)
            if words.forms[spot.index].lemmas & {"выйти", "выехать"} and not _out_of_gates(words):
                continue
            if not near or not words.forms[spot.index].lemmas & MAKING or spot.shape == "noun":
                continue
            status = standing(words, Spot("make", spot.index, spot.shape, None)).status
            if status is None:
                continue
            stop = head + 1
            phrase = analysis.text[words.tokens[i].start : words.tokens[head].stop]
            return Draft(
                type="production_launch",
                status=status,
                words=words,
                trigger=spot.index,
                first_of_name=i,
                stop_of_name=stop,
                initiative=to_nominative(phrase),
                kind="production",
                cost=COST,
                trigger_class="make",
                shape=spot.shape,
                notes={"goods"},
            )
    return None


def _out_of_gates(words: Words) -> bool:
    """«из ворот завода вышел первый электробус»."""
    return any(form.lemmas & {"ворота", "цех", "конвейер", "сборка"} for form in words.forms)


def _plans(analysis: Analysis, scene: Scene, scenes: list[Scene]) -> Draft | None:
    """«резидент планирует выпускать электродвигатели»: goods that a firm does not make yet."""
    words = scene.words
    before = scenes[max(0, words.index - RETELLING) : words.index]
    if any(d.type == "production_launch" for past in before for d in past.drafts):
        return None  # what the new plant will make
    for spot in scene.spots:
        verb = next((lemma for lemma in sorted(words.forms[spot.index].lemmas) if lemma in DOING), None)
        if (
            verb is None
            or spot.shape not in ("infinitive", "finite")
            or not (_firm(scene, spot.index) or _place(scene, spot.index))
        ):
            continue
        if spot.shape == "infinitive" and not _intends(words, spot.index):
            continue
        if spot.shape == "finite" and not any(r.tense == "futr" for r in words.forms[spot.index].readings):
            continue
        stop = _object(words, spot.index + 1)
        if stop == spot.index + 1 or standing(words, spot).status != "planned":
            continue
        phrase = analysis.text[words.tokens[spot.index + 1].start : words.tokens[stop - 1].stop]
        return Draft(
            type="production_launch",
            status="planned",
            words=words,
            trigger=spot.index,
            first_of_name=spot.index + 1,
            stop_of_name=stop,
            initiative=f"{DOING[verb]} {phrase}",
            kind="production",
            cost=COST,
            trigger_class="make",
            shape=spot.shape,
            notes={"goods", "plan"},
        )
    return None


def _begins(analysis: Analysis, scene: Scene) -> Draft | None:
    """«начал серийно выпускать датчики», «начинает лить подошву»: goods that were not made before."""
    words = scene.words
    for i, form in enumerate(words.forms):
        if not form.lemmas & BEGINNING or "VERB" not in form.poses or "не" in words.lower[max(0, i - 1) : i]:
            continue
        for j in range(i + 1, min(len(words), i + 4)):
            verb = next((lemma for lemma in sorted(words.forms[j].lemmas) if lemma in DOING), None)
            if verb is None or words.forms[j].pos != "INFN":
                continue
            stop = _object(words, j + 1)
            if not (_firm(scene, i) or _place(scene, i)) or bygone(words, i):
                break
            reading = next(r for r in form.readings if r.pos == "VERB")
            status: Status = "done" if reading.tense == "past" else "planned" if reading.tense == "futr" else "ongoing"
            phrase = analysis.text[words.tokens[j + 1].start : words.tokens[stop - 1].stop] if stop > j + 1 else ""
            return Draft(
                type="production_launch",
                status=status,
                words=words,
                trigger=j,
                first=i,
                first_of_name=j,
                stop_of_name=max(stop, j + 1),
                initiative=f"{DOING[verb]} {phrase}".strip(),
                kind="production",
                cost=COST,
                trigger_class="make",
                shape="infinitive",
                notes={"goods", "begins"},
            )
    return None


def _place(scene: Scene, index: int) -> bool:
    """«В Рыбном начали плавить»: a place is named before the verb."""
    words = scene.words
    near = range(max(0, index - 5), index)
    return any(words.lower[i] in ("в", "на") and words.tokens[i + 1].text[0].isupper() for i in near)


def _firm(scene: Scene, index: int) -> bool:
    """Whether a firm is likely the subject: named, or a general noun, before the verb."""
    words = scene.words
    start = words.tokens[index].start
    if any(o.kind in ("company", "other") and o.named and o.start < start for o in scene.organisations):
        return True
    return any(words.forms[i].lemmas & FIRMS and words.forms[i].pos == "NOUN" for i in range(index))


def _intends(words: Words, index: int) -> bool:
    near = range(max(0, index - 4), index)
    return any(
        words.forms[i].lemmas & INTENDING or words.lower[i] in ("будет", "будут", "начнёт", "начнет", "начнут")
        for i in near
    )


def _object(words: Words, start: int) -> int:
    """Where the accusative object right after a verb ends."""
    position = start
    while position < min(len(words), start + 8):
        form = words.forms[position]
        text = words.tokens[position].text
        taken = word(text)
        if form.finite or not text[0].isalpha() or form.pos not in ("NOUN", "ADJF", "PRTF", "CONJ", "PREP"):
            break
        if form.pos == "PREP" and words.lower[position] != "для":
            break
        if position == start and not (taken.adjective_in("accs") or "accs" in taken.cases):
            return start
        position += 1
    while position > start and words.forms[position - 1].pos in ("CONJ", "PREP"):
        position -= 1
    return position


def _head(scene: Scene, first: int) -> int | None:
    """The noun that «первый» agrees with: next to it, or behind other adjectives."""
    words = scene.words
    for j in range(first + 1, min(len(words), first + 5)):
        if words.forms[j].pos == "NOUN":
            return j if agreement(words.tokens[first].text, words.tokens[j].text) else None
        if words.forms[j].pos not in ("ADJF", "PRTF"):
            return None
    return None
