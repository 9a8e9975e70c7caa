"""From an analysed release to its events, in drafts."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.accords import read_accords
from nlp.events.agenda import read_agenda
from nlp.events.amounts import give_amounts
from nlp.events.attachment import Link
from nlp.events.bygone import bygone
from nlp.events.candidates import candidates
from nlp.events.chances import Model, chances, model
from nlp.events.charters import PARTAKING, read_charters
from nlp.events.choice import choose_parties
from nlp.events.confidence import SURE, judge
from nlp.events.coreference import resolve
from nlp.events.counts import read_counts
from nlp.events.dating import choose_dates
from nlp.events.draft import Draft
from nlp.events.factuality import choose_statuses
from nlp.events.funding import choose_money
from nlp.events.gaps import read_gaps
from nlp.events.goods import read_goods
from nlp.events.jurisdiction import choose_regions
from nlp.events.merge import merge
from nlp.events.named import read_named
from nlp.events.naming import choose_names
from nlp.events.nominal import read_nominal
from nlp.events.parties import give_parties, give_region_parties
from nlp.events.partners import split_partners
from nlp.events.proposals import propose
from nlp.events.recipients import read_recipients
from nlp.events.regions import give_regions
from nlp.events.residents import read_residents
from nlp.events.scene import Scene, scenes
from nlp.events.sphere import among_outsiders
from nlp.events.status import standing
from nlp.events.stock import read_stock
from nlp.events.support import read_support
from nlp.events.times import give_dates, give_day
from nlp.events.titles import give_names
from nlp.events.types import event_type
from nlp.gazetteer import find_regions
from nlp.lexicon import load
from nlp.people import People
from nlp.relevance import is_clear, log_odds


def read(analysis: Analysis, people: People) -> tuple[list[Draft], tuple[str, ...]]:
    """The events of a release, each once, in order of the text; and the regions it is about."""
    drafts, found, regions = argued_events(analysis, people)
    return drafts, choose_regions(drafts, found, regions)


def argued_events(analysis: Analysis, people: People) -> tuple[list[Draft], list[Scene], tuple[str, ...]]:
    """The events that the judge believes, with what the models choose for them; regions are still the rules'."""
    drafts, found, regions = believed_events(analysis, people)
    choose_parties(drafts, found, candidates(found, regions))
    choose_dates(drafts, found, analysis.published)
    choose_money(drafts, found)
    choose_statuses(drafts, found, analysis.published)
    choose_names(analysis, drafts, found)
    return drafts, found, regions


def believed_events(analysis: Analysis, people: People) -> tuple[list[Draft], list[Scene], tuple[str, ...]]:
    """The events that the judge believes, with the arguments that the rules give; else as `draft_events`."""
    drafts, found, regions = draft_events(analysis, people, model())
    odds = log_odds(analysis)
    believed = judge(drafts, found, odds)
    if not is_clear(analysis, odds) and not any(draft.confidence >= SURE for draft in believed):
        believed = []  # nothing says that the release is of the sphere
    return believed, found, regions


def draft_events(
    analysis: Analysis, people: People, learned: Model | None = None
) -> tuple[list[Draft], list[Scene], tuple[str, ...]]:
    """What the rules read, and what a model of sentences proposes besides; not yet judged.

    Returns the drafts, the sentences they were read from, and the regions of the release.
    """
    places = find_regions(analysis)
    found = scenes(analysis, people, places)
    if learned:
        for scene, odds in zip(found, chances(analysis, found, learned), strict=True):
            scene.chances = odds
    resolve(found)
    for scene in found:
        scene.drafts = _of_links(analysis, scene)
    read_gaps(analysis, found)
    read_support(analysis, found)
    read_recipients(analysis, found)
    read_accords(analysis, found)
    read_nominal(analysis, found)
    read_charters(analysis, found)
    read_residents(analysis, found)
    read_goods(analysis, found)
    read_stock(analysis, found)
    read_named(analysis, found)
    read_agenda(analysis, found)
    read_counts(analysis, found)
    give_amounts(found)
    if learned:
        propose(analysis, found, learned.words)
        give_amounts(found)  # what the rules' own events left
    give_parties(found)
    split_partners(analysis, found)
    give_dates(found, analysis.published)
    regions = give_regions(analysis, found, places)
    give_region_parties(found)
    give_names(analysis, found)
    drafts = merge([draft for scene in found for draft in scene.drafts])
    give_day(drafts, found, analysis.published)
    return drafts, found, regions


