"""Who takes part in an event: the people, organisations and regions of its clause, less those who only stand by."""

from __future__ import annotations

from nlp.events.draft import Draft
from nlp.events.scene import Scene
from nlp.lexicon import load
from nlp.organisations import OrganisationMention
from nlp.schema import Party

_TABLE = load("bystanders")
SPEAKING = frozenset(_TABLE["speaking"])
SOURCES = frozenset(_TABLE["sources"])
AWAY = {kind: frozenset(words) for kind, words in _TABLE["prepositions"].items()}
NO_PARTY = frozenset({"media", "site"})


def give_parties(scenes: list[Scene]) -> None:
    """Give each event of a release its parties."""
    for scene in scenes:
        for draft in scene.drafts:
            if draft.type != "enterprise_count":
                draft.parties = draft.parties or _parties(scene, draft)


def _parties(scene: Scene, draft: Draft) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for organisation in scene.organisations:
        if organisation.kind in NO_PARTY or not (organisation.named or organisation.kind == "authority"):
            continue
        if _stands_by(scene, draft, organisation):
            continue
        found.setdefault(
            organisation.name, Party(organisation.name, "organization", None, organisation.start, organisation.stop)
        )
    return tuple(found.values())


def _stands_by(scene: Scene, draft: Draft, mention: OrganisationMention) -> bool:
    """Whether the text names someone as a source, a place or an onlooker."""
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
