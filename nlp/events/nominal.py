"""Agreements told without a verb of signing: headings, lists, «ещё одно – с заводом», «соглашение с … предусматривает».

They go with an agreement told as signed (or to be signed) a little before, and share its status and date.
"""

from __future__ import annotations

from dataclasses import replace

from nlp.agreement import word
from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.initiative import Initiative
from nlp.events.scene import Scene
from nlp.events.takers import quantified
from nlp.lexicon import load
from nlp.organisations import OrganisationMention
from nlp.schema import Party, Status

_TABLE = load("accords")
ORDINALS = frozenset(_TABLE["ordinals"])
ALSO = frozenset(_TABLE["also"])
PARTNERS = frozenset(_TABLE["partners"])
NOT_SIGNED = frozenset(_TABLE["not_signed"])
REACH = 5  # sentences back to an agreement that is signed
COST = 7.0


def read_nominal(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the agreements that are only named to the scenes of a release."""
    last: tuple[int, Draft] | None = None
    signed = any(spot.name == "sign" for scene in scenes for spot in scene.spots)
    for index, scene in enumerate(scenes):
        own = [d for d in scene.drafts if d.type == "agreement_signing"]
        if own:
            last = index, own[-1]
            continue
        before = last[1] if last and index - last[0] <= REACH else None
        draft = _heading(analysis, scene, before) if signed else None
        if draft is None and before is not None and before.status != "cancelled":
            draft = _named(analysis, scene, before) or _elliptic(analysis, scene, before)
        if draft is None and signed:
            draft = _total(analysis, scene)
        if draft is None and before is not None and _split(scene, scenes[index - 1]):
            continue
        if draft:
            scene.drafts.append(draft)
            last = index, draft


def _heading(analysis: Analysis, scene: Scene, before: Draft | None) -> Draft | None:
    """«2. Соглашение с РУСАЛом»: a line of its own with no verb."""
    words = scene.words
    if words.lower[0] in ("это", "этот"):
        return None
    if len(words) > 14 or scene.words.index == 0 or any(form.finite for form in words.forms):
        return None
    for initiative in scene.initiatives:
        if initiative.family == "agreement" and initiative.first <= 3 and "nomn" in initiative.cases:
            return _draft(analysis, scene, initiative, before.status if before else "done", before)
    return None


def _named(analysis: Analysis, scene: Scene, before: Draft) -> Draft | None:
    """«Ещё одно соглашение, с ООО «Фортал», предусматривает …»: it has a partner, or is told as one more."""
    words = scene.words
    if any(form.lemmas & NOT_SIGNED for form in words.forms) or "не" in words.lower:
        return None
    if words.lower[0] in ("это", "этот"):
        return None  # «Это второй СПИК в области»: how many there are
    for initiative in scene.initiatives:
        if initiative.family != "agreement" or not initiative.strong or initiative.plural:
            continue
        if "nomn" not in initiative.cases or not _partner(scene, initiative):
            continue
        more = (
            words.forms[0].lemmas & {"самый", "крупный", "важный"}
            or any(words.lower[i] in ALSO or words.forms[i].lemmas & ORDINALS for i in range(0, initiative.head))
            or words.lower[0] in ("с", "со")
        )
        if more:
            return _draft(analysis, scene, initiative, before.status, before)
    return None


def _partner(scene: Scene, initiative: Initiative) -> bool:
    """Whether «с» and an organisation stand by the phrase."""
    words = scene.words
    between = any(words.lower[i] == "между" for i in range(initiative.head, min(len(words), initiative.head + 5)))
    return any(
        (between or _with(scene, o)) and abs(words.at(o.start) - initiative.head) <= 8 for o in scene.organisations
    )


def _with(scene: Scene, organisation: OrganisationMention) -> bool:
    first = scene.words.at(organisation.start)
    return any(scene.words.lower[i] in ("с", "со") for i in range(max(0, first - 3), first))


def _elliptic(analysis: Analysis, scene: Scene, before: Draft) -> Draft | None:
    """«Второе – с ПАО «Камский насосный завод»: …», «С китайской «Хуаюй» – о строительстве …»."""
    words = scene.words
    if len(words) < 4:
        return None
    if _one_of(scene):
        return _draft(analysis, scene, None, before.status, before)
    if not scene.organisations:
        return None
    organisation = scene.organisations[0]
    first = words.at(organisation.start)
    if not _with(scene, organisation) or first > 7:
        return None
    dash = any(words.lower[i] in ("–", "—", "-") for i in range(0, min(len(words), first + 14)))
    listed = bool(words.forms[0].lemmas & ORDINALS) or words.lower[0] in ALSO or words.lower[0] in ("с", "со")
    predicate = any(words.forms[i].pos == "VERB" for i in range(0, min(len(words), first + 4)))
    if not (dash and listed) or predicate:
        return None
    draft = _draft(analysis, scene, None, before.status, before)
    about = _about(analysis, scene, words.at(organisation.stop - 1) + 1)
    draft.initiative = f"соглашение {about}" if about else "соглашение"
    return draft


def _one_of(scene: Scene) -> bool:
    """«Третье, с банком, рамочное», «С Камчаткой — о рыбном стандарте»: one more, with a partner of any kind."""
    words = scene.words
    if words.forms[0].lemmas & ORDINALS and words.lower[1] in (",", "–", "—", "-") and words.lower[2] in ("с", "со"):
        return True
    if "самый" in words.forms[0].lemmas and any(
        words.lower[i] in ("–", "—") and words.lower[i + 1] in ("с", "со") for i in range(1, min(5, len(words) - 1))
    ):
        return True  # «Самое крупное – с «Еврохимом»»
    if words.lower[0] not in ("с", "со") or not words.tokens[1].text[0].isupper():
        return False
    dash = next((i for i in range(2, min(6, len(words) - 1)) if words.lower[i] in ("–", "—")), 0)
    return dash > 0 and words.lower[dash + 1] in ("о", "об")


def _total(analysis: Analysis, scene: Scene) -> Draft | None:
    """«Первый день наш: 9 соглашений на 12,4 млрд»: how many were signed, with no verb."""
    words = scene.words
    if not scene.sums or any(form.pos in ("VERB", "PRTS") for form in words.forms):
        return None
    for initiative in scene.initiatives:
        told = initiative.family == "agreement" and quantified(words, initiative)
        if told and any(0 < words.at(s.start) - initiative.stop <= 5 for s in scene.sums):
            return _draft(analysis, scene, initiative, "done", None)
    return None


def _split(scene: Scene, before: Scene) -> bool:
    """«подписал четыре соглашения. Партнёры — А, Б, В и Г»: one with each, instead of the total."""
    words = scene.words
    total = next((d for d in before.drafts if d.type == "agreement_signing" and d.plural), None)
    if total is None or not words.forms[0].lemmas & PARTNERS or words.lower[1] not in ("–", "—", ":"):
        return False
    partners = [o for o in scene.organisations if o.kind != "site"]
    counts = [c.value for c in before.counts if c.unit_class == "agreement"]
    if len(partners) < 2 or (counts and counts[0] != len(partners)):
        return False
    at = before.drafts.index(total)
    before.drafts[at : at + 1] = [
        replace(
            total,
            parties=(Party(o.name, "organization", None, o.start, o.stop),),
            plural=False,
            notes=total.notes | {"split"},
            told={words.index},
        )
        for o in partners
    ]
    return True


def _about(analysis: Analysis, scene: Scene, start: int) -> str:
    """«о строительстве …»: what the agreement is about, if the sentence goes on so."""
    words = scene.words
    for i in range(start, min(len(words) - 1, start + 4)):
        if words.lower[i] in ("о", "об") and "loct" in word(words.tokens[i + 1].text).cases:
            stop = next((j for j in range(i + 1, len(words)) if words.lower[j] in (",", ";", ".", ":")), len(words))
            return analysis.text[words.tokens[i].start : words.tokens[min(stop, i + 9) - 1].stop]
    return ""


def _draft(
    analysis: Analysis, scene: Scene, initiative: Initiative | None, status: Status, before: Draft | None
) -> Draft:
    first = initiative.first if initiative else 0
    stop = initiative.stop if initiative else 1
    return Draft(
        type="agreement_signing",
        status=status,
        words=scene.words,
        trigger=initiative.head if initiative else 0,
        first_of_name=first,
        stop_of_name=stop,
        initiative=scene.phrase(initiative, analysis.text) if initiative else None,
        kind=initiative.kind if initiative else "agreement",
        cost=COST,
        trigger_class="nominal",
        shape="noun",
        date=before.date if before else None,
        notes={"nominal"} | ({"more"} if before else set()),
    )
