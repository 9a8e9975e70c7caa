"""Regions and places: what is named where, which region it means, and which regions a release is about."""

from nlp.gazetteer.about import paragraph_regions, regions_of
from nlp.gazetteer.matching import find_regions
from nlp.gazetteer.mention import RegionMention
from nlp.gazetteer.names import regions

__all__ = ["RegionMention", "find_regions", "paragraph_regions", "regions", "regions_of"]
