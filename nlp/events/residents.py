"""New members of a park, a zone or a cluster, told by what they become: «тринадцатым резидентом стало ООО …»,
«в реестр включены: …», «статуса лишилась компания …».
"""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.scene import Scene
from nlp.events.sphere import outside
from nlp.events.status import standing
from nlp.events.triggers import SHAPES, Shape, Spot
from nlp.lexicon import load
from nlp.organisations import OrganisationMention
from nlp.schema import Party, Status

_TABLE = load("residents")
NEWCOMERS = frozenset(_TABLE["newcomers"])
STANDING = frozenset(_TABLE["standing"])
JOINING = frozenset(_TABLE["joining"])
SETTLING = frozenset(_TABLE["settling"])
NEW = frozenset(_TABLE["new"])
GRANTING = frozenset(_TABLE["granting"])
LEAVING = frozenset(_TABLE["leaving"])
GIVEN_UP = frozenset(_TABLE["given_up"])
MEMBERS = frozenset(["company", "institution", "other"])  # kinds of organisation that can be members
MEMORY = 4  # sentences back to the park, zone or cluster
LONG_MEMORY = 12  # where the release has one only
REACH = 16  # tokens between a verb and the noun it needs
VERBAL = frozenset(["VERB", "PRTS", "PRTF", "INFN", "GRND"])
NEAR = 6  # tokens between a verb and the place someone comes to
COST = 6.0
LINES = 12  # of a list under a colon

Place = tuple[Scene, Initiative]


