"""The tables. Each column's comment is its one description: docs, exports and the explorer take it from here."""

from pipeline.models.base import Base, stable_id
from pipeline.models.collecting import Crawl, Document, Lemmas, Page, RejectedLine, Revision, Story, WarcFile
from pipeline.models.following import Digest, DigestItem, SavedFilter
from pipeline.models.places import Region, Source
from pipeline.models.reading import (
    Count,
    DocumentRegion,
    Event,
    EventRegion,
    Evidence,
    ExtractorRun,
    Money,
    Official,
    Party,
)
from pipeline.models.registry import (
    Initiative,
    InitiativeAlias,
    InitiativeRegion,
    Office,
    Organization,
    OrganizationAlias,
    OrganizationRegion,
    Person,
    PersonAlias,
    PersonRegion,
    Promise,
)
from pipeline.models.resolving import Mention, Node, NodeKey
from pipeline.models.reviewing import Decision, Redirect, ReviewSession, ReviewToken

__all__ = [
    "Base",
    "Count",
    "Crawl",
    "Decision",
    "Digest",
    "DigestItem",
    "Document",
    "DocumentRegion",
    "Event",
    "EventRegion",
    "Evidence",
    "ExtractorRun",
    "Initiative",
    "InitiativeAlias",
    "InitiativeRegion",
    "Lemmas",
    "Mention",
    "Money",
    "Node",
    "NodeKey",
    "Office",
    "Official",
    "Organization",
    "OrganizationAlias",
    "OrganizationRegion",
    "Page",
    "Party",
    "Person",
    "PersonAlias",
    "PersonRegion",
    "Promise",
    "Redirect",
    "Region",
    "RejectedLine",
    "ReviewSession",
    "ReviewToken",
    "Revision",
    "SavedFilter",
    "Source",
    "Story",
    "WarcFile",
    "stable_id",
]
