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
from nlp.events.triggers import SHAPES, Spot
from nlp.lexicon import load
from nlp.organisations import OrganisationMention
from nlp.schema import Party, Status

_TABLE = load("residents")
NEWCOMERS = frozenset(_TABLE["newcomers"])
STANDING = frozenset(_TABLE["standing"])
JOINING = frozenset(_TABLE["joining"])
GRANTING = frozenset(_TABLE["granting"])
LEAVING = frozenset(_TABLE["leaving"])
GIVEN_UP = frozenset(_TABLE["given_up"])
MEMBERS = frozenset(["company", "institution", "other"])  # kinds of organisation that can be members
MEMORY = 4  # sentences back to the park, zone or cluster
REACH = 10  # tokens between a verb and the noun it needs
COST = 6.0

Place = tuple[Scene, Initiative]


def read_residents(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the named members who come or go to the scenes of a release."""
    place: Place | None = None
    for scene in scenes:
        here = next((i for i in scene.initiatives if i.family == "site" and i.strong), None)
        if here is not None and not outside(scene.words, here):
            place = scene, here
        if place is None or scene.words.index - place[0].words.index > MEMORY:
            continue
        if any(d.type in ("cluster_announcement", "charter_accession", "charter_signing") for d in scene.drafts):
            continue
        draft = _change(analysis, scene, place)
        if draft:
            scene.drafts.append(draft)


def _change(analysis: Analysis, scene: Scene, place: Place) -> Draft | None:
    words = scene.words
    members = _members(scene, place)
    if not members:
        return None
    for i, form in enumerate(words.forms):
        if form.pos not in ("VERB", "PRTS", "PRTF", "INFN", "GRND"):
            continue
        near = range(max(0, i - REACH), min(len(words), i + REACH + 1))
        if form.lemmas & LEAVING and any(words.forms[j].lemmas & GIVEN_UP for j in near if j != i):
            status = standing(words, Spot("leave", i, "finite", None)).status
        elif (form.lemmas & JOINING and _named(scene, i, near, NEWCOMERS | STANDING)) or (
            form.lemmas & GRANTING and _named(scene, i, near, STANDING)
        ):
            status = standing(words, Spot("create", i, SHAPES[form.pos], None)).status
        else:
            continue
        if status in ("done", "planned", "cancelled"):
            return _draft(analysis, scene, place, i, status, members)
    return None


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
        first=trigger,
        stop=trigger + 1,
        first_of_name=trigger,
        stop_of_name=trigger,
        initiative=place[0].phrase(place[1], analysis.text),
        kind=place[1].kind,
        cost=COST,
        trigger_class="leave" if status == "cancelled" else "join",
        shape="finite",
        parties=tuple(Party(m.name, "organization", None, m.start, m.stop) for m in members),
        notes={"members"},
    )
