"""What «документ», «его», «подписание» stand for: the initiative that was named before.

A trigger that found no initiative in its own sentence takes the last one that fits what stands in its place: a
general noun, a pronoun, or nothing at all («Церемония подписания состоялась во вторник»).
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from nlp.agreement import word
from nlp.events.attachment import COSTLIEST, Link, by_signature, link_cost, links
from nlp.events.government import TIMES
from nlp.events.initiative import Initiative
from nlp.events.lexicon import status_of
from nlp.events.scene import Scene
from nlp.events.sphere import outside
from nlp.events.takers import CLASSES, PLANNING, takes
from nlp.events.triggers import Spot
from nlp.lexicon import load
from nlp.morphology import Case

_TABLE = load("anaphora")
ANAPHORS: dict[str, frozenset[str]] = {noun: frozenset(kinds) for noun, kinds in _TABLE["nouns"].items()}
PRONOUNS: dict[str, tuple[str, ...]] = {word: tuple(genders) for word, genders in _TABLE["pronouns"].items()}
DIFFERENT = frozenset(_TABLE["different"])
LAUNCHES = frozenset(_TABLE["launches"])
RANKS = frozenset(_TABLE["ranks"])
PRONOUN_REACH = 4  # tokens between a trigger and its pronoun
PRONOUN_COST = 2.0
BARE_COST = 5.0
MEMORY = 12  # sentences back

Antecedent = tuple[Scene, Initiative]


def resolve(scenes: list[Scene]) -> None:
    """Link the triggers that stand alone to initiatives named before."""
    memory: list[Antecedent] = []
    for scene in scenes:
        _relatives(scene)
        memory = [m for m in memory if scene.words.index - m[0].words.index <= MEMORY]
        linked = {link.spot.index for link in scene.links}
        for spot in scene.spots:
            if spot.index in linked or spot.name == "allot":
                continue
            found = _noun(scene, spot, memory)
            if _gets(scene, spot):
                continue
            if found is not None and spot.name == "agree":
                continue  # «о документе условились»: told as signed by others
            if found is None and spot.name not in ("cancel", "stop", "prepare", "leave"):
                here = [(scene, i) for i in scene.initiatives if i.telling and i.stop <= spot.index]
                same = here if spot.name in ("join", "leave", "receive", "create", "launch") else []
                found = _pronoun(scene, spot, memory + same) or _bare(scene, spot, memory + here)
            if found is not None:
                link, antecedent = found
                scene.links.append(link)
                bare = link.initiative.head == spot.index
                if bare or not _another(scene, link.initiative.head):
                    scene.antecedents[link.initiative.head] = antecedent
                linked.add(spot.index)
        for initiative in scene.initiatives:
            if initiative.telling:
                memory.append((scene, initiative))
            else:  # «парк» after «индустриальный парк» names it again
                kinds = ANAPHORS.get(scene.words.forms[initiative.head].lemma, frozenset())
                again = next((m for m in reversed(memory) if m[1].kind in kinds), None)
                if again:
                    memory.append((scene, again[1]) if again[0] is scene else again)


def _gets(scene: Scene, spot: Spot) -> bool:
    """«его получили 31 предприятие», «она заработала»: only what is named itself is got or begins to run."""
    verb = scene.words.forms[spot.index].lemmas
    if verb & PLANNING:
        return True
    got = spot.name in ("create", "adopt") and spot.companion is None and "получить" in verb
    return got or (spot.name == "give" and bool(verb & {"заработать", "стартовать", "начаться"}))


def _another(scene: Scene, head: int) -> bool:
    """«второй парк»: one of the kind, not the one named before."""
    if "очередь" in scene.words.forms[head].lemmas:
        return False
    return any(scene.words.forms[i].lemmas & DIFFERENT for i in range(max(0, head - 2), head))


def _relatives(scene: Scene) -> None:
    """«хартии, которую год назад подписали»: the pronoun stands for the phrase before its comma."""
    words = scene.words
    stand_ins: list[Initiative] = []
    for index, form in enumerate(words.forms):
        if "который" not in form.lemmas or index < 2 or words.forms[index - 1].pos == "NOUN":
            continue  # «целью которых»: of the noun
        comma = next((i for i in range(index - 1, max(-1, index - 4), -1) if words.lower[i] == ","), -1)
        slots = word(words.tokens[index].text).adjectives
        named = [
            i
            for i in scene.initiatives
            if i.telling
            and 0 <= comma - i.stop <= 3
            and not any(words.forms[k].pos == "NOUN" for k in range(i.stop, comma))
            and any(s.agrees(n) or s.number == n.number for s in slots for n in word(words.tokens[i.head].text).nouns)
        ]
        if comma < 0 or not named:
            continue
        antecedent = named[-1]
        stand_in = _stand_in(antecedent, index, frozenset(s.case for s in slots))
        stand_ins.append(stand_in)
        scene.antecedents[index] = (scene, antecedent)
    if stand_ins:
        sure = [i for i in scene.initiatives if i.telling and not outside(words, i)]
        scene.links = links(words, scene.spots, [*sure, *stand_ins])


def _noun(scene: Scene, spot: Spot, memory: list[Antecedent]) -> tuple[Link, Antecedent] | None:
    """A general noun in the place of the initiative."""
    best: tuple[Link, Antecedent] | None = None
    words = scene.words
    strong = {i.head for i in scene.initiatives if i.strong}
    if spot.name == "join" and words.forms[spot.index].lemmas & {"поддержать"} and not by_signature(words, spot):
        return None
    for index, form in enumerate(words.forms):
        if index in strong or index == spot.index:
            continue
        for lemma in sorted(form.lemmas & ANAPHORS.keys()):
            antecedent = _last(memory, spot, lambda i, lemma=lemma: i.kind in ANAPHORS[lemma])
            if antecedent is None:
                continue
            own = next((i for i in scene.initiatives if i.head == index), None)
            cases = own.cases if own else word(words.tokens[index].text).cases
            stand_in = _stand_in(antecedent[1], index, cases)
            other_number = own is not None and own.plural != antecedent[1].plural and lemma != "документ"
            if other_number or not takes(words, spot, stand_in):
                continue
            cost = link_cost(words, spot, stand_in)
            if cost <= COSTLIEST / 2 and (best is None or cost < best[0].cost):
                best = Link(spot, stand_in, cost, by_signature(words, spot)), antecedent
    return best


def _pronoun(scene: Scene, spot: Spot, memory: list[Antecedent]) -> tuple[Link, Antecedent] | None:
    words = scene.words
    reach = 2 * PRONOUN_REACH if any(c.elided for c in scene.counts) else PRONOUN_REACH  # «их … создать не менее семи»
    for index in range(max(0, spot.index - reach), min(len(words), spot.index + reach + 1)):
        genders = PRONOUNS.get(words.lower[index])
        if genders is None or _possessive(scene, index):
            continue
        told = bool(scene.sums or scene.counts)
        antecedent = _last(memory, spot, partial(_may_be, genders, told))
        if antecedent is not None:
            return Link(spot, _stand_in(antecedent[1], index, frozenset()), PRONOUN_COST), antecedent
    return None


def _may_be(genders: tuple[str, ...], told: bool, initiative: Initiative) -> bool:
    """Whether a pronoun can stand for an initiative; for support only where a sum or number is told of it."""
    fits = _gender_of(initiative) in genders and (initiative.strong or initiative.named)
    return fits and (initiative.family != "support" or told)


def _possessive(scene: Scene, index: int) -> bool:
    """«его история»: the pronoun belongs to the noun after it."""
    words = scene.words
    if words.lower[index] not in ("его", "ее", "её", "их") or index + 1 >= len(words):
        return False
    return words.forms[index + 1].pos in ("NOUN", "ADJF")


def _bare(scene: Scene, spot: Spot, memory: list[Antecedent]) -> tuple[Link, Antecedent] | None:
    """«Подписание состоялось», «подписи поставили»: nothing stands for the initiative."""
    several = any(n.number == "plur" for n in word(scene.words.tokens[spot.index].text).nouns) and spot.shape == "noun"
    signing = spot.name == "sign" and (spot.shape == "noun" or spot.companion is not None) and not several
    joining = (
        spot.name == "join"
        and spot.shape == "finite"
        and bool(scene.organisations or scene.counts or "«" in scene.words.lower)
    )
    building = spot.name in ("launch", "create") and spot.shape == "noun" and _by_itself(scene, spot.index)
    if not (signing or building or (joining and not _goes_elsewhere(scene, spot.index))):
        return None
    antecedent = _last(memory, spot, lambda i: i.family != "support")
    if antecedent is None or (building and not _nearest(scene, spot, antecedent, memory)):
        return None
    return Link(spot, _stand_in(antecedent[1], spot.index, frozenset()), BARE_COST), antecedent


def _by_itself(scene: Scene, index: int) -> bool:
    """«Стройка идёт», «ввод – в 2026 году», «запуск намечен на май»: what is launched was named before."""
    words = scene.words
    if words.lower[index] == "стройка":
        return True
    if not words.forms[index].lemmas & LAUNCHES or index + 1 >= len(words):
        return False
    return words.lower[index + 1] in ("–", "—", "-") or bool(status_of(words.lower[index + 1]) & {"planned", "done"})


def _nearest(scene: Scene, spot: Spot, antecedent: Antecedent, memory: list[Antecedent]) -> bool:
    """Whether nothing else that can be launched was named later, and this sentence does not tell it already."""
    if spot.name == "create" and scene.words.lower[spot.index] == "стройка":
        return False
    last = next(m for m in reversed(memory) if m[1].family in ("production", "site"))
    told = any(link.initiative.head == antecedent[1].head for link in scene.links) and antecedent[0] is scene
    return last[1].family == antecedent[1].family and not told


def _goes_elsewhere(scene: Scene, index: int) -> bool:
    """«присоединятся к обсуждению»: the sentence says itself what is joined."""
    words = scene.words
    for i in range(max(0, index - 4), min(len(words) - 1, index + 5)):
        if words.lower[i] in ("к", "ко", "в", "во") and words.forms[i + 1].pos in ("NOUN", "ADJF", "NPRO"):
            if words.forms[i + 1].pos == "ADJF" and (
                i + 2 >= len(words) or words.forms[i + 2].pos not in ("NOUN", "ADJF")
            ):
                continue  # «к последним примкнуло»
            if words.lower[i] in ("в", "во") and words.forms[i + 1].lemmas & (TIMES | RANKS):
                continue
            return True
    return False


def _last(memory: list[Antecedent], spot: Spot, fits) -> Antecedent | None:  # type: ignore[no-untyped-def]
    """The likeliest antecedent: the more often named, the later named."""
    best: tuple[float, Antecedent] | None = None
    mentions: dict[str, int] = {}
    for age, (scene, initiative) in enumerate(reversed(memory)):
        if spot.name not in CLASSES[initiative.family] or not fits(initiative):
            continue
        mentions[initiative.kind] = mentions.get(initiative.kind, 0) + 1
        rank = age - 2.0 * min(mentions[initiative.kind], 3)
        if best is None or (initiative.kind != best[1][1].kind and rank < best[0]):
            best = rank, (scene, initiative)
        elif initiative.kind == best[1][1].kind:
            best = min(best[0], rank), best[1]
    if best is None or outside(best[1][0].words, best[1][1]):
        return None
    return best[1]


def _gender_of(initiative: Initiative) -> str:
    return "" if initiative.plural else initiative.gender


def _stand_in(antecedent: Initiative, index: int, cases: frozenset[Case]) -> Initiative:
    return replace(antecedent, first=index, name=index, head=index, stop=index + 1, core=index + 1, cases=cases)
