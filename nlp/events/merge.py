"""One happening is one event, however often the release tells it."""

from __future__ import annotations

from nlp.events.draft import Draft
from nlp.events.names import alike, stems
from nlp.lexicon import load

_TABLE = load("anaphora")
BEGINNINGS = frozenset(_TABLE["beginnings"])
AUTHORITIES = tuple(_TABLE["authorities"])
RETOLD = 6  # sentences between an agreement and who put their names to it
HEADLINES = {0: 1.5, 1: 0.1}  # what a telling in the headline, or under it, weighs less
WINDOW = 60  # events looked back at, so that merging stays linear in long texts


def merge(drafts: list[Draft]) -> list[Draft]:
    """The drafts with every retelling folded into the telling that says most, in order of the text."""
    kept: list[Draft] = []
    for draft in drafts:
        start = max(0, len(kept) - WINDOW)
        at = next((i for i in range(start, len(kept)) if _same(kept[i], draft)), None)
        if at is None:
            kept.append(draft)
        elif _weight(draft) > _weight(kept[at]):
            _inherit(draft, kept[at])
            kept[at] = draft
        else:
            _inherit(kept[at], draft)
    told = [draft for i, draft in enumerate(kept) if not _told_by_others(draft, kept[max(0, i - WINDOW) : i + WINDOW])]
    return sorted(told, key=lambda d: (d.words.index, d.trigger))


def _told_by_others(draft: Draft, kept: list[Draft]) -> bool:
    """Whether a number only repeats what another event says: its signatories, its named new members."""
    if draft.type == "charter_accession" and draft.count and not draft.parties:
        return any(k.type == "charter_signing" and k.count and k.count.value == draft.count.value for k in kept)
    if draft.type == "enterprise_count" and draft.count and draft.words.index == 0 and _rounded(draft, kept):
        return True
    if draft.type == "enterprise_count" and draft.count and (draft.status != "done" or draft.words.index == 0):
        return any(
            k.type == "cluster_announcement" and k.trigger_class == "join" and len(k.parties) == draft.count.value
            for k in kept
        )
    if "measure" in draft.notes and any(k is not draft and k.type == draft.type and k.kind == draft.kind for k in kept):
        return True
    if draft.type == "cluster_announcement" and draft.trigger_class == "join" and draft.status == "ongoing":
        return True  # they are members: no news
    if _joins(draft) and "title" in draft.notes and any(_joins(k) for k in kept if k is not draft):
        return True
    if draft.type == "cluster_announcement" and draft.trigger_class == "join" and not draft.parties:
        return any(k.type == "enterprise_count" and k.words is draft.words for k in kept)
    return False


def _joins(draft: Draft) -> bool:
    return draft.type == "cluster_announcement" and draft.trigger_class == "join"


def _rounded(title: Draft, kept: list[Draft]) -> bool:
    """Whether the headline only rounds a number that the text gives."""
    return any(
        k is not title
        and k.type == "enterprise_count"
        and k.count
        and title.count
        and k.count.unit == title.count.unit
        and 1 <= k.count.value / title.count.value <= 1.15
        for k in kept
    )


def _weight(draft: Draft) -> float:
    """How much a telling says."""
    told = 2.0 * len(draft.parties) + 2.0 * bool(draft.money) + bool(draft.count) + bool(draft.date)
    return (
        told
        + min(len(stems(draft.initiative or "")), 4) * 0.5
        - draft.cost / 8
        - 2.0 * ("stand-in" in draft.notes)
        - 6.0 * ("signature" in draft.notes)
        - HEADLINES.get(draft.words.sentence.block, 0.0)
    )


def _inherit(to: Draft, other: Draft) -> None:
    to.told |= other.told | {other.words.index}
    to.date = to.date or other.date
    to.count = to.count or other.count
    to.money = to.money or other.money
    if len(stems(other.initiative or "")) > len(stems(to.initiative or "")):
        to.initiative = other.initiative
    if not to.parties:
        to.parties = other.parties
    elif "signature" in other.notes - to.notes:  # who signed is told last
        to.parties += tuple(p for p in other.parties if not any(alike(p.name, known.name) for known in to.parties))
    to.cost = min(to.cost, other.cost)


