"""Who takes part in an event: the people, organisations and regions of its clause, less those who only stand by."""

from __future__ import annotations

from nlp.events.draft import Draft
from nlp.events.grammar import Form
from nlp.events.scene import Scene
from nlp.gazetteer import regions
from nlp.lexicon import load
from nlp.morphology import lemma
from nlp.organisations import OrganisationMention
from nlp.people import PersonMention
from nlp.schema import Party

_TABLE = load("bystanders")
SPEAKING = frozenset(_TABLE["speaking"])
SOURCES = frozenset(_TABLE["sources"])
ONLOOKERS = frozenset(_TABLE["onlookers"])
FIRMS = frozenset(_TABLE["firms"])
AWAY = {kind: frozenset(words) for kind, words in _TABLE["prepositions"].items()}
HEADS = frozenset(_TABLE["heads"])
HEADED = frozenset(_TABLE["headed"])
DEPUTIES = tuple(_TABLE["deputies"])
NO_PARTY = frozenset({"media", "site"})
SIGNED = ("agreement_signing", "charter_signing")
NEAR = 14  # tokens between the heads of regions and what they do
MEMORY = 4  # sentences back to the firm that «предприятие» stands for


def give_parties(scenes: list[Scene]) -> None:
    """Give each event of a release its parties."""
    firm: tuple[int, OrganisationMention] | None = None
    heads = _heads(scenes)
    for scene in scenes:
        for draft in scene.drafts:
            if draft.type == "enterprise_count" or draft.parties:
                continue
            named = _organisations(scene, draft)
            near = firm if firm and scene.words.index - firm[0] <= MEMORY else None
            companies = {o.start for o in scene.organisations if o.kind == "company"}
            if near and not any(p.start in companies for p in named) and _stands_for(scene, draft):
                named.append(_party(near[1]))
            signed = _people(scene, draft)
            if draft.type in SIGNED and len(heads) > 1 and _all_heads(scene, draft):
                signed = heads
            draft.parties = (*signed, *named)
        for organisation in scene.organisations:
            if organisation.kind == "company" and organisation.named:
                firm = scene.words.index, organisation


def give_region_parties(scenes: list[Scene]) -> None:
    """Let the region itself be the party to an agreement with a firm for which nobody else signs."""
    for scene in scenes:
        for draft in scene.drafts:
            if draft.type != "agreement_signing" or not draft.regions or draft.status == "cancelled":
                continue
            counted = draft.count is not None and draft.count.value > 1
            firms = [p for p in draft.parties if p.kind == "organization"]
            public = any(p.kind == "person" for p in draft.parties) or any(_authority(scene, p) for p in firms)
            if (firms or counted) and not public:
                names = tuple(Party(regions()[code], "region") for code in draft.regions if code in regions())
                draft.parties = (*names, *draft.parties)


def _authority(scene: Scene, party: Party) -> bool:
    return any(o.start == party.start and o.kind == "authority" for o in scene.organisations)


def _party(organisation: OrganisationMention) -> Party:
    return Party(organisation.name, "organization", None, organisation.start, organisation.stop)


def _stands_for(scene: Scene, draft: Draft) -> bool:
    """Whether «предприятие», «компания» or «инвестор» alone stands in the event's clause."""
    words = scene.words
    for i, form in enumerate(words.forms):
        if form.pos != "NOUN" or not form.lemmas & FIRMS or draft.first_of_name <= i < draft.stop_of_name:
            continue
        if abs(i - draft.trigger) <= 8 and "sing" in {r.number for r in form.readings}:
            return True
    return False


def _people(scene: Scene, draft: Draft) -> list[Party]:
    """Those who sign."""
    if draft.type not in SIGNED or draft.status == "cancelled":
        return []
    found: dict[int, Party] = {}
    for mention in scene.people:
        if mention.person in found or _looks_on(scene, mention):
            continue
        found[mention.person] = Party(mention.name, "person", mention.position, mention.start, mention.stop)
    return list(found.values())


def _heads(scenes: list[Scene]) -> list[Party]:
    """The heads of regions whom the release names, each under the fullest office it gives."""
    found: dict[int, Party] = {}
    for mention in (mention for scene in scenes for mention in scene.people):
        office = (mention.position or "").lower()
        if office.startswith(DEPUTIES) or not any(lemma(word) in HEADS for word in office.split()[:5]):
            continue
        known = found.get(mention.person)
        if known is None or len(office) > len(known.position or ""):
            found[mention.person] = Party(mention.name, "person", mention.position, mention.start, mention.stop)
    return list(found.values())


def _can_be(form: Form, number: str) -> bool:
    """Whether a word form can be of the number."""
    return any(reading.number == number for reading in form.readings)


def _all_heads(scene: Scene, draft: Draft) -> bool:
    """Whether the event's clause has «губернаторы» or «главы регионов», and its sentence names nobody."""
    if any(mention.named for mention in scene.people):
        return False
    forms = scene.words.forms
    for i, form in enumerate(forms):
        if abs(i - draft.trigger) > NEAR or not form.lemmas & HEADS or not _can_be(form, "plur"):
            continue
        if not _can_be(form, "sing") or any(f.lemmas & HEADED and not _can_be(f, "sing") for f in forms[i + 1 : i + 4]):
            return True
    return False


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


def _organisations(scene: Scene, draft: Draft) -> list[Party]:
    found: dict[str, Party] = {}
    for organisation in scene.organisations:
        if organisation.kind in NO_PARTY or not (organisation.named or _known_by_its_noun(organisation)):
            continue
        if draft.type == "production_launch" and organisation.kind == "authority":
            continue
        office = _office_of(scene, organisation)
        if office:
            if organisation.kind == "authority" or draft.type not in SIGNED or _looks_on(scene, office):
                continue
        elif _stands_by(scene, draft, organisation):
            continue
        found.setdefault(organisation.name, _party(organisation))
    return list(found.values())


def _known_by_its_noun(organisation: OrganisationMention) -> bool:
    """«краевой фонд развития промышленности», «правительство области»: there is one such."""
    return organisation.kind == "authority" or organisation.head in ("фонд", "палата", "ассоциация")


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
        whose = first > draft.first_of_name and mention.kind == "company" and mention.head in FIRMS
        return draft.type != "agreement_signing" and not whose
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
