"""saved filters, digests, and who may review in the browser

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipeline.models import base as types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_tokens",
        sa.Column("id", sa.Text(), nullable=False, comment="SHA-256 of the token."),
        sa.Column("reviewer", sa.Text(), nullable=False, comment="The name under which its decisions are recorded."),
        sa.Column("made_at", types.Instant(), nullable=False, comment="When it was made (UTC)."),
        sa.Column(
            "revoked_at", types.Instant(), nullable=True, comment="When it was revoked (UTC); empty: it opens the door."
        ),
        sa.CheckConstraint("length(reviewer) > 0", name=op.f("ck_review_tokens_reviewer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_tokens")),
        comment="Who may review in the browser. The token itself is shown once, when it is made, and kept nowhere.",
        sqlite_strict=True,
    )
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of channel, address and query."),
        sa.Column("channel", sa.Text(), nullable=False, comment="email or telegram."),
        sa.Column(
            "address",
            sa.Text(),
            nullable=False,
            comment="E-mail address, or number of the Telegram chat; its owner confirmed it.",
        ),
        sa.Column(
            "query", sa.Text(), nullable=False, comment="The filter as the tail of a page's address; empty: everything."
        ),
        sa.Column("frequency", sa.Text(), nullable=False, comment="at_once, daily or weekly."),
        sa.Column(
            "saved_at",
            types.Instant(),
            nullable=False,
            comment="When it was confirmed (UTC); what came before is not told.",
        ),
        sa.Column(
            "failures",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of digests in a row that were not accepted.",
        ),
        sa.CheckConstraint("channel IN ('email', 'telegram')", name=op.f("ck_saved_filters_channel")),
        sa.CheckConstraint("frequency IN ('at_once', 'daily', 'weekly')", name=op.f("ck_saved_filters_frequency")),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_saved_filters_failures")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
        comment="A list that a reader follows. It is deleted, address and all, when the reader no longer wants it.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("saved_filters", schema=None) as batch_op:
        batch_op.create_index("ix_saved_filters_frequency", ["frequency"], unique=False)

    op.create_table(
        "digests",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of the saved filter and the facts it tells."),
        sa.Column("saved_filter_id", sa.Text(), nullable=False, comment="The saved filter it answers."),
        sa.Column("begun_at", types.Instant(), nullable=False, comment="When its facts were set aside for it (UTC)."),
        sa.Column("sent_at", types.Instant(), nullable=True, comment="When it was accepted for delivery (UTC)."),
        sa.ForeignKeyConstraint(
            ["saved_filter_id"], ["saved_filters.id"], name=op.f("fk_digests_saved_filter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        comment="One message to one reader; a row without `sent_at` was begun and nobody knows whether it went out.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.create_index("ix_digests_saved_filter_id_begun_at", ["saved_filter_id", "begun_at"], unique=False)

    op.create_table(
        "review_sessions",
        sa.Column("id", sa.Text(), nullable=False, comment="SHA-256 of the session cookie."),
        sa.Column("token_id", sa.Text(), nullable=False, comment="The token it was opened with."),
        sa.Column("expires_at", types.Instant(), nullable=False, comment="When it ends of itself (UTC)."),
        sa.ForeignKeyConstraint(
            ["token_id"], ["review_tokens.id"], name=op.f("fk_review_sessions_token_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_sessions")),
        comment="A browser that has shown a token and not logged out since.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("review_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_sessions_token_id"), ["token_id"], unique=False)

    op.create_table(
        "digest_items",
        sa.Column("saved_filter_id", sa.Text(), nullable=False, comment="The saved filter."),
        sa.Column(
            "event_id",
            sa.Text(),
            nullable=False,
            comment="The event; no foreign key: what was told stays told when the event is read anew.",
        ),
        sa.Column(
            "telling", sa.Text(), nullable=False, comment="Hash of story and fact: reprints of one release share it."
        ),
        sa.Column("digest_id", sa.Text(), nullable=False, comment="The digest."),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digests.id"], name=op.f("fk_digest_items_digest_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["saved_filter_id"], ["saved_filters.id"], name=op.f("fk_digest_items_saved_filter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("saved_filter_id", "event_id", name=op.f("pk_digest_items")),
        comment="A fact that went into a digest, set aside before it is sent so that no reader is told it twice.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("digest_items", schema=None) as batch_op:
        batch_op.create_index("ix_digest_items_digest_id", ["digest_id"], unique=False)
        batch_op.create_index("ix_digest_items_saved_filter_id_telling", ["saved_filter_id", "telling"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("digest_items", schema=None) as batch_op:
        batch_op.drop_index("ix_digest_items_saved_filter_id_telling")
        batch_op.drop_index("ix_digest_items_digest_id")

    op.drop_table("digest_items")
    with op.batch_alter_table("review_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_sessions_token_id"))

    op.drop_table("review_sessions")
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.drop_index("ix_digests_saved_filter_id_begun_at")

    op.drop_table("digests")
    with op.batch_alter_table("saved_filters", schema=None) as batch_op:
        batch_op.drop_index("ix_saved_filters_frequency")

    op.drop_table("saved_filters")
    op.drop_table("review_tokens")
