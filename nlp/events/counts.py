"""Counts of enterprises: part of a joining or signing, or an event of their own."""

from __future__ import annotations

from dataclasses import replace

from nlp.agreement import word
from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.lexicon import status_of
from nlp.events.scene import Scene
from nlp.lexicon import load
from nlp.quantities import UNITS, CountMention
from nlp.schema import Count, Kind, Status

_TABLE = load("counted")
DECOYS = frozenset(_TABLE["decoys"])  # what makes a number of enterprises no news of an initiative
FUTURE = frozenset(_TABLE["future"])
MEMBERS = {noun: frozenset(families) for noun, families in _TABLE["members"].items()}
BACK = frozenset(_TABLE["back"])  # words that point at an initiative named before
NOW = frozenset(_TABLE["nowadays"])
AMOUNTS = frozenset(_TABLE["amounts"])
PARKS = frozenset(_TABLE["parks"])
NUMBERING = frozenset(_TABLE["numbering"])
PEOPLE = frozenset(_TABLE["people"])
GROWING = frozenset(_TABLE["growing"])
NO_ENTERPRISES = frozenset(_TABLE["no_enterprises"])
NEAR = 9  # tokens between a count and the trigger it is an argument of
MEMORY = 60  # initiatives looked back at
FAR = 30  # where no other verb stands between them
FAMILIES = ("site", "charter", "agreement", "support")


