"""One happening is one event, however often the release tells it."""

from __future__ import annotations

from nlp.events.draft import Draft
from nlp.events.names import alike, stems


def merge(drafts: list[Draft]) -> list[Draft]:
    """The drafts with every retelling folded into the telling that says most, in order of the text."""
    kept: list[Draft] = []
    for draft in drafts:
        twin = next((k for k in kept if _same(k, draft)), None)
        if twin is None:
            kept.append(draft)
        elif _weight(draft) > _weight(twin):
            _inherit(draft, twin)
            kept[kept.index(twin)] = draft
        else:
            _inherit(twin, draft)
    return sorted(kept, key=lambda d: (d.words.index, d.trigger))


def _weight(draft: Draft) -> float:
    """How much a telling says."""
    told = 2.0 * len(draft.parties) + 2.0 * bool(draft.money) + bool(draft.count) + bool(draft.date)
    return (
        told
        + min(len(stems(draft.initiative or "")), 4) * 0.5
        - draft.cost / 8
        - (1.5 if draft.words.sentence.block == 0 else 0)
    )


def _inherit(to: Draft, other: Draft) -> None:
    to.date = to.date or other.date
    to.count = to.count or other.count
    to.money = to.money or other.money
    if len(stems(other.initiative or "")) > len(stems(to.initiative or "")):
        to.initiative = other.initiative
    if not to.parties:
        to.parties = other.parties
    to.cost = min(to.cost, other.cost)


def _same(a: Draft, b: Draft) -> bool:
    if a.type != b.type:
        return False
    if a.type == "enterprise_count":
        return a.count == b.count
    if a.status != b.status and {a.status, b.status} != {"planned", "ongoing"}:
        return False
    if a.date and b.date and not (a.date.startswith(b.date) or b.date.startswith(a.date)):
        return False
    if a.count and b.count and a.count.value != b.count.value:
        return False
    if a.money and b.money and a.money.value != b.money.value:
        return False
    if a.kind != b.kind and "other" not in (a.kind, b.kind):
        return False
    if a.type in ("charter_signing", "charter_accession"):
        return True
    return alike(a.initiative, b.initiative)
