"""What was read: extractor runs, events with their arguments, officials, and the evidence of each."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from nlp.schema import Comparator, EventType, Kind, PartyKind, Status
from pipeline.models.base import Base, one_of, table

RunOutcome = Literal["read", "irrelevant", "failed"]
Review = Literal["unreviewed", "confirmed", "edited", "rejected", "stale"]
DatePrecision = Literal["day", "month", "year"]
Role = Literal["event", "trigger", "party"]
REJECTED = text("review = 'rejected'")


class ExtractorRun(Base):
    __tablename__ = "extractor_runs"
    __table_args__ = table(
        "One reading of one text by one version of the extractor; the same is never done twice.",
        UniqueConstraint("document_id", "fingerprint", "version"),
        one_of("outcome", RunOutcome),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of document, fingerprint and version.")
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), comment="The document read.")
    fingerprint: Mapped[str] = mapped_column(comment="SHA-256 of the text that was read.")
    version: Mapped[str] = mapped_column(index=True, comment="Version of the extractor.")
    outcome: Mapped[str] = mapped_column(comment="read: it states events; irrelevant: none; failed: given up.")
    reason: Mapped[str | None] = mapped_column(comment="Why the reader gave up.")
    read_at: Mapped[dt.datetime] = mapped_column(comment="When it was read (UTC).")


class Event(Base):
    __tablename__ = "events"
    __table_args__ = table(
        "One happening as one release tells it, corrections applied; `reading` keeps what the machine read.",
        one_of("type", EventType),
        one_of("status", Status),
        one_of("kind", Kind),
        one_of("date_precision", DatePrecision),
        one_of("review", Review),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        CheckConstraint("date_from <= date_to", name="date_range"),
        CheckConstraint("(date IS NULL) = (date_from IS NULL)", name="date_known"),
        Index("ix_events_initiative_id_date_from", "initiative_id", "date_from"),
        Index("ix_events_type_date_from", "type", "date_from"),
        Index("ix_events_kind_status", "kind", "status"),
        Index("ix_events_review_confidence", "review", "confidence"),
        Index("ix_events_rejected", "id", sqlite_where=REJECTED, postgresql_where=REJECTED),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of document, type and quotation.")
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True, comment="The release.")
    type: Mapped[str] = mapped_column(comment="What happened: one of the seven types of the annotation guide.")
    status: Mapped[str] = mapped_column(comment="done, planned, ongoing or cancelled: a plan is not a deed.")
    date: Mapped[str | None] = mapped_column(
        comment="When it happened or is due, as exact as the text: 2024-07-22, 2025-10, 2024."
    )
    date_precision: Mapped[str | None] = mapped_column(comment="How exact that date is.")
    date_from: Mapped[dt.date | None] = mapped_column(comment="First day that the date can mean.")
    date_to: Mapped[dt.date | None] = mapped_column(index=True, comment="Last day that the date can mean.")
    kind: Mapped[str | None] = mapped_column(comment="Kind of the initiative, as this release names it.")
    initiative_text: Mapped[str | None] = mapped_column(comment="The initiative as this release names it, nominative.")
    initiative_id: Mapped[str | None] = mapped_column(
        ForeignKey("initiatives.id"), comment="The initiative it belongs to across documents."
    )
    confidence: Mapped[float] = mapped_column(comment="The share of such readings that are right, 0 to 1.")
    version: Mapped[str] = mapped_column(comment="Version of the extractor that read it.")
    review: Mapped[str] = mapped_column(
        default="unreviewed", comment="What a person said of it; stale: the text changed under a correction."
    )
    reading: Mapped[dict[str, Any]] = mapped_column(comment="The event as the machine read it, as JSON.")


class EventRegion(Base):
    __tablename__ = "event_regions"
    __table_args__ = table("Regions whose initiative an event belongs to.")

    event_id: Mapped[str] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, comment="The event."
    )
    region: Mapped[str] = mapped_column(
        ForeignKey("regions.code"), primary_key=True, index=True, comment="ISO 3166-2 code of the region."
    )


class DocumentRegion(Base):
    __tablename__ = "document_regions"
    __table_args__ = table("Regions that a release is about.")

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True, comment="The document.")
    region: Mapped[str] = mapped_column(
        ForeignKey("regions.code"), primary_key=True, index=True, comment="ISO 3166-2 code of the region."
    )


class Party(Base):
    __tablename__ = "parties"
    __table_args__ = table(
        "Who signs, joins, founds, builds, gives or receives in an event.",
        one_of("kind", PartyKind),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, comment="The event."
    )
    number: Mapped[int] = mapped_column(primary_key=True, comment="Place in the release's own order, from 0.")
    name: Mapped[str] = mapped_column(comment="Name as in the release, nominative.")
    kind: Mapped[str] = mapped_column(comment="person, organization or region.")
    position: Mapped[str | None] = mapped_column(comment="Office of a person, as worded in the release, nominative.")
    person_id: Mapped[str | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="The person across documents."
    )
    organization_id: Mapped[str | None] = mapped_column(
        ForeignKey("organizations.id"), index=True, comment="The organisation across documents."
    )


class Count(Base):
    __tablename__ = "counts"
    __table_args__ = table(
        "The number an event states: enterprises, residents, parks, agreements.",
        one_of("comparator", Comparator),
        CheckConstraint("value >= 0", name="value"),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, comment="The event."
    )
    value: Mapped[int] = mapped_column(comment="The number as stated.")
    comparator: Mapped[str] = mapped_column(comment="How the number bounds the truth: eq, gt, ge, lt, le, approx.")
    unit: Mapped[str] = mapped_column(comment="What is counted: the noun's dictionary form.")


class Money(Base):
    __tablename__ = "money"
    __table_args__ = table(
        "The sum an event states.",
        one_of("comparator", Comparator),
        CheckConstraint("length(currency) = 3", name="currency"),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, comment="The event."
    )
    value: Mapped[int] = mapped_column(comment="The sum in whole units of the currency.")
    currency: Mapped[str] = mapped_column(comment="ISO 4217 code: RUB.")
    comparator: Mapped[str] = mapped_column(comment="How the sum bounds the truth: eq, gt, ge, lt, le, approx.")


class Evidence(Base):
    __tablename__ = "evidence"
    __table_args__ = table(
        "The words of the release from which an event, its trigger or a party was read.",
        one_of("role", Role),
        CheckConstraint("start >= 0 AND stop > start", name="span"),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, comment="The event."
    )
    role: Mapped[str] = mapped_column(primary_key=True, comment="What these words state: event, trigger or party.")
    number: Mapped[int] = mapped_column(primary_key=True, comment="Number of the party; 0 for event and trigger.")
    start: Mapped[int] = mapped_column(comment="First code point in the document's text.")
    stop: Mapped[int] = mapped_column(comment="One past the last code point.")
    quotation: Mapped[str] = mapped_column(comment="The words themselves: text[start:stop].")


class Official(Base):
    __tablename__ = "officials"
    __table_args__ = table("Everyone whom a release names with an office.", UniqueConstraint("document_id", "number"))

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of document and number.")
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), comment="The release.")
    number: Mapped[int] = mapped_column(comment="Place in the release's own order, from 0.")
    name: Mapped[str] = mapped_column(comment="Name as in the release, nominative.")
    position: Mapped[str] = mapped_column(comment="Office as worded in the release, nominative.")
    organization: Mapped[str | None] = mapped_column(comment="Where the office is held, as worded.")
    person_id: Mapped[str | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="The person across documents."
    )
    organization_id: Mapped[str | None] = mapped_column(
        ForeignKey("organizations.id"), index=True, comment="The organisation across documents."
    )
    start: Mapped[int] = mapped_column(comment="First code point in the document's text.")
    stop: Mapped[int] = mapped_column(comment="One past the last code point.")
    quotation: Mapped[str] = mapped_column(comment="The words themselves: text[start:stop].")