def _same(a: Draft, b: Draft) -> bool:
    """Whether two drafts tell the same happening."""
    if a.type != b.type:
        return False
    if "alone" in b.notes and "alone" not in a.notes and a.plural:
        return False  # one of the parks told before
    if "more" in b.notes and a.words is not b.words:
        return False  # «ещё одно», «второе»: none of those before
    if a.type == "enterprise_count":
        return bool(a.count and b.count and a.count.value == b.count.value)
    retold = "title" in a.notes and {a.status, b.status} == {"planned", "done"} and a.type == "support_measure"
    if a.status != b.status and {a.status, b.status} != {"planned", "ongoing"} and not retold:
        return False
    if _dated_later(a, b) or _named_later(a, b):
        return True
    if a.date and b.date and not (a.date.startswith(b.date) or b.date.startswith(a.date)):
        return False
    if a.count and b.count and a.count.value != b.count.value:
        return False
    if a.money and b.money and a.money.value != b.money.value:
        return False
    if a.type == "support_measure" and a.money and b.money and ("title" in a.notes | b.notes or _nameless(a, b)):
        return True
    if (
        a.type == "support_measure"
        and abs(a.words.index - b.words.index) == 1
        and _vague(b if b.words.index > a.words.index else a)
    ):
        return True
    if "signature" in a.notes ^ b.notes and abs(a.words.index - b.words.index) <= RETOLD:
        return True  # «подписи под документом поставили …»: who signed what was told before
    if a.kind != b.kind and "other" not in (a.kind, b.kind):
        return False
    if _strangers(a, b):
        return False
    if a.type == "charter_accession" and bool(a.count) != bool(b.count) and (a.parties or b.parties):
        return "title" in a.notes | b.notes
    if a.type in ("charter_signing", "charter_accession"):
        return True
    if "split" in a.notes & b.notes and a.words is b.words:
        return False
    if "title" in a.notes and a.plural == b.plural and a.type != "production_launch":
        return not ("named" in a.notes and "named" in b.notes) or alike(a.initiative, b.initiative)
    if a.plural != b.plural:
        return False
    if "generic" in a.notes | b.notes and (a.type == "cluster_announcement" or "stand-in" in a.notes | b.notes):
        return True
    return alike(a.initiative, b.initiative)


def _nameless(a: Draft, b: Draft) -> bool:
    """Whether one of two supports of one sum has no name of its own, and both may be given to the same firm."""
    return bool("nameless" in a.notes ^ b.notes) and not _strangers(a, b)


def _dated_later(a: Draft, b: Draft) -> bool:
    """«строит цех: … Пуск первой линии назначен на июнь»: when what was just told will run."""
    follows = b.words.index - a.words.index == 1 and b.type == "production_launch" and a.date is None
    noun = b.shape == "noun" and bool(b.words.forms[b.trigger].lemmas & BEGINNINGS)
    return follows and noun and b.trigger < 3 and not b.parties and "named" not in b.notes


def _named_later(a: Draft, b: Draft) -> bool:
    """«одобрил заявки четырёх соискателей. В реестр включены: …»: who has just come."""
    joins = _joins(a) and _joins(b) and abs(a.words.index - b.words.index) == 1
    return joins and bool(a.parties) != bool(b.parties)


def _vague(draft: Draft) -> bool:
    """«это будет осуществляться через льготы»: support with nothing of its own."""
    return not (draft.money or draft.count or draft.parties) and draft.words.lower[0] in (
        "это",
        "также",
        "такая",
        "так",
    )


def _strangers(a: Draft, b: Draft) -> bool:
    """Whether both name organisations, and none in common."""
    first, second = _firms(a), _firms(b)
    if not first or not second:
        return False
    return not any(alike(x, y) for x in first for y in second)


def _firms(draft: Draft) -> list[str]:
    """The organisations that tell one event from another; the authorities of a region are in many."""
    return [p.name for p in draft.parties if p.kind == "organization" and not p.name.lower().startswith(AUTHORITIES)]
