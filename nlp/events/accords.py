"""Agreements told without their noun: «договорились о поставке», «условились построить», «подпишем с БелАЗом»."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.scene import Scene
from nlp.events.sphere import INSIDE, among_outsiders
from nlp.events.status import negated, standing
from nlp.events.support import INDUSTRY
from nlp.events.triggers import Spot
from nlp.lexicon import load
from nlp.schema import Status

_TABLE = load("accords")
UNDERTAKINGS = frozenset(_TABLE["undertakings"])
SIDES = frozenset(_TABLE["sides"])
SIGNING = frozenset(_TABLE["signing"])
REACH = 8  # tokens from the verb to what is agreed upon
OBJECT = 10  # tokens of what is agreed upon that go into its name
CONTEXT = 6  # sentences back to an agreement, for «подпишем с …»
COST = 6.0


def read_accords(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the agreements that are told by their verb alone to the scenes of a release."""
    naming = [any(i.family == "agreement" for i in scene.initiatives) for scene in scenes]
    for index, scene in enumerate(scenes):
        if any(d.type in ("agreement_signing", "charter_signing") for d in scene.drafts):
            continue
        draft = None
        near = range(len(scenes)) if index == 0 else (index - 1, index + 1)
        if not any(_told(scenes, i) for i in near):
            draft = _accord(analysis, scene)
        if draft is None and not naming[index] and any(naming[max(0, index - CONTEXT) : index + 2]):
            draft = _signed_with(scene)
        if draft:
            scene.drafts.append(draft)


def _told(scenes: list[Scene], index: int) -> bool:
    """Whether the sentence tells an agreement itself."""
    return 0 <= index < len(scenes) and any(d.type == "agreement_signing" for d in scenes[index].drafts)


def _accord(analysis: Analysis, scene: Scene) -> Draft | None:
    """«область и завод договорились о поставке станков»: two sides, and an undertaking of our sphere."""
    words = scene.words
    for spot in scene.spots:
        if spot.name != "agree" or spot.shape != "finite" or negated(words, spot.index):
            continue
        if not any(r.tense == "past" for r in words.forms[spot.index].readings) or not _two_sides(scene):
            continue
        start = _undertaking(scene, spot.index)
        if start is None or among_outsiders(words):
            continue
        stop = _end(scene, start)
        about = analysis.text[words.tokens[start].start : words.tokens[stop - 1].stop]
        preposition = words.lower[start] in ("о", "об")
        return _draft(scene, spot, "done", f"соглашение {about}" if preposition else "соглашение", stop)
    return None


def _two_sides(scene: Scene) -> bool:
    firms = [o for o in scene.organisations if o.kind in ("company", "institution", "other") and o.named]
    authorities = [o for o in scene.organisations if o.kind == "authority"]
    sides = len(firms) + len(authorities) + len([p for p in scene.people if p.position])
    sides += any(form.lemmas & SIDES and form.pos == "NOUN" for form in scene.words.forms)
    return bool(firms) and sides > 1


def _undertaking(scene: Scene, verb: int) -> int | None:
    """Where what is agreed upon begins: «о» with a noun, or an infinitive."""
    words = scene.words
    for i in range(verb + 1, min(len(words) - 1, verb + REACH)):
        if words.lower[i] in (".", ";", ":"):
            return None
        if words.lower[i] in ("о", "об") or words.forms[i].pos == "INFN":
            near = words.forms[i : i + 6]
            ours = any(form.lemmas & (UNDERTAKINGS | INSIDE | INDUSTRY) for form in near)
            return i if ours else None
    return None


def _end(scene: Scene, start: int) -> int:
    words = scene.words
    for i in range(start + 1, min(len(words), start + OBJECT)):
        if words.lower[i] in (",", ".", ";", ":", "—", "–", "(") or words.forms[i].pos == "VERB":
            return i
    return min(len(words), start + OBJECT)


def _signed_with(scene: Scene) -> Draft | None:
    """«Подписали и с ним», «С БелАЗом подпишем»: the agreement is understood, the partner named."""
    words = scene.words
    linked = {link.spot.index for link in scene.links}
    for spot in scene.spots:
        if spot.name != "sign" or spot.shape != "finite" or spot.index in linked or spot.companion is not None:
            continue
        if not words.forms[spot.index].lemmas & SIGNING or not _with_partner(scene, spot.index):
            continue
        status = standing(words, spot).status
        if status:
            return _draft(scene, spot, status, "соглашение", spot.index + 1)
    return None


def _with_partner(scene: Scene, verb: int) -> bool:
    """Whether «с» and a name or a pronoun stand by the verb, with nothing else that could be signed."""
    words = scene.words
    partners = {words.at(o.start) for o in scene.organisations}
    for i in (*range(verb + 1, min(len(words) - 1, verb + 8)), *range(max(0, verb - 5), verb)):
        if words.lower[i] not in ("с", "со"):
            continue
        near = abs(i - verb) <= 3 and (
            words.tokens[i + 1].text[0].isupper() or words.lower[i + 1] in ("ним", "ней", "ними", "«", "нами")
        )
        if near or partners & {i + 1, i + 2, i + 3}:
            return True
    return False


def _draft(scene: Scene, spot: Spot, status: Status, name: str, stop: int) -> Draft:
    return Draft(
        type="agreement_signing",
        status=status,
        words=scene.words,
        trigger=spot.index,
        initiative=name,
        kind="agreement",
        stop=max(stop, spot.index + 1),
        cost=COST,
        trigger_class=spot.name,
        shape=spot.shape,
        notes={"accord"},
    )
