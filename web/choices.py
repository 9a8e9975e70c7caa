"""The options of the forms' lists, as HTML that is made once: a page has hundreds of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from markupsafe import Markup

from pipeline.filters import KINDS, STATUSES, TYPES
from pipeline.reference import regions
from pipeline.russian import KINDS as KIND_NAMES
from pipeline.russian import OUTCOMES as OUTCOME_NAMES
from pipeline.russian import STATUSES as STATUS_NAMES
from pipeline.russian import TYPES as TYPE_NAMES

Pairs = tuple[tuple[str, str], ...]  # value and what is shown


def _named(values: Sequence[str], name: Callable[[str], str]) -> Pairs:
    return tuple((value, name(value)) for value in values)


REGIONS: Pairs = tuple(sorted(((row["code"], row["name"]) for row in regions()), key=lambda pair: pair[1]))
CHOICES: dict[str, tuple[str, Pairs]] = {  # field -> what stands for any, and the others
    "region": ("все", REGIONS),
    "type": ("любое", _named(TYPES, TYPE_NAMES.__getitem__)),
    "status": ("любое", _named(STATUSES, STATUS_NAMES.__getitem__)),
    "kind": ("любой", _named(KINDS, KIND_NAMES.__getitem__)),
}
# promises, as readers ask for them: those of which no release tells what became, by whether their time is over, too
OUTCOMES = {"due": "срок впереди", "overdue": "срок прошёл, исход не виден", **OUTCOME_NAMES}


def choices(field: str, chosen: str | None) -> Markup:
    """The options of a field with the chosen one marked."""
    return options(*CHOICES[field], chosen or "")


@lru_cache(maxsize=1_000)
def options(any_: str, pairs: Pairs, chosen: str) -> Markup:
    return Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(value, Markup(" selected" if value == chosen else ""), shown)
        for value, shown in (("", any_), *pairs)
    )