def _of_links(analysis: Analysis, scene: Scene) -> list[Draft]:
    drafts: list[Draft] = []
    taken: set[tuple[int, str, bool]] = set()
    for link in scene.links:
        draft = _draft(analysis, scene, link)
        if draft is None:
            continue
        key = (
            link.initiative.head,
            draft.type,
            draft.type == "agreement_signing" and link.spot.shape == "participle",
        )  # «соглашение, подписанное …, расторгнуто»
        if key in taken:
            continue
        taken.add(key)
        listed = next((d for d in drafts if _listed(d, draft)), None)
        if listed:  # «создать индустриальные парки, технопарки» is one plan
            listed.initiative = f"{listed.initiative} и {draft.initiative}"
            listed.stop = max(listed.stop, draft.stop)
        else:
            drafts.append(draft)
    return drafts


def _listed(a: Draft, b: Draft) -> bool:
    """Whether two drafts are parks in general, told by one trigger."""
    general = a.plural and b.plural and "named" not in a.notes | b.notes
    return general and a.type == b.type == "cluster_announcement" and a.trigger == b.trigger


MEASURING = frozenset(load("amounts")["measuring"])
RECALLED = frozenset(["production_launch", "cluster_announcement", "support_measure"])
SIGNED = frozenset(["agreement_signing", "charter_signing", "charter_accession"])


def _draft(analysis: Analysis, scene: Scene, link: Link) -> Draft | None:
    kind = event_type(link)
    initiative = link.initiative
    if kind is None:
        return None
    status = standing(scene.words, link.spot).status
    if status is None:
        return None
    if kind in RECALLED and status in ("done", "ongoing") and bygone(scene.words, link.spot.index):
        return None
    if kind in SIGNED and among_outsiders(scene.words):
        return None
    if kind == "charter_signing" and (
        (status == "planned" and _ready(scene)) or (status == "cancelled" and _declined(scene)) or _last_come(scene)
    ):
        kind = "charter_accession"
    return Draft(
        type=kind,
        status=status,
        words=scene.words,
        trigger=link.spot.index,
        first_of_name=initiative.first,
        stop_of_name=initiative.stop,
        initiative=scene.phrase(initiative, analysis.text),
        kind=initiative.kind,
        cost=link.cost,
        trigger_class=link.spot.name,
        shape=link.spot.shape,
        plural=initiative.plural,
        notes=_notes(scene, link),
    )


def _ready(scene: Scene) -> bool:
    """«двадцать предприятий, согласных поставить подпись»."""
    return any(c.unit_class == "enterprise" for c in scene.counts) and any(
        form.lemmas & {"согласный", "готовность", "готовый", "готов"} for form in scene.words.forms
    )


def _declined(scene: Scene) -> bool:
    """«войти в хартию «Прегель» отказался»: one firm's refusal leaves the charter alone."""
    firms = any(o.kind in ("company", "other") and o.named for o in scene.organisations)
    return firms and any(form.lemmas & PARTAKING for form in scene.words.forms)


def _last_come(scene: Scene) -> bool:
    """«поставил подпись и стал одиннадцатым участником»."""
    forms = scene.words.forms
    return any(
        form.lemmas & {"участник", "подписант"} and any(f.lemmas & {"стать"} for f in forms[max(0, i - 5) : i])
        for i, form in enumerate(forms)
    )


def _notes(scene: Scene, link: Link) -> set[str]:
    """What the confidence model and the merging of tellings want to know."""
    initiative = link.initiative
    antecedent = scene.antecedents.get(initiative.head)
    notes = set()
    if scene.words.index == 0:
        notes.add("title")
    if (antecedent[1] if antecedent else initiative).named:
        notes.add("named")
    if antecedent:
        notes.add("stand-in")
    bare = link.spot.companion is not None or initiative.head == link.spot.index
    if antecedent and bare and link.spot.name == "sign":
        notes.add("signature")
    if not initiative.strong:
        notes.add("weak")
    if (antecedent[1] if antecedent else initiative).generic:
        notes.add("generic")
    if scene.words.forms[link.spot.index].lemmas & MEASURING:
        notes.add("measure")
    return notes