def read_counts(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the enterprise counts of a release to its scenes; those that belong to another event are given to it."""
    memory: list[tuple[Scene, Initiative]] = []  # initiatives named so far
    members: str | None = None  # «резидент», «участник»: who was spoken of
    for scene in scenes:
        for count in scene.counts:
            unit = _understood(scene, count, members) if count.elided else None
            if unit:
                count = replace(count, unit=unit, unit_class="enterprise", noun=None)
            if count.unit_class == "enterprise" and not count.part and (unit or _believable(scene, count)):
                scene.drafts.extend(_of_count(analysis, scene, count, memory))
        members = next(
            (lemma for form in reversed(scene.words.forms) for lemma in sorted(form.lemmas) if lemma in MEMBERS),
            members,
        )
        memory.extend((scene, i) for i in scene.initiatives if i.strong and i.family != "production")


def _understood(scene: Scene, count: CountMention, members: str | None) -> str | None:
    """The noun that an elided number counts: «число резидентов парков выросло до 146», «сейчас их семь»."""
    words = scene.words
    at = words.at(count.number[0])
    if words.tokens[at].text.startswith("0"):
        return None
    for i in range(max(0, at - 12), at - 1):
        if words.forms[i].lemmas & NUMBERING and words.forms[i].pos == "NOUN":
            for form in words.forms[i + 1 : i + 4]:
                unit = next((lemma for lemma in sorted(form.lemmas) if UNITS.get(lemma) == "enterprise"), None)
                if unit and form.pos == "NOUN" and unit not in NO_ENTERPRISES:
                    return unit
    if _of_parks(scene, at):
        return None
    if "их" in words.lower[max(0, at - 4) : at + 3] and not any(
        form.pos == "PREP" for form in words.forms[at - 1 : at]
    ):
        here = next((lemma for form in words.forms[:at] for lemma in sorted(form.lemmas) if lemma in MEMBERS), None)
        return here or members
    return None


def _of_parks(scene: Scene, at: int) -> bool:
    """«парки растут как грибы: их уже одиннадцать»."""
    near = scene.words.forms[max(0, at - 10) : at]
    return any(form.lemmas & PARKS and form.pos == "NOUN" for form in near)


def _of_count(
    analysis: Analysis, scene: Scene, count: CountMention, memory: list[tuple[Scene, Initiative]]
) -> list[Draft]:
    at = scene.words.at(count.number[0])
    value = Count(count.value, count.comparator, count.unit or "предприятие")
    owner = _owner(scene, at, count.value)
    if owner is not None and owner.type == "charter_accession" and owner.status == "ongoing":
        scene.drafts.remove(owner)  # «участниками являются 240 организаций»
        owner = None
    registered = owner is not None and "зарегистрировать" in scene.words.forms[owner.trigger].lemmas
    if owner is not None and owner.type == "cluster_announcement" and registered and "members" not in owner.notes:
        scene.drafts.remove(owner)  # «зарегистрировано пять резидентов»: how many there are
        owner = None
    if owner is not None and owner.type == "cluster_announcement":
        return []  # «в объединение вошли два производителя»: new members
    if owner is not None and owner.type == "charter_signing" and owner.status == "done" and _more(scene, at):
        owner.type = "charter_accession"
    if owner is not None:
        owner.count = owner.count or value
        if owner.type in ("charter_signing", "charter_accession"):
            return []
    where = _initiative(scene, at, count, memory)
    name: str | None = None
    kind: Kind = "other"
    if where is not None:
        name, kind = where[0].phrase(where[1], analysis.text), where[1].kind
    stop = scene.words.at(count.stop - 1) + 1
    return [
        Draft(
            type="enterprise_count",
            status=_status(scene, at, owner),
            words=scene.words,
            trigger=at,
            initiative=name,
            kind=kind,
            stop=max(stop, at + 1),
            trigger_class="count",
            shape="elided" if count.elided else "count",
            count=value,
        )
    ]


def _believable(scene: Scene, count: CountMention) -> bool:
    words = scene.words
    at = words.at(count.number[0])
    if count.unit in NO_ENTERPRISES:
        return False
    noun = words.at(count.noun[0]) if count.noun and count.noun[0] >= words.sentence.start else at
    if any(d.type == "production_launch" and d.first_of_name <= noun < d.stop_of_name for d in scene.drafts):
        return False  # «заработают семь предприятий»
    if _oblique(scene, count) and _owner(scene, at, count.value) is None:
        return False
    if _missed_target(scene, at) or _difference(scene, count):
        return False
    window = range(max(0, at - 12), min(len(words), at + 12))
    if any(words.forms[i].lemmas & DECOYS for i in window):
        return False
    if "числе" in words.lower[max(0, at - 10) : at] or (at and words.lower[at - 1] == "причём"):
        return False  # «в их числе «А» и двое переработчиков»: a part of who was counted
    if count.elided:
        return _elision(scene, at, count)
    return count.value > 1 and words.lower[at] not in ("оба", "обе")


def _oblique(scene: Scene, count: CountMention) -> bool:
    """«в трёх мастерских», «директоров семи предприятий»: neither subject nor object, so not what is told."""
    words = scene.words
    if count.elided or count.noun is None or count.noun[0] < words.sentence.start:
        return False
    noun, first = words.at(count.noun[0]), words.at(count.start)
    cases = word(words.tokens[noun].text).cases
    if not cases & {"nomn", "gent", "accs"}:
        return True
    if first == 0:
        return False
    before = words.forms[first - 1]
    number = words.forms[words.at(count.number[0])]
    genitive = "gent" in {r.case for r in number.readings} and "nomn" not in {r.case for r in number.readings}
    dependent = before.pos == "NOUN" and not before.lemmas & (AMOUNTS | MEMBERS.keys())
    return dependent and (genitive or bool(before.lemmas & PEOPLE))


def _difference(scene: Scene, count: CountMention) -> bool:
    """«прибавилось на 61»: by how many, not how many."""
    words = scene.words
    first = words.at(count.start)
    near = words.forms[max(0, first - 4) : first]
    return first > 0 and words.lower[first - 1] == "на" and any(form.lemmas & GROWING for form in near)


def _missed_target(scene: Scene, at: int) -> bool:
    """«должно было работать 15 резидентов»: what did not come about."""
    words = scene.words
    near = range(max(0, at - 6), min(len(words), at + 4))
    return any(words.forms[i].lemmas & {"должный", "должен", "порог", "предполагаться"} for i in near) and any(
        words.lower[i] in ("был", "была", "было", "были", "предполагалось") for i in near
    )


def _elision(scene: Scene, at: int, count: CountMention) -> bool:
    """«число резидентов достигло девяти», «сейчас их семь», «в этом – пока четырнадцать»."""
    words = scene.words
    if "их" in words.lower[max(0, at - 4) : at] and _of_parks(scene, at):
        return False
    before = range(max(0, at - 10), at)
    after = range(at, min(len(words), at + 5))
    if count.noun is not None and words.sentence.start <= count.noun[0] < words.sentence.stop:
        return (
            any(words.lower[i] in NOW for i in before[-4:])
            or any(words.forms[i].lemmas & AMOUNTS for i in (*before, *after))
            or _noun_first(scene, at, words.at(count.noun[0]))
            or (at > 0 and words.lower[at - 1] in ("—", "–", "-", "пока", "уже", "лишь", "больше", "более", "около"))
        )
    return any(words.lower[i] == "их" for i in (*before, *after)) and not words.tokens[at].text.startswith("0")


def _noun_first(scene: Scene, at: int, noun: int) -> bool:
    """«Малых предприятий в районе 412»: the noun in the genitive opens the clause, its number ends it."""
    words = scene.words
    ends = at + 1 >= len(words) or words.lower[at + 1] in (".", ",", ";", "!", "…")
    plain = not any(words.forms[i].pos in ("VERB", "PRTS") for i in range(noun, at))
    genitive = any(n.case == "gent" and n.number == "plur" for n in word(words.tokens[noun].text).nouns)
    return noun < at and ends and plain and genitive and noun <= 3


FEW = 5  # new members so few are told as members, not as a number


def _newcomers(scene: Scene, draft: Draft, value: int) -> bool:
    changed = draft.type == "cluster_announcement" and draft.trigger_class in ("join", "leave")
    return changed and draft.status != "planned" and value <= FEW and "всего" not in scene.words.lower


def _owner(scene: Scene, at: int, value: int) -> Draft | None:
    """The event whose enterprises are counted: those that sign, join, found, receive."""
    best: tuple[int, Draft] | None = None
    for draft in scene.drafts:
        if draft.type == "support_measure" and draft.trigger_class == "give" and _given_to(scene, draft, at):
            return draft
        if _newcomers(scene, draft, value):
            return draft
        if draft.type == "charter_accession" or draft.type == "charter_signing" or draft.trigger_class == "receive":
            distance = abs(draft.trigger - at)
            if (distance <= NEAR or (distance <= FAR and not _verb_between(scene, draft.trigger, at))) and (
                best is None or distance < best[0]
            ):
                best = (distance, draft)
    return best[1] if best else None


def _given_to(scene: Scene, draft: Draft, at: int) -> bool:
    """«субсидии предоставлены двенадцати предприятиям»: the dative of the number."""
    cases = {r.case for r in scene.words.forms[at].readings if r.pos in ("NUMR", "NOUN", "ADJF")}
    return "datv" in cases and "nomn" not in cases and abs(draft.trigger - at) <= NEAR and draft.status == "done"


def _more(scene: Scene, at: int) -> bool:
    """«ещё 14 заводов»."""
    return any(word in ("ещё", "еще", "новых") for word in scene.words.lower[max(0, at - 4) : at + 3])


def _verb_between(scene: Scene, a: int, b: int) -> bool:
    low, high = (a, b) if a < b else (b, a)
    return any(scene.words.forms[i].pos == "VERB" for i in range(low + 1, high))


def _initiative(
    scene: Scene, at: int, count: CountMention, memory: list[tuple[Scene, Initiative]]
) -> tuple[Scene, Initiative] | None:
    here = [i for i in scene.initiatives if i.strong and i.family in FAMILIES]
    families = MEMBERS.get(count.unit or "", frozenset(FAMILIES))
    fitting = [i for i in here if i.family in families] or here
    if fitting:
        return scene, min(fitting, key=lambda i: (abs(i.head - at), i.head))
    spoken = any(form.lemmas & MEMBERS.keys() for form in scene.words.forms)
    points_back = spoken or any(lower in BACK for lower in scene.words.lower) or count.unit in MEMBERS or count.elided
    if points_back:
        for past_scene, past in reversed(memory[-MEMORY:]):
            if past.family in families:
                return past_scene, past
    return None


def _status(scene: Scene, at: int, owner: Draft | None) -> Status:
    if owner is not None:
        return owner.status
    words = scene.words
    near = sorted(range(max(0, at - 9), min(len(words), at + 8)), key=lambda i: abs(i - at))
    for i in near:
        form = words.forms[i]
        if form.lemmas & FUTURE or words.lower[i] in FUTURE:
            return "planned"
        if form.pos == "VERB":
            reading = form.readings[0]
            if reading.tense == "futr":
                return "planned"
            if "planned" in status_of(words.lower[i]):
                return "planned"
            return "done"
        if form.pos == "INFN":
            return "planned"
    return "done"
