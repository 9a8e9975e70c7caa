"""What people decided, in rows that outlive every reprocess, and who may decide in the browser."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.models.base import Base, one_of, table

Action = Literal["confirm", "reject", "edit", "merge", "split"]
Target = Literal["event", "initiative"]


class Decision(Base):
    __tablename__ = "decisions"
    __table_args__ = table(
        "A person's correction: kept apart from readings and applied again after each of them.",
        one_of("action", Action),
        one_of("target", Target),
        CheckConstraint("length(reason) > 0", name="reason"),
        CheckConstraint("length(reviewer) > 0", name="reviewer"),
        Index("ix_decisions_target_target_id", "target", "target_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of all that was decided and when.")
    action: Mapped[str] = mapped_column(comment="confirm, reject, edit (events); merge, split (initiatives).")
    target: Mapped[str] = mapped_column(comment="What it is about: event or initiative.")
    target_id: Mapped[str] = mapped_column(
        comment="Id of the event, or of the initiative as it was; no foreign key: a decision outlives its target."
    )
    changes: Mapped[dict[str, Any]] = mapped_column(
        comment="edit: field to new value; merge, split: the ids of the events on either side, as JSON."
    )
    quotation: Mapped[str | None] = mapped_column(comment="What the source said then; if it goes, look again.")
    reason: Mapped[str] = mapped_column(comment="Why, in the reviewer's words.")
    reviewer: Mapped[str] = mapped_column(comment="Who decided.")
    decided_at: Mapped[datetime] = mapped_column(comment="When (UTC).")
    undone_at: Mapped[datetime | None] = mapped_column(comment="When it was taken back (UTC); empty: it holds.")
    undone_by: Mapped[str | None] = mapped_column(comment="Who took it back.")
    undone_reason: Mapped[str | None] = mapped_column(comment="Why it was taken back.")


class Redirect(Base):
    __tablename__ = "redirects"
    __table_args__ = table("Ids that gave way to others, so that an old link still leads somewhere.")

    old_id: Mapped[str] = mapped_column(primary_key=True, comment="Id of an initiative, story, person or organisation.")
    new_id: Mapped[str] = mapped_column(index=True, comment="The id that stands for it now.")


class ReviewToken(Base):
    __tablename__ = "review_tokens"
    __table_args__ = table(
        "Who may review in the browser. The token itself is shown once, when it is made, and kept nowhere.",
        CheckConstraint("length(reviewer) > 0", name="reviewer"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="SHA-256 of the token.")
    reviewer: Mapped[str] = mapped_column(comment="The name under which its decisions are recorded.")
    made_at: Mapped[datetime] = mapped_column(comment="When it was made (UTC).")
    revoked_at: Mapped[datetime | None] = mapped_column(comment="When it was revoked (UTC); empty: it opens the door.")


class ReviewSession(Base):
    __tablename__ = "review_sessions"
    __table_args__ = table("A browser that has shown a token and not logged out since.")

    id: Mapped[str] = mapped_column(primary_key=True, comment="SHA-256 of the session cookie.")
    token_id: Mapped[str] = mapped_column(
        ForeignKey("review_tokens.id", ondelete="CASCADE"), index=True, comment="The token it was opened with."
    )
    expires_at: Mapped[datetime] = mapped_column(comment="When it ends of itself (UTC).")