def read_residents(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the named members who come or go to the scenes of a release."""
    place: Place | None = None
    kinds = {i.kind for scene in scenes for i in scene.initiatives if i.family == "site" and i.strong}
    memory = LONG_MEMORY if len(kinds) == 1 else MEMORY
    for scene in scenes:
        here = next((i for i in scene.initiatives if i.family == "site" and i.strong), None)
        if here is not None and not outside(scene.words, here):
            place = scene, here
        if place is None or scene.words.index - place[0].words.index > memory:
            continue
        if any(d.type in ("charter_accession", "charter_signing") for d in scene.drafts):
            continue
        before = scenes[scene.words.index - 1] if scene.words.index else None
        draft = _change(analysis, scene, place, scenes) or (
            _presented(analysis, scene, place, before) if before else None
        )
        others = [d for d in scene.drafts if d.type == "cluster_announcement"]
        if draft and others and not all(_registering(d) for d in others):
            continue
        for other in others if draft else []:
            scene.drafts.remove(other)
        if draft:
            scene.drafts.append(draft)


def _registering(draft: Draft) -> bool:
    """«зарегистрировала двух резидентов зоны»: taken for the zone's own registering, or for a nameless joining."""
    lemmas = draft.words.forms[draft.trigger].lemmas
    return bool(lemmas & {"зарегистрировать", "регистрировать"}) or (
        draft.trigger_class == "join" and not draft.parties
    )


def _presented(analysis: Analysis, scene: Scene, place: Place, before: Scene) -> Draft | None:
    """«Им стало ООО …», «В их числе …», «Последним стал …»: who the newcomers of the sentence before are."""
    words = scene.words
    members = _members(scene, place)
    told = any(form.lemmas & NEWCOMERS and form.pos == "NOUN" for form in before.words.forms)
    if not members or not told:
        return None
    became = next(
        (i for i, form in enumerate(words.forms[:12]) if form.lemmas & {"стать"} and form.pos == "VERB"), None
    )
    listed = words.lower[0] in ("это", "среди") or "их" in words.lower[:3]
    first = 1 if words.lower[0] in ("«", '"', "–", "—") else 0
    number = words.forms[first].readings[0]
    named = words.lower[first] in ("им", "ими", "ею", "ей") or (
        number.case == "ablt" and number.pos in ("ADJF", "ANUM")
    )
    new = any(form.lemmas & {"новый", "новичок", "пополнение", "первый"} for form in before.words.forms)
    if (became is not None and named) or (listed and new and became is None):
        draft = _draft(analysis, scene, place, became or 0, "done", members)
        draft.told.add(before.words.index)
        return draft
    return None


def _change(analysis: Analysis, scene: Scene, place: Place, scenes: list[Scene]) -> Draft | None:
    words = scene.words
    members = _members(scene, place) or _under_colon(scene, place, scenes)
    if not members:
        return None
    for i, form in enumerate(words.forms):
        shape = next((SHAPES[r.pos] for r in form.readings if r.pos in VERBAL), None)  # «зашли» is also an order
        if shape is None:
            continue
        near = range(max(0, i - REACH), min(len(words), i + REACH + 1))
        if form.lemmas & LEAVING and _gives_up(scene, i, near):
            status = standing(words, Spot("leave", i, "finite", None)).status
        elif _comes(scene, place, i, shape):
            status = standing(words, Spot("create", i, shape, None)).status
        else:
            continue
        if status in ("done", "planned", "cancelled"):
            return _draft(analysis, scene, place, i, status, members)
    return _without_verb(analysis, scene, place, members)


def _without_verb(analysis: Analysis, scene: Scene, place: Place, members: list[OrganisationMention]) -> Draft | None:
    """«Ещё один резидент технопарка – «Сенсорика»», «В числе новых участников кластера – «Прогресс»»."""
    words = scene.words
    dash = next((i for i, lower in enumerate(words.lower) if lower in ("–", "—")), 0)
    before = words.forms[:dash]
    new = any(form.lemmas & NEW for form in before) and any(form.lemmas & NEWCOMERS for form in before)
    if not new or dash > REACH or any(form.pos in ("VERB", "PRTS") for form in words.forms):
        return None
    return _draft(analysis, scene, place, dash, "done", members)


def _comes(scene: Scene, place: Place, verb: int, shape: Shape) -> bool:
    """Whether a verb brings someone in: by a member's noun, by the roll or standing given, or by settling there."""
    forms = scene.words.forms
    lemmas = forms[verb].lemmas
    near = range(max(0, verb - REACH), min(len(forms), verb + REACH + 1))
    if shape == "participle":  # «принятых в сентябре новичков»
        return bool(lemmas & JOINING) and _named(scene, verb, range(verb + 1, min(len(forms), verb + 5)), NEWCOMERS)
    into = place[0] is scene and scene.words.lower[place[1].first - 1] in ("в", "во", "к")
    if place[0] is scene and (lemmas & SETTLING or (lemmas & JOINING and into and abs(place[1].first - verb) <= NEAR)):
        return True  # «в технопарк приняты: …»
    nouns = (NEWCOMERS | STANDING) if lemmas & JOINING else STANDING if lemmas & GRANTING else frozenset()
    return _named(scene, verb, near, nouns)


def _gives_up(scene: Scene, verb: int, near: range) -> bool:
    """«статуса лишилась», «вышло из членов»; a tenant's «договор расторг»."""
    forms = scene.words.forms
    if forms[verb].lemmas & {"расторгнуть", "разорвать"}:
        return any(form.lemmas & NEWCOMERS for form in forms) and any(forms[j].lemmas & {"договор"} for j in near)
    return any(forms[j].lemmas & GIVEN_UP for j in near if j != verb)


def _under_colon(scene: Scene, place: Place, scenes: list[Scene]) -> list[OrganisationMention]:
    """The members listed line by line under «в технопарк приняты:»."""
    found: list[OrganisationMention] = []
    if not scene.words.lower or scene.words.lower[-1] != ":":
        return found
    for after in scenes[scene.words.index + 1 : scene.words.index + 1 + LINES]:
        own = _members(after, place)
        if not own or any(form.finite for form in after.words.forms):
            break
        found.append(own[0])
    return found


def _named(scene: Scene, verb: int, near: range, nouns: frozenset[str]) -> bool:
    """Whether a noun near the verb says as what someone comes: a member's noun, the roll, the standing of one."""
    forms = scene.words.forms
    return any(j != verb and forms[j].pos == "NOUN" and forms[j].lemmas & nouns for j in near)


def _members(scene: Scene, place: Place) -> list[OrganisationMention]:
    """The firms and institutes the sentence names, the place itself left out."""
    found = []
    for organisation in scene.organisations:
        first = scene.words.at(organisation.start)
        inside = place[0] is scene and place[1].first <= first < place[1].stop
        if organisation.kind in MEMBERS and organisation.named and not inside:
            found.append(organisation)
    return found


def _draft(
    analysis: Analysis, scene: Scene, place: Place, trigger: int, status: Status, members: list[OrganisationMention]
) -> Draft:
    return Draft(
        type="cluster_announcement",
        status=status,
        words=scene.words,
        trigger=trigger,
        initiative=place[0].phrase(place[1], analysis.text),
        kind=place[1].kind,
        cost=COST,
        trigger_class="leave" if status == "cancelled" else "join",
        shape="finite",
        parties=tuple(Party(m.name, "organization", None, m.start, m.stop) for m in members),
        notes={"members", "title"} if scene.words.index == 0 else {"members"},
    )
