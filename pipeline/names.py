"""The names of those whom a filter asks of by their ids."""

from __future__ import annotations

from sqlalchemy import Connection, select

from pipeline.filters import Filter, living
from pipeline.models import Initiative, Organization, Person

REGISTERS: dict[str, type[Initiative | Person | Organization]] = {  # by the filter's field
    "initiative": Initiative,
    "person": Person,
    "organization": Organization,
}


def named(connection: Connection, wanted: Filter) -> dict[str, str]:
    """By the filter's field the name of whom it asks of, as they are called now; nobody who is not known."""
    out: dict[str, str] = {}
    for field, register in REGISTERS.items():
        if id_ := getattr(wanted, field):
            name = connection.scalar(select(register.name).where(register.id == living(id_)))
            out |= {field: name} if name else {}
    return out
