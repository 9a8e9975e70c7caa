"""Organisations: a legal form or a generic noun with its name, a quoted name, a long genitive name, an abbreviation.

    ООО «Суксунский оптико-механический завод», приборный завод «Каскад», «Био-Тон», «Русским лососем»,
    Комитет по промышленной политике, инновациям и торговле Санкт-Петербурга, читинский машзавод, Минпромторг России

Grammar finds most; what only the network sees is taken from it. Names come in the nominative: a legal form or a
generic noun stays, with «ёлочки»; a bare quoted name loses its marks.
"""

from nlp.organisations.mention import OrganisationKind, OrganisationMention
from nlp.organisations.reading import body_at, find_organisations, organisations_of, publishers, resolved

__all__ = [
    "OrganisationKind",
    "OrganisationMention",
    "body_at",
    "find_organisations",
    "organisations_of",
    "publishers",
    "resolved",
]
