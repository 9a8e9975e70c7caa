"""An event as the fields of a form, and what a filled-in form changes of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from web.queries.events import EventView

GROUPS: dict[str, tuple[str, ...]] = {  # field of an event -> fields of the form
    "type": ("type",),
    "status": ("status",),
    "kind": ("kind",),
    "date": ("date",),
    "initiative": ("initiative",),
    "regions": ("regions",),
    "count": ("count_value", "count_comparator", "count_unit"),
    "money": ("money_value", "money_comparator", "money_currency"),
    "parties": ("parties",),
}
MOST = 4_000  # characters of a field


class UnreadableFieldError(ValueError):
    """A field of the form that holds no value of its kind."""


def fields(event: EventView) -> dict[str, str]:
    """The event as text for the form: regions parted by spaces, a party a line («имя | вид | должность»)."""
    count, money = event.count, event.money
    return {
        "type": event.type,
        "status": event.status,
        "kind": event.kind or "",
        "date": event.date or "",
        "initiative": event.initiative_text or "",
        "regions": " ".join(event.regions),
        "count_value": str(count.value) if count else "",
        "count_comparator": count.comparator if count else "eq",
        "count_unit": count.unit if count else "",
        "money_value": str(money.value) if money else "",
        "money_comparator": money.comparator if money else "eq",
        "money_currency": money.currency if money else "RUB",
        "parties": "\n".join(" | ".join(filter(None, (p.name, p.kind, p.position))) for p in event.parties),
    }


def changes(event: EventView, form: Mapping[str, str]) -> dict[str, Any]:
    """What the form says otherwise than the event does, as `pipeline.review.edit` takes it.

    Raises UnreadableFieldError.
    """
    before = fields(event)
    after = {name: form.get(name, before[name]).replace("\r\n", "\n").strip()[:MOST] for name in before}
    return {
        field: _value(field, after)
        for field, names in GROUPS.items()
        if any(before[name] != after[name] for name in names)
    }


def _value(field: str, form: Mapping[str, str]) -> Any:
    if field == "regions":
        return form["regions"].split()
    if field == "parties":
        return [_party(line) for line in form["parties"].splitlines() if line.strip()]
    if field in ("count", "money"):
        return _amount(field, form)
    return form[field] or None


def _amount(field: str, form: Mapping[str, str]) -> dict[str, Any] | None:
    stated = "".join(form[f"{field}_value"].split())
    if not stated:
        return None
    try:
        value = int(stated)
    except ValueError:
        raise UnreadableFieldError(f"«{stated}» — не целое число") from None
    rest = "unit" if field == "count" else "currency"
    return {"value": value, "comparator": form[f"{field}_comparator"], rest: form[f"{field}_{rest}"]}


def _party(line: str) -> dict[str, Any]:
    name, kind, position, *more = [part.strip() for part in (*line.split("|"), "", "")]
    if not name or not kind or any(more):
        raise UnreadableFieldError(f"сторона «{line.strip()}» не в виде «имя | вид | должность»")
    return {"name": name, "kind": kind, "position": position or None}
