"""Who takes part in an event: the people and organisations of its clause, less those who only stand by."""

from __future__ import annotations

from nlp.events.draft import Draft
from nlp.events.scene import Scene
from nlp.lexicon import load
from nlp.organisations import OrganisationMention
from nlp.people import PersonMention
from nlp.schema import Party

_TABLE = load("bystanders")
SPEAKING = frozenset(_TABLE["speaking"])
SOURCES = frozenset(_TABLE["sources"])
AWAY = {kind: frozenset(words) for kind, words in _TABLE["prepositions"].items()}
NO_PARTY = frozenset({"media", "site"})
SIGNED = ("agreement_signing", "charter_signing")


def give_parties(scenes: list[Scene]) -> None:
    """Give each event of a release its parties."""
    for scene in scenes:
        for draft in scene.drafts:
            if draft.type != "enterprise_count" and not draft.parties:
                draft.parties = (*_people(scene, draft), *_organisations(scene, draft))


def _people(scene: Scene, draft: Draft) -> list[Party]:
    """Those who sign."""
    if draft.type not in SIGNED or draft.status == "cancelled":
        return []
    found: dict[int, Party] = {}
    for mention in scene.people:
        if mention.person in found or _looks_on(scene, mention):
            continue
        if not mention.named and mention.name is None:
            continue
        found[mention.person] = Party(mention.name, "person", mention.position, mention.start, mention.stop)
    return list(found.values())


def _looks_on(scene: Scene, mention: PersonMention) -> bool:
    """Whether a person of the sentence speaks, presides, begins or attends."""
    words = scene.words
    start = min(mention.start, mention.office[0]) if mention.office else mention.start
    stop = max(mention.stop, mention.office[1]) if mention.office else mention.stop
    first, last = words.at(start), words.at(stop - 1)
    before = range(max(0, first - 3), first)
    after = range(last + 1, min(len(words), last + 3))
    if any(words.forms[i].lemmas & ONLOOKERS for i in before):
        return True
    return any(words.forms[i].lemmas & SPEAKING for i in (*before, *after))


ONLOOKERS = frozenset(_TABLE["onlookers"])


def _organisations(scene: Scene, draft: Draft) -> list[Party]:
    found: dict[str, Party] = {}
    for organisation in scene.organisations:
        if organisation.kind in NO_PARTY or not (organisation.named or organisation.kind == "authority"):
            continue
        office = _office_of(scene, organisation)
        if office:
            if organisation.kind == "authority" or draft.type not in SIGNED or _looks_on(scene, office):
                continue
        elif _stands_by(scene, draft, organisation):
            continue
        found.setdefault(
            organisation.name, Party(organisation.name, "organization", None, organisation.start, organisation.stop)
        )
    return list(found.values())


def _office_of(scene: Scene, organisation: OrganisationMention) -> PersonMention | None:
    """The person of whose office the organisation's name is part."""
    for mention in scene.people:
        if mention.office and mention.office[0] <= organisation.start < mention.office[1]:
            return mention
    return None


def _stands_by(scene: Scene, draft: Draft, mention: OrganisationMention) -> bool:
    """Whether the text names an organisation as a source, a place or an onlooker."""
    words = scene.words
    first, last = words.at(mention.start), words.at(mention.stop - 1)
    if draft.first_of_name <= first < draft.stop_of_name:
        return draft.type != "agreement_signing"
    before = words.lower[first - 1] if first else ""
    if before in ("«", '"', "„") and first > 1:
        before = words.lower[first - 2]
    if before in AWAY.get(draft.type, AWAY["any"]):
        return True
    window = range(max(0, first - 5), first)
    if any(words.forms[i].lemmas & SOURCES for i in window):
        return True
    after = range(last + 1, min(len(words), last + 4))
    return any(words.forms[i].lemmas & SPEAKING for i in (*window, *after))
