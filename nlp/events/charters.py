"""What joins, keeps out of or leaves a charter without naming it: «от участия отказался», «сотым стал …»."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.scene import Scene
from nlp.events.status import standing
from nlp.lexicon import load
from nlp.schema import Status

_TABLE = load("charters")
REFUSALS = frozenset(_TABLE["refusals"])
PARTAKING = frozenset(_TABLE["partaking"])
INTENTIONS = frozenset(_TABLE["intentions"])
NEWCOMERS = frozenset(_TABLE["newcomers"])
ORDINAL_CASES = ("ablt",)
COST = 6.0
REACH = 6  # tokens between a refusal and what is refused


def read_charters(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add to the scenes of a release about a charter what happens to it unnamed."""
    charter: tuple[Scene, Initiative] | None = None
    for scene in scenes:
        told = {d.status for d in scene.drafts if d.type.startswith("charter")}
        if charter is not None:
            found = _refusal(scene) if "cancelled" not in told else None
            if not told and found is None:
                found = _intention(scene) or _newcomer(scene) or _exit(scene) or _to_them(scene)
            if found:
                scene.drafts.append(_draft(analysis, scene, charter, *found))
        named = [i for i in scene.initiatives if i.family == "charter"]
        if named:
            charter = scene, named[-1]


def _subject(scene: Scene) -> bool:
    """Whether the sentence names or counts someone who could join."""
    return bool(scene.organisations) or any(c.unit_class == "enterprise" for c in scene.counts)


def _refusal(scene: Scene) -> tuple[int, Status] | None:
    """«от участия отказался», «от подписания воздержалась», «участвовать не станет»."""
    words = scene.words
    for i, form in enumerate(words.forms):
        if not form.lemmas & REFUSALS:
            continue
        near = range(max(0, i - REACH), min(len(words), i + REACH))
        if any(words.forms[j].lemmas & PARTAKING for j in near) and words.lower[max(0, i - 1)] != "не":
            return i, "cancelled"
        if words.lower[i] == "отказано" and _subject(scene):
            return i, "cancelled"
    return None


def _intention(scene: Scene) -> tuple[int, Status] | None:
    """«такое намерение выразили два завода», «подтвердили письмами, что подпишут»."""
    words = scene.words
    if not _subject(scene):
        return None
    for i, form in enumerate(words.forms):
        if form.lemmas & INTENTIONS and i and words.forms[i - 1].lemmas & {"такой", "этот", "аналогичный", "о"}:
            return i, "planned"
        if form.lemmas & INTENTIONS and any(
            f.lemmas & PARTAKING and f.pos == "INFN" for f in words.forms[i + 1 : i + 4]
        ):
            return i, "planned"  # «желание вступить выразили 15 предприятий»
    return None


def _newcomer(scene: Scene) -> tuple[int, Status] | None:
    """«двести четвёртым вчера стал «Тарский механический»», «последним вступил машзавод»."""
    words = scene.words
    for i, form in enumerate(words.forms):
        if not form.lemmas & {"стать", "вступить", "присоединиться", "примкнуть", "оказаться"} or form.pos != "VERB":
            continue
        for j in range(max(0, i - 5), min(len(words), i + 3)):
            if "стать" in form.lemmas and words.forms[j].lemmas & NEWCOMERS and _subject(scene):
                return i, "planned" if any(r.tense == "futr" for r in form.readings) else "done"
            reading = words.forms[j].readings[0]
            if reading.pos in ("ADJF", "ANUM") and reading.case in ORDINAL_CASES and _is_place(words.lower[j]):
                future = any(r.tense == "futr" for r in form.readings)
                return i, "planned" if future else "done"
    return None


def _exit(scene: Scene) -> tuple[int, Status] | None:
    """«о выходе объявил завод»."""
    words = scene.words
    if not _subject(scene):
        return None
    for i, form in enumerate(words.forms):
        around = words.lower[max(0, i - 3) : i + 4]
        if (
            form.lemmas & {"выйти", "уйти"}
            and form.pos == "VERB"
            and "из" in around
            and {"нее", "неё", "него"} & set(around)
        ):
            return i, "cancelled"  # «из неё вышла «Молния»»
        if "выход" in form.lemmas and words.lower[max(0, i - 1)] in ("о", "об") and form.pos == "NOUN":
            near = words.forms[max(0, i - 5) : i + 6]
            if any(f.lemmas & {"объявить", "заявить", "сообщить", "уведомить", "подумывать"} for f in near):
                return i, "cancelled"
    return None


def _to_them(scene: Scene) -> tuple[int, Status] | None:
    """«к ним намерены присоединиться до десяти предприятий»: to those who have signed."""
    words = scene.words
    if not _subject(scene):
        return None
    for spot in scene.spots:  # «ещё десять обещают присоединиться до осени»
        around = words.lower[max(0, spot.index - 14) : spot.index + 4]
        alone = spot.name == "join" and spot.shape == "infinitive" and not {"к", "ко", "в", "во"} & set(around)
        if alone and standing(words, spot).status == "planned":
            return spot.index, "planned"
    if "ним" not in words.lower:
        return None
    for spot in scene.spots:
        near = words.lower[max(0, spot.index - 5) : spot.index + 4]
        if spot.name == "join" and spot.shape in ("finite", "infinitive") and "ним" in near and "к" in near:
            status = standing(words, spot).status
            return (spot.index, status) if status else None
    return None


def _is_place(word: str) -> bool:
    """«последним», «сотым», «четвёртой»: a place in a queue."""
    return word.startswith(tuple(_TABLE["places"]))


def _draft(analysis: Analysis, scene: Scene, charter: tuple[Scene, Initiative], trigger: int, status: Status) -> Draft:
    return Draft(
        type="charter_accession",
        status=status,
        words=scene.words,
        trigger=trigger,
        initiative=charter[0].phrase(charter[1], analysis.text),
        kind="charter",
        cost=COST,
        trigger_class="join",
        shape="finite",
        notes={"unnamed"},
    )
