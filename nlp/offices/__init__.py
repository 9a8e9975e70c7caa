"""Offices: «временно исполняющий обязанности губернатора Омской области», «первый заместитель министра финансов РФ».

An office is a head noun from the lexicon, the adjectives before it, what it governs («промышленности и торговли»,
«по экономике»), and where it is held: a place or an organisation. Who holds it is for nlp.people to say.
"""

from nlp.offices.lexicon import REGION_HEADS, REGIONS, kind_of
from nlp.offices.reading import Office, find_offices
from nlp.offices.wording import singular, worded

__all__ = ["REGIONS", "REGION_HEADS", "Office", "find_offices", "kind_of", "singular", "worded"]
