"""What readers asked to be told of, and what they were told: saved filters, digests, and the facts in them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.models.base import Base, one_of, table

Channel = Literal["email", "telegram"]
Frequency = Literal["at_once", "daily", "weekly"]


class SavedFilter(Base):
    __tablename__ = "saved_filters"
    __table_args__ = table(
        "A list that a reader follows. It is deleted, address and all, when the reader no longer wants it.",
        one_of("channel", Channel),
        one_of("frequency", Frequency),
        CheckConstraint("failures >= 0", name="failures"),
        Index("ix_saved_filters_frequency", "frequency"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of channel, address and query.")
    channel: Mapped[str] = mapped_column(comment="email or telegram.")
    address: Mapped[str] = mapped_column(
        comment="E-mail address, or number of the Telegram chat; its owner confirmed it."
    )
    query: Mapped[str] = mapped_column(comment="The filter as the tail of a page's address; empty: everything.")
    frequency: Mapped[str] = mapped_column(comment="at_once, daily or weekly.")
    saved_at: Mapped[datetime] = mapped_column(comment="When it was confirmed (UTC); what came before is not told.")
    failures: Mapped[int] = mapped_column(default=0, comment="Number of digests in a row that were not accepted.")


class Digest(Base):
    __tablename__ = "digests"
    __table_args__ = table(
        "One message to one reader; a row without `sent_at` was begun and nobody knows whether it went out.",
        Index("ix_digests_saved_filter_id_begun_at", "saved_filter_id", "begun_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of the saved filter and the facts it tells.")
    saved_filter_id: Mapped[str] = mapped_column(
        ForeignKey("saved_filters.id", ondelete="CASCADE"), comment="The saved filter it answers."
    )
    begun_at: Mapped[datetime] = mapped_column(comment="When its facts were set aside for it (UTC).")
    sent_at: Mapped[datetime | None] = mapped_column(comment="When it was accepted for delivery (UTC).")


class DigestItem(Base):
    __tablename__ = "digest_items"
    __table_args__ = table(
        "A fact that went into a digest, set aside before it is sent so that no reader is told it twice.",
        Index("ix_digest_items_digest_id", "digest_id"),
        Index("ix_digest_items_saved_filter_id_telling", "saved_filter_id", "telling"),
    )

    saved_filter_id: Mapped[str] = mapped_column(
        ForeignKey("saved_filters.id", ondelete="CASCADE"), primary_key=True, comment="The saved filter."
    )
    event_id: Mapped[str] = mapped_column(
        primary_key=True, comment="The event; no foreign key: what was told stays told when the event is read anew."
    )
    telling: Mapped[str] = mapped_column(comment="Hash of story and fact: reprints of one release share it.")
    digest_id: Mapped[str] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"), comment="The digest.")
